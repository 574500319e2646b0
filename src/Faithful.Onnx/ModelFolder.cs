using System.Security.Cryptography;
using Faithful.Models;

namespace Faithful.Onnx;

/// <summary>Writes the files of a model folder: <c>model.onnx</c>, <c>card.json</c>, <c>README.md</c>.</summary>
internal static class ModelFolder
{
    /// <summary>Writes the ONNX file first, and then the card, which names its hash.</summary>
    /// <param name="model">The bytes of the ONNX file.</param>
    /// <param name="card">The card; the hash is filled in.</param>
    /// <param name="folder">The folder; made when missing, files in it are replaced.</param>
    /// <returns>The card as written.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ModelCard Write(byte[] model, ModelCard card, string folder)
    {
        card = card with { ModelSha256 = Convert.ToHexStringLower(SHA256.HashData(model)) };
        AtomicFile.Write(Path.Combine(folder, ModelCard.ModelFileName), stream => stream.Write(model));
        AtomicFile.WriteText(Path.Combine(folder, ModelCard.FileName), card.ToJson());
        AtomicFile.WriteText(Path.Combine(folder, "README.md"), ModelReadme.Write(card));
        return card;
    }
}
