namespace Faithful.Crystals.Formats.Archives;

/// <summary>Files that are written one after the other into a folder or an archive, which appears when it is complete.</summary>
internal abstract class FileSet : IDisposable
{
    /// <summary>Initializes a new instance of the <see cref="FileSet"/> class.</summary>
    /// <param name="path">Where it is to appear.</param>
    protected FileSet(string path)
    {
        Target = Path.TrimEndingDirectorySeparator(path);
        Temporary = $"{Target}.{Environment.ProcessId}.tmp";
    }

    /// <summary>Gets where the files are to appear.</summary>
    protected string Target { get; }

    /// <summary>Gets where they are written.</summary>
    protected string Temporary { get; }

    /// <summary>Says whether a path is that of an archive.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether its extension says so.</returns>
    public static bool IsArchive(string path) => IsZip(path) || IsTar(path);

    /// <summary>Begins to write.</summary>
    /// <param name="path">An archive, by its extension, or a folder.</param>
    /// <returns>The files.</returns>
    /// <exception cref="IOException">The path cannot be written, or is a folder with files in it.</exception>
    public static FileSet Create(string path) => IsZip(path) ? new ZipFileSet(path) : IsTar(path) ? new TarFileSet(path) : new FolderFileSet(path);

    /// <summary>Adds a file.</summary>
    /// <param name="name">Its name, with slashes between folders; each once.</param>
    /// <param name="write">Writes its content.</param>
    public abstract void Add(string name, Action<Stream> write);

    /// <summary>Makes the files appear.</summary>
    public abstract void Complete();

    /// <summary>Takes away what has not appeared.</summary>
    public abstract void Dispose();

    private static bool IsZip(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static bool IsTar(string path) =>
        new[] { ".tar", ".tar.gz", ".tgz" }.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
