using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Crystals.Formats.Poscar;

namespace Faithful.Crystals.Formats;

/// <summary>Reads crystals from whatever a user names: a POSCAR, a materials JSONL, either of them gzipped, or a folder of them.</summary>
public static class CrystalSource
{
    private static readonly string[] Extensions = [".vasp", ".poscar", ".contcar", ".jsonl", ".ndjson"];

    /// <summary>Reads all crystals of a path, one after the other.</summary>
    /// <param name="path">
    /// A file, whose format is told by its content, or a folder, whose crystal files (POSCAR*, CONTCAR*, *.poscar, *.contcar,
    /// *.vasp, *.jsonl, *.ndjson; also with .gz) are read in the order of their names, subfolders included.
    /// </param>
    /// <param name="options">How POSCAR files are read; null for the defaults.</param>
    /// <returns>
    /// The crystals and the errors, in order, read as they are asked for. A path that does not exist or cannot be read is an
    /// error like others. The id of a POSCAR is its file name without extension, inside a folder its relative path without extension.
    /// </returns>
    public static IEnumerable<CrystalReadResult> Read(string path, PoscarReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        return Directory.Exists(path) ? ReadFolder(path, options) : ReadFile(path, IdOf(Path.GetFileName(path)), options);
    }

    private static IEnumerable<CrystalReadResult> ReadFolder(string folder, PoscarReaderOptions options)
    {
        string[] files;
        CrystalFormatException? error = null;
        try
        {
            // Names in ordinal order of their relative paths, so that every machine reads in the same order.
            var enumeration = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 32, IgnoreInaccessible = false };
            files = [.. Directory.EnumerateFiles(folder, "*", enumeration)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Where(IsCrystalFile)
                .Order(StringComparer.Ordinal)];
            if (files.Length == 0)
            {
                error = new(folder, 0, "a folder with crystal files (POSCAR*, *.vasp, *.poscar, *.jsonl)", "none");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            files = [];
            error = Unreadable(folder, exception);
        }

        if (error is not null)
        {
            yield return CrystalReadResult.Failure(error);
        }

        foreach (var file in files)
        {
            foreach (var result in ReadFile(Path.Combine(folder, file), IdOf(file), options))
            {
                yield return result;
            }
        }
    }

    private static IEnumerable<CrystalReadResult> ReadFile(string path, string id, PoscarReaderOptions options)
    {
        CrystalFormatException? error = null;
        CrystalContent? content = null;
        try
        {
            content = CrystalContent.Open(path);
        }
        catch (CrystalFormatException exception)
        {
            error = exception;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            error = Unreadable(path, exception);
        }

        if (content is null)
        {
            yield return CrystalReadResult.Failure(error!);
            yield break;
        }

        if (!content.IsJson)
        {
            using (content.Stream)
            {
                yield return PoscarReader.TryRead(content.Stream, path, id, options);
            }

            yield break;
        }

        foreach (var result in MaterialsJsonReader.Read(content.Stream, path)) // disposes of the stream at its end
        {
            yield return result;
        }
    }

    private static CrystalFormatException Unreadable(string path, Exception exception) =>
        exception is FileNotFoundException or DirectoryNotFoundException
        ? new(path, 0, "an existing file or folder", "nothing of this name", exception)
        : new(path, 0, "a readable file", exception.Message, exception);

    private static bool IsCrystalFile(string path)
    {
        var name = WithoutGzip(Path.GetFileName(path));
        return name.StartsWith("POSCAR", StringComparison.Ordinal)
            || name.StartsWith("CONTCAR", StringComparison.Ordinal)
            || Array.Exists(Extensions, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
    }

    // Only known extensions go: "POSCAR-1.5" keeps its dot.
    private static string IdOf(string name)
    {
        name = WithoutGzip(name);
        var extension = Array.Find(
            Extensions,
            extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && name.Length > extension.Length);
        return extension is null ? name : name[..^extension.Length];
    }

    private static string WithoutGzip(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
}
