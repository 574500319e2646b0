using System.Formats.Tar;
using System.IO.Compression;

namespace Faithful.Crystals.Formats.Archives;

/// <summary>Files in a tar archive, gzipped where its name says so; without the time.</summary>
internal sealed class TarFileSet : FileSet
{
    private readonly TarWriter archive;

    /// <summary>Initializes a new instance of the <see cref="TarFileSet"/> class.</summary>
    /// <param name="path">The archive; an existing one is replaced.</param>
    public TarFileSet(string path)
        : base(path)
    {
        Stream file = File.Create(Temporary);
        archive = new(path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) ? file : new GZipStream(file, CompressionLevel.Optimal), TarEntryFormat.Gnu);
    }

    public override void Add(string name, Action<Stream> write)
    {
        using var content = new MemoryStream();
        write(content);
        content.Position = 0;
        archive.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = content,
            ModificationTime = DateTimeOffset.UnixEpoch,
            AccessTime = DateTimeOffset.UnixEpoch,
            ChangeTime = DateTimeOffset.UnixEpoch,
        });
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
