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

    /// <summary>Gets the SHA-256 of several files or folders together: of the list of their SHA-256s in the given order.</summary>
    /// <param name="paths">The files and folders.</param>
    /// <returns>64 lower-case hexadecimal digits; for one path not those of <see cref="OfPath"/>.</returns>
    /// <exception cref="IOException">A path does not exist or cannot be read.</exception>
    public static string OfPaths(params IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(paths.Select(path => $"{OfPath(path)}\n")))));
    }

    private static string OfFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
