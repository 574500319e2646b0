using System.Security.Cryptography;
using Faithful.Models;

namespace Faithful.Onnx;

/// <summary>Writes the files of a model folder: <c>model.onnx</c>, <c>model.portable.onnx</c>, <c>card.json</c>, <c>README.md</c>.</summary>
public static class ModelFolder
{
    /// <summary>Writes the ONNX files first, and then the card, which names their hashes.</summary>
    /// <param name="model">The bytes of the ONNX file.</param>
    /// <param name="portable">The bytes of its portable variant; null for none, and one that is there is removed.</param>
    /// <param name="card">The card; the hashes are filled in.</param>
    /// <param name="folder">The folder; made when missing, files in it are replaced.</param>
    /// <returns>The card as written.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    internal static ModelCard Write(byte[] model, byte[]? portable, ModelCard card, string folder)
    {
        card = card with { ModelSha256 = Digest(model), PortableSha256 = portable is null ? null : Digest(portable) };
        AtomicFile.Write(Path.Combine(folder, ModelCard.ModelFileName), stream => stream.Write(model));
        string portablePath = Path.Combine(folder, ModelCard.PortableFileName);
        if (portable is null)
        {
            File.Delete(portablePath);
        }
        else
        {
            AtomicFile.Write(portablePath, stream => stream.Write(portable));
        }

        AtomicFile.WriteText(Path.Combine(folder, ModelCard.FileName), card.ToJson());
        AtomicFile.WriteText(Path.Combine(folder, "README.md"), ModelReadme.Write(card));
        return card;
    }

    /// <summary>Writes the card of a folder anew, and the README that repeats it; the ONNX file stays as it is.</summary>
    /// <param name="card">The card, with the hash of the ONNX file that is there.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Rewrite(ModelCard card, string folder)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        AtomicFile.WriteText(Path.Combine(folder, ModelCard.FileName), card.ToJson());
        AtomicFile.WriteText(Path.Combine(folder, "README.md"), ModelReadme.Write(card));
    }

    private static string Digest(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
