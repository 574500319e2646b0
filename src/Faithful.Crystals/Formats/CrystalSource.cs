namespace Faithful.Crystals.Formats;

/// <summary>
/// Reads crystals from whatever a user names: a file of any format, a folder, a zip or tar archive of files, each of them
/// gzipped or not, or standard input. What a file is, its content tells and not its name.
/// </summary>
/// <remarks>
/// Everything is read as it is asked for, and no more of it is kept than one crystal or a chunk of lines, however large the
/// source (a zip archive costs its list of entries besides; one from standard input is stored in a temporary file, because that
/// list stands at its end). Archives inside archives are refused, and so is what unpacks to far more than it is
/// (<see cref="CrystalSourceOptions.MaximumUnpackedRatio"/>). Checksums are verified, and files that break off are noticed.
/// </remarks>
public static class CrystalSource
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    private const string StandardInputName = "standard input";
    private const string StandardInputId = "stdin";

    /// <summary>Reads all crystals of a path, one after the other.</summary>
    /// <param name="path">
    /// A file or archive; a folder, whose crystal files are read in ordinal order of their names, subfolders included; or
    /// <c>-</c> for standard input. Crystal files of folders and archives are those called POSCAR* and CONTCAR* and those with the
    /// extension of a format (.vasp, .poscar, .contcar, .cif, .extxyz, .xyz, .jsonl, .ndjson, .json, .optimade), also with .gz; other
    /// files are passed over. The entries of a zip archive come in ordinal order, those of a tar archive in its own.
    /// </param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <returns>
    /// The crystals and the errors, in order, read as they are asked for. A path that does not exist or cannot be read is an
    /// error like others. A crystal whose text has no id gets the name of its file without extension, inside a folder or archive
    /// with its path. Errors and origins name an entry of an archive <c>archive.zip!folder/Si.vasp</c>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IEnumerable<CrystalReadResult> Read(string path, CrystalSourceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        options.Validate();
        var reading = new SourceReading(options);
        return Enumerate(() => path == StandardInput ? reading.ReadAny(Console.OpenStandardInput, StandardInputName, StandardInputId)
            : Directory.Exists(path) ? reading.ReadFolder(path)
            : reading.ReadFile(path));
    }

    /// <summary>Reads all crystals of a stream, which may be a text or an archive, gzipped or not, and then disposes of it.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="source">Its name for error messages and the records' origins.</param>
    /// <param name="id">The id of its crystal where the text has none.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <returns>The crystals and the errors, in order, read as they are asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IEnumerable<CrystalReadResult> Read(Stream stream, string source, string id, CrystalSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(id);
        options ??= new();
        options.Validate();
        return Enumerate(() => new SourceReading(options).ReadAny(() => stream, source, id));
    }

    // Nothing is opened before the first crystal is asked for.
    private static IEnumerable<CrystalReadResult> Enumerate(Func<IEnumerable<CrystalReadResult>> read)
    {
        foreach (var result in read())
        {
            yield return result;
        }
    }
}
