using System.Security.Cryptography;
using Faithful.Models;

namespace Faithful.Serving;

/// <summary>The ONNX file of a model folder.</summary>
internal static class ModelFile
{
    /// <summary>Reads the file once, so that what is checked is what is used.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="card">Its card.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="ModelFolderException">The file is missing, unreadable, or not the one that the card describes.</exception>
    public static byte[] Read(string folder, ModelCard card)
    {
        string path = Path.Combine(folder, ModelCard.ModelFileName);
        if (!File.Exists(path))
        {
            throw new ModelFolderException(folder, $"{ModelCard.ModelFileName} beside {ModelCard.FileName}", $"no {ModelCard.ModelFileName}");
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelFolderException(path, "a readable file", error.Message);
        }

        string digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (digest != card.ModelSha256)
        {
            string stated = card.ModelSha256.Length == 0 ? "none" : Shorten(card.ModelSha256);
            throw new ModelFolderException(path, $"the file that the card describes (SHA-256 {stated})", $"another one ({Shorten(digest)})");
        }

        return ExternalData.IsUsedBy(bytes)
            ? throw new ModelFolderException(path, "a model that holds all of its weights", "weights in another file")
            : bytes;
    }

    private static string Shorten(string digest) => digest.Length > 12 ? digest[..12] + "…" : digest;
}
