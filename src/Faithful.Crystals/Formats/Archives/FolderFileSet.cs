namespace Faithful.Crystals.Formats.Archives;

/// <summary>Files in a folder.</summary>
internal sealed class FolderFileSet : FileSet
{
    /// <summary>Initializes a new instance of the <see cref="FolderFileSet"/> class.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">It holds files already, or cannot be written.</exception>
    public FolderFileSet(string path)
        : base(path)
    {
        if (File.Exists(Target) || (Directory.Exists(Target) && Directory.EnumerateFileSystemEntries(Target).Any()))
        {
            throw new IOException($"{Target} exists already: name a folder that is new or empty.");
        }

        Directory.CreateDirectory(Temporary);
    }

    public override void Add(string name, Action<Stream> write)
    {
        var path = Path.Combine(Temporary, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.CreateNew);
        write(file);
    }

    public override void Complete()
    {
        if (Directory.Exists(Target))
        {
            Directory.Delete(Target); // empty, else this fails
        }

        Directory.Move(Temporary, Target);
    }

    public override void Dispose()
    {
        if (Directory.Exists(Temporary))
        {
            Directory.Delete(Temporary, recursive: true);
        }
    }
}
