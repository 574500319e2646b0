using System.IO.Compression;

namespace Faithful.Crystals.Formats.Archives;

/// <summary>Files in a zip archive; the same files give the same list of entries, without the time.</summary>
internal sealed class ZipFileSet : FileSet
{
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the earliest of zip

    private readonly ZipArchive archive;

    /// <summary>Initializes a new instance of the <see cref="ZipFileSet"/> class.</summary>
    /// <param name="path">The archive; an existing one is replaced.</param>
    public ZipFileSet(string path)
        : base(path) => archive = new(File.Create(Temporary), ZipArchiveMode.Create);

    public override void Add(string name, Action<Stream> write)
    {
        var entry = archive.CreateEntry(name);
        entry.LastWriteTime = NoTime;
        using var content = entry.Open();
        write(content);
    }

    public override void Complete()
    {
        archive.Dispose();
        File.Move(Temporary, Target, overwrite: true);
    }

    public override void Dispose()
    {
        archive.Dispose();
        File.Delete(Temporary);
    }
}
