using System.Numerics;
using System.Runtime.InteropServices;

namespace Faithful.Models.Packing;

/// <summary>
/// One crystal of a packed data set, read where it lies in mapped memory. Dispose of it; its spans are not to be used after that.
/// Shapes and units are those of <see cref="PreparedCrystal"/>.
/// </summary>
public ref struct PackedCrystal
{
    private readonly PackedLayout _layout;
    private readonly ReadOnlySpan<byte> _part;
    private MappedFile.Lease _lease;

    internal PackedCrystal(MappedFile.Lease lease, PackedLayout layout, ReadOnlySpan<byte> part, int spaceGroup)
    {
        _lease = lease;
        _layout = layout;
        _part = part;
        SpaceGroup = spaceGroup;
    }

    /// <summary>Gets the number of atoms; 0 for a fallback, and where there are descriptors.</summary>
    public readonly int Atoms => _layout.Atoms;

    /// <summary>Gets the number of directed edges.</summary>
    public readonly int Edges => _layout.Edges;

    /// <summary>Gets the space group, 1..230, or 0 when the symmetry finder did not run.</summary>
    public int SpaceGroup { get; }

    /// <summary>Gets the lattice, shape (3, 3), rows are vectors, Å.</summary>
    public readonly ReadOnlySpan<float> Lattice => Numbers<float>(PackedLayout.Lattice);

    /// <summary>Gets the fractional positions in [0, 1), shape (atoms, 3).</summary>
    public readonly ReadOnlySpan<float> Positions => Numbers<float>(_layout.Positions);

    /// <summary>Gets the atomic numbers, shape (atoms).</summary>
    public readonly ReadOnlySpan<byte> AtomicNumbers => Numbers<byte>(_layout.Numbers);

    /// <summary>Gets the site-symmetry point groups, 1..32, 0 unknown, shape (atoms).</summary>
    public readonly ReadOnlySpan<byte> SiteSymmetries => Numbers<byte>(_layout.Sites);

    /// <summary>Gets the number of edges that each atom receives, shape (atoms): edges ascend by their target.</summary>
    public readonly ReadOnlySpan<int> EdgeCounts => Numbers<int>(_layout.EdgeCounts);

    /// <summary>Gets the lattice translation of the neighbouring atom of each edge, shape (edges, 3).</summary>
    public readonly ReadOnlySpan<sbyte> EdgeImage => Numbers<sbyte>(_layout.Images);

    /// <summary>Gets the descriptors, shape (columns), NaN where a value does not exist; empty for models that take atoms.</summary>
    public readonly ReadOnlySpan<float> Descriptors => MemoryMarshal.Cast<byte, float>(_part[_layout.DescriptorValues]);

    /// <summary>Copies the neighbouring atom of each edge.</summary>
    /// <param name="destination">Gets the atoms; at least as long as there are edges.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public readonly void CopyEdgeSource(Span<int> destination)
    {
        if (destination.Length < Edges)
        {
            throw new ArgumentException($"{Edges} edges do not fit into {destination.Length} places.", nameof(destination));
        }

        switch (_layout.SourceWidth)
        {
            case 1:
                Widen(Numbers<byte>(_layout.Sources), destination);
                break;
            case 2:
                Widen(Numbers<ushort>(_layout.Sources), destination);
                break;
            default:
                Numbers<int>(_layout.Sources).CopyTo(destination);
                break;
        }
    }

    /// <summary>Copies the central atom of each edge.</summary>
    /// <param name="destination">Gets the atoms, ascending; at least as long as there are edges.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public readonly void CopyEdgeTarget(Span<int> destination)
    {
        int edge = 0;
        ReadOnlySpan<int> counts = EdgeCounts;
        for (int atom = 0; atom < counts.Length; atom++)
        {
            destination.Slice(edge, counts[atom]).Fill(atom);
            edge += counts[atom];
        }
    }

    /// <summary>Lets go of the memory.</summary>
    public void Dispose() => _lease.Dispose();

    /// <summary>Copies all arrays.</summary>
    internal readonly void CopyTo(PreparedArraysRow row)
    {
        AtomicNumbers.CopyTo(row.AtomicNumbers);
        Positions.CopyTo(row.Positions);
        SiteSymmetries.CopyTo(row.SiteSymmetries);
        Lattice.CopyTo(row.Lattice);
        CopyEdgeSource(row.EdgeSource);
        CopyEdgeTarget(row.EdgeTarget);
        EdgeImage.CopyTo(row.EdgeImage);
    }

    /// <summary>Whether indices of atoms stay within the crystal, so that no reader of the arrays can go astray.</summary>
    internal readonly bool IsConsistent()
    {
        long edges = 0;
        foreach (int count in EdgeCounts)
        {
            if (count < 0)
            {
                return false;
            }

            edges += count;
        }

        bool isOutside = _layout.SourceWidth switch
        {
            1 => Numbers<byte>(_layout.Sources).ContainsAnyExceptInRange((byte)0, (byte)(Atoms - 1)),
            2 => Numbers<ushort>(_layout.Sources).ContainsAnyExceptInRange((ushort)0, (ushort)(Atoms - 1)),
            _ => Numbers<int>(_layout.Sources).ContainsAnyExceptInRange(0, Atoms - 1),
        };
        return edges == Edges && !isOutside;
    }

    private static void Widen<T>(ReadOnlySpan<T> sources, Span<int> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int edge = 0; edge < sources.Length; edge++)
        {
            destination[edge] = int.CreateTruncating(sources[edge]);
        }
    }

    private readonly ReadOnlySpan<T> Numbers<T>(Range bytes)
        where T : unmanaged => Atoms == 0 ? [] : MemoryMarshal.Cast<byte, T>(_part[bytes]);
}
