using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Faithful.Crystals;

namespace Faithful.Models.Packing;

/// <summary>
/// A data set of prepared crystals with their ids and labels in one memory-mapped file. Opening reads the header only; what is read
/// later is checked when it is read, so a damaged file gives an exception and never wrong numbers. Everything but
/// <see cref="Dispose"/> may be called from several threads at once.
/// </summary>
public sealed partial class PackedDataset : IDisposable
{
    private readonly MappedFile _file;
    private readonly PackedHeader _header;
    private readonly string _source;
    private readonly PreparationOptions _limits;
    private readonly bool[] _isChecked = new bool[Enum.GetValues<PackedSection>().Length];

    private PackedDataset(string path, MappedFile file, PackedHeader header, string source, PreparationOptions limits)
    {
        FilePath = path;
        _file = file;
        _header = header;
        _source = source;
        _limits = limits;
    }

    /// <summary>Gets the file.</summary>
    public string FilePath { get; }

    /// <summary>Gets what the data set was made of.</summary>
    public PackedDatasetKey Key => _header.Description.Key;

    /// <summary>Gets the number of crystals, fallbacks included.</summary>
    public int Count => _header.Description.Crystals;

    /// <summary>Gets the number of crystals that take the fallback, those beyond the limits by species of the reader among them.</summary>
    /// <exception cref="PackedDatasetException">The file is damaged.</exception>
    public int Fallbacks => _limits.LimitsSpecies
        ? Enumerable.Range(0, Count).Count(index => FallbackReason(index) is not null)
        : _header.Description.Fallbacks;

    /// <summary>Gets the number of entries of the source that hold no crystal.</summary>
    public int RejectedCount => _header.Description.Rejected;

    /// <summary>Gets the number of atoms of all prepared cells.</summary>
    public long Atoms => _header.Description.Atoms;

    /// <summary>Gets the number of directed edges of all crystals.</summary>
    public long Edges => _header.Description.Edges;

    /// <summary>Gets the length of the file, bytes.</summary>
    public long FileLength => _header.FileLength;

    /// <summary>Gets the entries of the source that hold no crystal.</summary>
    /// <exception cref="PackedDatasetException">The file is damaged.</exception>
    public IReadOnlyList<RejectedEntry> Rejected
    {
        get
        {
            using MappedFile.Lease lease = _file.Rent();
            var entries = new RejectedEntry[RejectedCount];
            ReadOnlySpan<int> texts = Section<int>(lease, PackedSection.Rejected);
            for (int i = 0; i < entries.Length; i++)
            {
                ReadOnlySpan<int> entry = texts.Slice(RejectedEntry.Length * i, RejectedEntry.Length);
                entries[i] = new(Origin(lease, entry[0]), Text(lease, entry[1]), Text(lease, entry[2]), entry[3] != 0);
            }

            return entries;
        }
    }

    /// <summary>Gets a copy of a crystal as models take it.</summary>
    /// <param name="index">The crystal, from 0.</param>
    /// <returns>The crystal or its fallback.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such crystal.</exception>
    /// <exception cref="PackedDatasetException">The file is damaged.</exception>
    public PreparedCrystal this[int index]
    {
        get
        {
            if (FallbackReason(index) is string reason)
            {
                return PreparedCrystal.Fallback(reason);
            }

            using PackedCrystal crystal = View(index);
            if (crystal.Descriptors.Length > 0)
            {
                return PreparedCrystal.Described(crystal.Descriptors.ToArray(), crystal.SpaceGroup);
            }

            var (source, target) = (new int[crystal.Edges], new int[crystal.Edges]);
            crystal.CopyEdgeSource(source);
            crystal.CopyEdgeTarget(target);
            return new PreparedCrystal
            {
                AtomicNumbers = crystal.AtomicNumbers.ToArray(),
                Positions = crystal.Positions.ToArray(),
                Lattice = crystal.Lattice.ToArray(),
                SpaceGroup = crystal.SpaceGroup,
                SiteSymmetries = crystal.SiteSymmetries.ToArray(),
                EdgeSource = source,
                EdgeTarget = target,
                EdgeImage = crystal.EdgeImage.ToArray(),
            };
        }
    }

