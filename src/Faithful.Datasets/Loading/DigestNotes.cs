using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Faithful.Datasets;

/// <summary>
/// Remembers digests of sources, so that a large file that has not changed since is not read again. A note is trusted while path,
/// length and times of the source (of every file of a folder) are those of the note; it is kept only when the source had not been
/// touched for some seconds, because a change within the resolution of file times would go unseen. What a note says is the digest
/// of the content all the same: a source that was copied or touched is hashed anew and keeps its digest.
/// </summary>
/// <param name="folder">The folder of notes, made when needed. A note that cannot be written is none.</param>
public sealed class DigestNotes(string folder)
{
    private const string Heading = "faithful digest 1";
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(3);

    /// <summary>Describes a source without reading it.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <returns>A text that changes when a file is changed, added, removed or renamed.</returns>
    /// <exception cref="IOException">The path does not exist or cannot be read.</exception>
    public static string Stamp(string path) => Look(path).Stamp;

    /// <summary>Gets the digest of a source.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="afresh">Whether the source is read even if there is a note.</param>
    /// <returns>What <see cref="ContentDigest.OfPath"/> gives.</returns>
    /// <exception cref="IOException">The path does not exist or cannot be read.</exception>
    public string OfPath(string path, bool afresh = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (string stamp, DateTime newest) = Look(path);
        string note = Path.Combine(folder, $"{Hash(Path.GetFullPath(path))[..32]}.digest");
        if (!afresh && TryRead(note, stamp) is string known)
        {
            return known;
        }

        DateTime before = DateTime.UtcNow;
        string digest = ContentDigest.OfPath(path);
        if (newest < before - Resolution && Stamp(path) == stamp)
        {
            TryWrite(note, stamp, digest);
        }

        return digest;
    }

    private static (string Stamp, DateTime Newest) Look(string path)
    {
        DateTime newest = DateTime.MinValue;
        if (!Directory.Exists(path))
        {
            return (Hash(Describe("", new FileInfo(path), ref newest)), newest);
        }

        var list = new StringBuilder();
        foreach (FileInfo file in new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            list.Append(Describe(Path.GetRelativePath(path, file.FullName), file, ref newest));
        }

        return (Hash(list.ToString()), newest);
    }

    // The time of creation tells a file that took the place of another and brought its time of change along.
    private static string Describe(string name, FileInfo file, ref DateTime newest)
    {
        newest = file.LastWriteTimeUtc > newest ? file.LastWriteTimeUtc : newest;
        return string.Create(
            CultureInfo.InvariantCulture, $"{name}|{file.Length}|{file.LastWriteTimeUtc.Ticks}|{file.CreationTimeUtc.Ticks}\n");
    }

    private static string? TryRead(string note, string stamp)
    {
        try
        {
            return File.Exists(note) && File.ReadAllLines(note) is [Heading, string noted, { Length: 64 } digest] && noted == stamp ? digest : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void TryWrite(string note, string stamp, string digest)
    {
        string temporary = $"{note}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(note)!);
            File.WriteAllText(temporary, $"{Heading}\n{stamp}\n{digest}\n");
            File.Move(temporary, note, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without a note the source is read again the next time.
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
