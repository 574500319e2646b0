using Faithful.Crystals.Formats.Cif;
using Faithful.Crystals.Formats.ExtendedXyz;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Crystals.Formats.Optimade;
using Faithful.Crystals.Formats.Poscar;

namespace Faithful.Crystals.Formats;

/// <summary>How sources are read: the options of every format, and what holds for all.</summary>
public sealed record CrystalSourceOptions
{
    /// <summary>Gets how POSCAR files are read.</summary>
    public PoscarReaderOptions Poscar { get; init; } = new();

    /// <summary>Gets how CIF files are read.</summary>
    public CifReaderOptions Cif { get; init; } = new();

    /// <summary>Gets how materials JSONL is read.</summary>
    public MaterialsJsonReaderOptions MaterialsJson { get; init; } = new();

    /// <summary>Gets how extended XYZ is read.</summary>
    public ExtendedXyzReaderOptions ExtendedXyz { get; init; } = new();

    /// <summary>Gets how structures of OPTIMADE are read.</summary>
    public OptimadeReaderOptions Optimade { get; init; } = new();

    /// <summary>
    /// Gets the longest text that is unpacked of one entry that is read as a whole (POSCAR), in bytes; formats that are read
    /// crystal by crystal may be of any length. The default value is 64 MiB.
    /// </summary>
    public long MaximumUnpackedLength { get; init; } = 64 << 20;

    /// <summary>
    /// Gets how many times longer than the packed bytes the unpacked ones may be, once they are longer than
    /// <see cref="MaximumUnpackedLength"/>; text of crystals is packed to a third or a tenth. The default value is 200.
    /// </summary>
    public int MaximumUnpackedRatio { get; init; } = 200;

    /// <summary>
    /// Gets who is told how far the reading is, about every 256 KiB and after each file; possibly from another thread, but never
    /// from two at once. The default value is null.
    /// </summary>
    public IProgress<SourceProgress>? Progress { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumUnpackedLength, nameof(MaximumUnpackedLength));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumUnpackedRatio, nameof(MaximumUnpackedRatio));
    }
}
