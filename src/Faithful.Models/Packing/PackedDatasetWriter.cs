using System.Globalization;
using System.Runtime.InteropServices;
using Faithful.Crystals.Formats;

namespace Faithful.Models.Packing;

/// <summary>
/// Writes a packed data set crystal by crystal. Arrays go straight to a temporary file in the same folder; some 150 bytes a crystal
/// (ids, labels, where its arrays lie) stay in memory until <see cref="Complete"/> writes them, flushes to the disk, and gives the
/// file its name. So whenever the process ends, there is a whole file or none of this name.
/// </summary>
public sealed class PackedDatasetWriter : IDisposable
{
    private const string TemporaryExtension = ".part";

    private readonly string _path;
    private readonly string _temporary;
    private readonly string _source;
    private readonly PackedDatasetKey _key;
    private readonly FileStream _stream;
    private readonly List<PackedRecord> _records = [];
    private readonly List<int> _labels = [];
    private readonly List<int> _rejected = [];
    private readonly PackedTexts _texts = new();
    private uint _payloadChecksum;
    private long _payloadLength;
    private long _atoms, _edges;
    private int _fallbacks;
    private bool _isComplete;

    /// <summary>Begins a file, and deletes what an earlier process left behind that was ended while it wrote the same file.</summary>
    /// <param name="path">The file; its folder is made when missing.</param>
    /// <param name="key">What the data set is made of.</param>
    /// <param name="source">The name of the source: origins that begin with it are stored without it.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public PackedDatasetWriter(string path, PackedDatasetKey key, string source = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(source);
        _path = Path.GetFullPath(path);
        _key = key;
        _source = source;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        DeleteAbandoned(_path);

        // The lock (no sharing) says to others that this file is still being written.
        _temporary = string.Create(CultureInfo.InvariantCulture, $"{_path}.{Environment.ProcessId}-{Guid.NewGuid():N}{TemporaryExtension}");
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, 1 << 20);
        _stream.Write(new byte[PackedHeader.Align(PackedHeader.Length)]);
    }

    /// <summary>Gets the number of crystals so far.</summary>
    public int Count => _records.Count;

    /// <summary>Gets the number of rejected entries so far.</summary>
    public int Rejected => _rejected.Count / RejectedEntry.Length;

    /// <summary>Adds a crystal.</summary>
    /// <param name="record">The crystal as the source has it.</param>
    /// <param name="prepared">The crystal as models take it, or its fallback.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(CrystalRecord record, PreparedCrystal prepared)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(prepared);
        using PackedPart part = PackedPart.Encode(prepared);
        Add(record, prepared.SpaceGroup, prepared.FallbackReason, part);
    }

    /// <summary>Notes an entry of the source that holds no crystal.</summary>
    /// <param name="entry">The entry.</param>
    public void Reject(RejectedEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _rejected.Add(Origin(entry.Origin));
        _rejected.Add(_texts.Add(entry.Expected));
        _rejected.Add(_texts.Add(entry.Found));
        _rejected.Add(entry.IsDisordered ? 1 : 0);
    }

    /// <summary>Writes the rest, and gives the file its name.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Complete()
    {
        var sections = new (long Start, long Length, uint Checksum)[Enum.GetValues<PackedSection>().Length];
        sections[(int)PackedSection.Payload] = (PackedHeader.Align(PackedHeader.Length), _payloadLength, _payloadChecksum);
        Write(PackedSection.Records, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_records)));
        Write(PackedSection.Labels, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_labels)));
        Write(PackedSection.Rejected, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_rejected)));
        Write(PackedSection.TextStarts, _texts.Starts);
        Write(PackedSection.Text, _texts.Text);
        var header = new PackedHeader
        {
            FileLength = _stream.Position,
            Sections = sections,
            Description = new PackedDescription
            {
                Key = _key,
                Crystals = Count,
                Fallbacks = _fallbacks,
                Rejected = Rejected,
                Atoms = _atoms,
                Edges = _edges,
            },
        };
        _stream.Position = 0;
        _stream.Write(header.ToBytes());
        _stream.Flush(flushToDisk: true);
        File.Move(_temporary, _path, overwrite: true);
        _isComplete = true;
        _stream.Dispose();

        void Write(PackedSection section, ReadOnlySpan<byte> bytes)
        {
            long start = PackedHeader.Align(_stream.Position);
            _stream.Write(new byte[start - _stream.Position]);
            _stream.Write(bytes);
            sections[(int)section] = (start, bytes.Length, Crc32C.Append(0, bytes));
        }
    }

    /// <summary>Deletes the temporary file unless it has become the data set.</summary>
    public void Dispose()
    {
        if (!_isComplete)
        {
            _isComplete = true;
            try
            {
                File.Delete(_temporary);
            }
            finally
            {
                _stream.Dispose();
            }
        }
    }

    /// <summary>Adds a crystal whose arrays are encoded.</summary>
    internal void Add(CrystalRecord record, int spaceGroup, string? fallback, PackedPart part)
    {
        _records.Add(new PackedRecord
        {
            Start = _payloadLength,
            Atoms = part.Layout.Atoms,
            Edges = part.Layout.Edges,
            Checksum = part.Checksum,
            SpaceGroup = spaceGroup,
            Fallback = fallback is null ? PackedRecord.NoText : _texts.Add(fallback),
            Id = _texts.Add(record.Id),
            Formula = _texts.Add(record.Crystal.ReducedFormula),
            Origin = Origin(record.Origin),
            FirstLabel = _labels.Count / 2,
            Labels = record.Labels.Count,
            CellAtoms = record.Crystal.Count,
            Descriptors = part.Layout.Descriptors,
            VolumePerAtom = record.Crystal.VolumePerAtom,
        });
        foreach ((string column, string label) in record.Labels)
        {
            _labels.Add(_texts.Add(column));
            _labels.Add(_texts.Add(label));
        }

        _stream.Write(part.Bytes);
        _payloadChecksum = Crc32C.Append(_payloadChecksum, part.Bytes);
        _payloadLength += part.Bytes.Length;
        _atoms += part.Layout.Atoms;
        _edges += part.Layout.Edges;
        _fallbacks += fallback is null ? 0 : 1;
    }

    private static void DeleteAbandoned(string path)
    {
        foreach (string file in Directory.EnumerateFiles(
            Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*{TemporaryExtension}"))
        {
            try
            {
                // A writer that is still alive holds its lock, and opening fails.
                using var abandoned = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // In use: not abandoned.
            }
        }
    }

    private int Origin(string origin) => _source.Length > 0 && origin.StartsWith(_source, StringComparison.Ordinal)
        ? _texts.Add(origin[_source.Length..])
        : ~_texts.Add(origin);
}
