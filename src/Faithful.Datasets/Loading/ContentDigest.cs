using System.Security.Cryptography;
using System.Text;

namespace Faithful.Datasets;

/// <summary>Tells sources of data apart by their content.</summary>
public static class ContentDigest
{
    /// <summary>
    /// Gets the SHA-256 of a file, or of a folder: of the list of its files' relative paths and SHA-256s in ordinal order. Names
    /// and times of the source itself do not enter.
    /// </summary>
    /// <param name="path">A file or a folder.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="IOException">The path does not exist or cannot be read.</exception>
    public static string OfPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
        {
            return OfFile(path);
        }

        var list = new StringBuilder();
        foreach (var (name, file) in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(path, file).Replace('\\', '/'), File: file))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            list.Append(OfFile(file)).Append("  ").Append(name).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString())));
    }

    /// <summary>Gets the SHA-256 of a source with a file of labels that was named for it: of the list of the two SHA-256s.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="labels">The file of labels; null for none, or for one that lies in the folder and so belongs to it already.</param>
    /// <returns>64 lower-case hexadecimal digits; those of <see cref="OfPath"/> without a file of labels.</returns>
    /// <exception cref="IOException">A path does not exist or cannot be read.</exception>
    public static string OfSource(string path, string? labels) => labels is null ? OfPath(path) : WithLabels(OfPath(path), labels);

    /// <summary>As <see cref="OfSource"/>, for a source whose SHA-256 is known.</summary>
    /// <param name="digest">The SHA-256 of the source.</param>
    /// <param name="labels">The file of labels.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static string WithLabels(string digest, string labels) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{digest}\n{OfPath(labels)}\n")));

    private static string OfFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
