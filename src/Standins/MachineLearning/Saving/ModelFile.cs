using System.IO.Compression;

namespace Microsoft.ML.Data;

/// <summary>A zip of a schema and a transformer. The layout inside is this stand-in's own: ML.NET reads none of it, and the other way round.</summary>
internal static class ModelFile
{
    private const string SchemaEntry = "Schema";
    private const string ModelEntry = "TransformerChain/Model.key";
    private const ulong Signature = 0x4E4F4954434E4149; // not that of ML.NET, which starts its entries so too
    private const uint Version = 1;

    public static void Write(Stream stream, ITransformer model, DataViewSchema schema)
    {
        // A model that cannot be written leaves nothing behind.
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (schema is not null)
            {
                WriteEntry(archive, SchemaEntry, writer => writer.WriteSchema(schema));
            }

            WriteEntry(archive, ModelEntry, writer => writer.WriteTransformer(model ?? new TransformerChain<ITransformer>()));
        }

        file.WriteTo(stream);
    }

    public static ITransformer Read(Stream stream, LocalEnvironment environment, out DataViewSchema schema)
    {
        using var archive = Open(stream);
        schema = archive.GetEntry(SchemaEntry) is { } entry ? ReadEntry(entry, reader => reader.ReadSchema()) : null;
        var model = archive.GetEntry(ModelEntry)
            ?? throw new FormatException($"The file is a zip archive but no model: it has no entry {ModelEntry}.");
        return ReadEntry(model, reader => reader.ReadStep<ITransformer>(environment));
    }

    private static ZipArchive Open(Stream stream)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException fault)
        {
            throw new FormatException("Failed to open a zip archive", fault);
        }
    }

    private static void WriteEntry(ZipArchive archive, string name, Action<BinaryWriter> write)
    {
        // The position in a zip entry is not known, but that in memory is.
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write(Signature);
        writer.Write(Version);
        writer.Write(Version); // the oldest version that can read it
        write(writer);
        writer.Flush();
        var entry = archive.CreateEntry(name);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same model makes the same file
        using var stream = entry.Open();
        content.WriteTo(stream);
    }

    private static T ReadEntry<T>(ZipArchiveEntry entry, Func<BinaryReader, T> read)
    {
        using var reader = new BinaryReader(new BufferedStream(entry.Open()));
        try
        {
            if (reader.ReadUInt64() != Signature)
            {
                throw new FormatException($"Wrong file type: {entry.FullName} was not written by this stand-in of ML.NET.");
            }

            var (written, readable) = (reader.ReadUInt32(), reader.ReadUInt32());
            if (readable > Version)
            {
                throw new FormatException($"File is too new: {entry.FullName} has version {written}, and at most version {Version} can be read here.");
            }

            return read(reader);
        }
        catch (Exception fault) when (fault is EndOfStreamException or InvalidDataException)
        {
            throw new FormatException($"Corrupt model file: {entry.FullName} ends too early or is damaged.", fault);
        }
    }
}
