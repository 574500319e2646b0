namespace Faithful.Models.Packing;

/// <summary>
/// Where the arrays of a crystal with A atoms and E edges lie in its part of the payload: lattice, 9 float32; positions, 3A
/// float32; the number of edges of each atom, A int32; the source of each edge, E numbers of 1, 2 or 4 bytes; its image, 3E int8;
/// atomic numbers, A bytes; site symmetries, A bytes; then zeros up to a multiple of 8. Edges ascend by target, so the numbers of
/// edges stand for the targets. A crystal with D descriptors has no atoms: D float32, then zeros up to a multiple of 8.
/// </summary>
internal readonly struct PackedLayout
{
    /// <summary>The parts of the payload begin at multiples of this.</summary>
    public const int Alignment = 8;

    private const int LatticeLength = 9 * sizeof(float);

    /// <summary>Initialises the layout.</summary>
    /// <param name="atoms">The number of atoms, not negative.</param>
    /// <param name="edges">The number of edges, not negative.</param>
    /// <param name="descriptors">The number of descriptors, not negative; they count where there are no atoms.</param>
    public PackedLayout(int atoms, int edges, int descriptors = 0)
    {
        Atoms = atoms;
        Edges = edges;
        Descriptors = atoms == 0 ? descriptors : 0;
    }

    /// <summary>Gets the number of atoms.</summary>
    public int Atoms { get; }

    /// <summary>Gets the number of edges.</summary>
    public int Edges { get; }

    /// <summary>Gets the number of descriptors.</summary>
    public int Descriptors { get; }

    /// <summary>Gets the bytes of one source index: the fewest that hold every index of the crystal.</summary>
    public int SourceWidth => Atoms <= 1 << 8 ? 1 : Atoms <= 1 << 16 ? 2 : 4;

    /// <summary>Gets the number of bytes, a multiple of <see cref="Alignment"/>; 0 for a crystal without atoms and descriptors.</summary>
    public long Length => ((Atoms == 0 ? (long)sizeof(float) * Descriptors : SitesStart + Atoms) + Alignment - 1) / Alignment * Alignment;

    /// <summary>Gets the bytes of the lattice, shape (3, 3).</summary>
    public static Range Lattice => Bytes(0, LatticeLength);

    /// <summary>Gets the bytes of the fractional positions, shape (atoms, 3).</summary>
    public Range Positions => Bytes(LatticeLength, 12L * Atoms);

    /// <summary>Gets the bytes of the number of edges of each atom, shape (atoms).</summary>
    public Range EdgeCounts => Bytes(LatticeLength + 12L * Atoms, 4L * Atoms);

    /// <summary>Gets the bytes of the sources, shape (edges).</summary>
    public Range Sources => Bytes(SourcesStart, (long)SourceWidth * Edges);

    /// <summary>Gets the bytes of the images, shape (edges, 3).</summary>
    public Range Images => Bytes(ImagesStart, 3L * Edges);

    /// <summary>Gets the bytes of the atomic numbers, shape (atoms).</summary>
    public Range Numbers => Bytes(NumbersStart, Atoms);

    /// <summary>Gets the bytes of the site symmetries, shape (atoms).</summary>
    public Range Sites => Bytes(SitesStart, Atoms);

    /// <summary>Gets the bytes of the descriptors, shape (columns).</summary>
    public Range DescriptorValues => Bytes(0, (long)sizeof(float) * Descriptors);

    private long SourcesStart => LatticeLength + 16L * Atoms;

    private long ImagesStart => SourcesStart + (long)SourceWidth * Edges;

    private long NumbersStart => ImagesStart + 3L * Edges;

    private long SitesStart => NumbersStart + Atoms;

    private static Range Bytes(long start, long length) => checked((int)start)..checked((int)(start + length));
}
