namespace Faithful.Crystals.Neighbors;

/// <summary>
/// The pairs of atoms of a crystal within a cutoff, periodic images included: edge e goes from atom <c>Source[e]</c>, moved by the
/// lattice translation <c>Images[3e..3e+2]</c>, to atom <c>Target[e]</c>, and is <c>Distances[e]</c> long.
/// </summary>
/// <remarks>
/// Edge vector = (f[source] + image − f[target]) · lattice, with the fractional positions as the crystal has them. Every pair is
/// there in both directions. Sorted by target, then source, then image (first component first). The arrays belong to the list.
/// </remarks>
public sealed class NeighborList
{
    internal NeighborList(int[] source, int[] target, int[] images, double[] distances)
    {
        Source = source;
        Target = target;
        Images = images;
        Distances = distances;
    }

    /// <summary>Gets the atom at the beginning of each edge; shape (edges).</summary>
    public int[] Source { get; }

    /// <summary>Gets the atom at the end of each edge, ascending; shape (edges).</summary>
    public int[] Target { get; }

    /// <summary>Gets the lattice translation of the source atom of each edge; shape (edges, 3), flat.</summary>
    public int[] Images { get; }

    /// <summary>Gets the length of each edge, Å, in (0, cutoff]; shape (edges).</summary>
    public double[] Distances { get; }

    /// <summary>Gets the number of edges.</summary>
    public int Count => Source.Length;
}