    /// <summary>Opens a file: maps it and checks its header and length.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">The source as it is called now, for origins; null for an empty name.</param>
    /// <param name="limits">The options whose limits by species apply; null for those that the file was made with.</param>
    /// <returns>The data set; dispose of it.</returns>
    /// <exception cref="PackedDatasetException">This is no packed data set, or one of another version, or cut off, or damaged.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static PackedDataset Open(string path, string? source = null, PreparationOptions? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Packed data sets need a little-endian processor.");
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        try
        {
            var bytes = new byte[PackedHeader.Length];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            PackedHeader header = PackedHeader.Read(bytes.AsSpan(0, count), stream.Length, path);
            return new PackedDataset(path, new MappedFile(stream), header, source ?? "", limits ?? header.Description.Key.Preparation);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file if it is there and was made of what is wanted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What it must have been made of.</param>
    /// <param name="source">The source as it is called now, for origins.</param>
    /// <param name="dataset">The data set, or null.</param>
    /// <param name="problem">Why the file is not usable, or null when there is no file.</param>
    /// <param name="limits">The options whose limits by species apply; null for those of the key.</param>
    /// <returns>Whether the data set is open.</returns>
    public static bool TryOpen(
        string path,
        PackedDatasetKey key,
        string source,
        [NotNullWhen(true)] out PackedDataset? dataset,
        out string? problem,
        PreparationOptions? limits = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        (dataset, problem) = (null, null);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            dataset = Open(path, source, limits);
            problem = dataset.Key.Difference(key) is string difference ? $"made of {difference}" : null;
        }
        catch (PackedDatasetException error)
        {
            problem = $"expected {error.Expected}, found {error.Found}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = error.Message;
        }

        if (problem is not null)
        {
            dataset?.Dispose();
            dataset = null;
        }

        return dataset is not null;
    }

