namespace Faithful.Models;

/// <summary>The places of one crystal's numbers in larger arrays; shapes as in <see cref="PreparedCrystal"/>.</summary>
internal readonly ref struct PreparedArraysRow
{
    public required Span<byte> AtomicNumbers { get; init; }

    public required Span<float> Positions { get; init; }

    public required Span<byte> SiteSymmetries { get; init; }

    public required Span<float> Lattice { get; init; }

    public required Span<int> EdgeSource { get; init; }

    public required Span<int> EdgeTarget { get; init; }

    public required Span<sbyte> EdgeImage { get; init; }
}