    /// <summary>Gets the arrays of a crystal where they lie, without a copy, and whatever the limits by species say.</summary>
    /// <param name="index">The crystal, from 0.</param>
    /// <returns>The crystal, without atoms when it takes the fallback for another reason; dispose of it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such crystal.</exception>
    /// <exception cref="PackedDatasetException">The file is damaged.</exception>
    public PackedCrystal View(int index)
    {
        MappedFile.Lease lease = _file.Rent();
        try
        {
            PackedRecord record = Record(lease, index);
            var layout = new PackedLayout(record.Atoms, record.Edges, record.Descriptors);
            var crystal = new PackedCrystal(lease, layout, Part(lease, record, layout), record.SpaceGroup);
            return crystal.IsConsistent() ? crystal : throw Damaged(PackedSection.Payload);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Gets the id of a crystal.</summary>
    /// <param name="index">The crystal, from 0.</param>
    /// <returns>The id.</returns>
    public string Id(int index) => Read(index, static (data, lease, record) => data.Text(lease, record.Id));

    /// <summary>Gets where a crystal came from.</summary>
    /// <param name="index">The crystal, from 0.</param>
    /// <returns>The source's name as it is now, and the place within.</returns>
    public string Origin(int index) => Read(index, static (data, lease, record) => data.Origin(lease, record.Origin));

    /// <summary>Gets the formula with the smallest whole numbers.</summary>
    /// <param name="index">The crystal, from 0.</param>
    /// <returns>For example <c>Bi2Se3</c>.</returns>
    public string ReducedFormula(int index) => Read(index, static (data, lease, record) => data.Text(lease, record.Formula));

    /// <summary>Gets the number of atoms of the cell as the source has it.</summary>
    /// <param name="index">The crystal, from 0.</param>
    /// <returns>At least 1.</returns>
    public int CellAtoms(int index) => Read(index, static (_, _, record) => record.CellAtoms);

    /// <summary>Gets the volume of the cell as the source has it, divided by its atoms.</summary>
    /// <param name="index">The crystal, from 0.</param>
    /// <returns>Å³.</returns>
    public double VolumePerAtom(int index) => Read(index, static (_, _, record) => record.VolumePerAtom);

    /// <summary>Gets why models cannot take a crystal.</summary>
    /// <param name="index">The crystal, from 0.</param>
    /// <returns>The reason, or null when they can.</returns>
    /// <exception cref="PackedDatasetException">The file is damaged.</exception>
    public string? FallbackReason(int index) =>
        Read(index, static (data, lease, record) => record.Fallback == PackedRecord.NoText ? null : data.Text(lease, record.Fallback))
        ?? LimitFault(index);

    /// <summary>Gets the composition of a crystal.</summary>
    /// <param name="index">The crystal, from 0.</param>
    /// <returns>The element of each atom of the reduced formula.</returns>
    /// <exception cref="PackedDatasetException">The file is damaged.</exception>
    public ImmutableArray<Element> Composition(int index) =>
        TryParse(ReducedFormula(index), CellAtoms(index)) ?? throw Damaged(PackedSection.Text);

    /// <summary>Gets all labels of a crystal by column, in the order of the source.</summary>
    /// <param name="index">The crystal, from 0.</param>
    /// <returns>A new dictionary.</returns>
    public IReadOnlyDictionary<string, string> Labels(int index) => Read(index, static (data, lease, record) =>
    {
        ReadOnlySpan<int> labels = data.LabelsOf(lease, record);
        var dictionary = new Dictionary<string, string>(record.Labels, StringComparer.Ordinal);
        for (int i = 0; i < labels.Length; i += 2)
        {
            dictionary[data.Text(lease, labels[i])] = data.Text(lease, labels[i + 1]);
        }

        return dictionary;
    });

    /// <summary>Copies crystals into joined arrays.</summary>
    /// <param name="crystals">Which, none of them a fallback.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The arrays, in the order given.</returns>
    /// <exception cref="ArgumentException">A crystal is a fallback, or there are more edges than an array can hold.</exception>
    /// <exception cref="PackedDatasetException">The file is damaged.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public PreparedArrays Join(IReadOnlyList<int> crystals, CancellationToken cancellation = default) => Join(crystals, [], cancellation);

    /// <summary>Copies crystals into joined arrays, and after them others that were made of crystals of the data set.</summary>
    /// <param name="crystals">Which, none of them a fallback.</param>
    /// <param name="others">Further crystals, none of them a fallback.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The arrays, in the order given.</returns>
    /// <exception cref="ArgumentException">A crystal is a fallback, or there are more edges than an array can hold.</exception>
    /// <exception cref="PackedDatasetException">The file is damaged.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public PreparedArrays Join(IReadOnlyList<int> crystals, IReadOnlyList<PreparedCrystal> others, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        ArgumentNullException.ThrowIfNull(others);
        var (atoms, edges) = (new int[crystals.Count + others.Count], new int[crystals.Count + others.Count]);
        for (int i = 0; i < atoms.Length; i++)
        {
            (atoms[i], edges[i]) = i < crystals.Count
                ? Read(crystals[i], static (_, _, record) => (record.Atoms, record.Edges))
                : (others[i - crystals.Count].Atoms, others[i - crystals.Count].Edges);
            if (atoms[i] == 0 || (i < crystals.Count && LimitFault(crystals[i]) is not null))
            {
                throw new ArgumentException("A crystal that takes the fallback, or that has descriptors, has no arrays.", nameof(crystals));
            }
        }

        var joined = new PreparedArrays(atoms, edges);
        try
        {
            Parallel.For(0, atoms.Length, new ParallelOptions { CancellationToken = cancellation }, index =>
            {
                if (index >= crystals.Count)
                {
                    joined.Set(index, others[index - crystals.Count]);
                    return;
                }

                using PackedCrystal crystal = View(crystals[index]);
                crystal.CopyTo(joined.Row(index));
                joined.SpaceGroups[index] = (byte)crystal.SpaceGroup;
            });
        }
        catch (AggregateException error) when (error.InnerExceptions[0] is PackedDatasetException damage)
        {
            throw new PackedDatasetException(damage.FilePath, damage.Expected, damage.Found);
        }

        return joined;
    }

    /// <summary>Reads the whole file and checks every byte of it.</summary>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="PackedDatasetException">Something was altered.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public void Verify(CancellationToken cancellation = default)
    {
        using MappedFile.Lease lease = _file.Rent();
        PackedHeader.Read(lease.Bytes(0, PackedHeader.Length), _file.Length, FilePath);
        long end = PackedHeader.Length;
        foreach (PackedSection section in Enum.GetValues<PackedSection>())
        {
            (long start, long length, uint expected) = _header.Sections[(int)section];
            uint checksum = 0;
            const int Block = 1 << 24;
            for (long position = start; position < start + length; position += Block)
            {
                cancellation.ThrowIfCancellationRequested();
                checksum = Crc32C.Append(checksum, lease.Bytes(position, (int)Math.Min(Block, start + length - position)));
            }

            if (checksum != expected || lease.Bytes(end, (int)(start - end)).ContainsAnyExcept((byte)0))
            {
                throw Damaged(section);
            }

            end = start + length;
        }

        for (int index = 0; index < Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            View(index).Dispose();
        }
    }

    /// <summary>Unmaps the file, as soon as no thread reads it any more.</summary>
    public void Dispose() => _file.Dispose();
}
