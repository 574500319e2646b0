using System.Runtime.CompilerServices;

namespace Faithful.Crystals.Neighbors;

/// <summary>Growing arrays for the edges of one search, kept by each thread for its next search.</summary>
internal sealed class EdgeBuffer
{
    /// <summary>What a thread keeps between searches, in edges; larger buffers are dropped after use.</summary>
    private const int KeptEdges = 1 << 20;

    [ThreadStatic]
    private static EdgeBuffer? threadBuffer;

    private int[] source = new int[1024];
    private int[] target = new int[1024];
    private int[] images = new int[3 * 1024];
    private double[] distances = new double[1024];

    public static EdgeBuffer OfThisThread => threadBuffer ??= new();

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int sourceAtom, int targetAtom, int image1, int image2, int image3, double distance)
    {
        var edge = Count;
        if ((uint)edge >= (uint)distances.Length)
        {
            Grow();
        }

        source[edge] = sourceAtom;
        target[edge] = targetAtom;
        distances[edge] = distance;
        var place = images.AsSpan(3 * edge, 3);
        place[0] = image1;
        place[1] = image2;
        place[2] = image3;
        Count = edge + 1;
    }

    /// <summary>Sorts the last edges, which share target and source, by image: they come in few and nearly sorted runs.</summary>
    /// <param name="first">The first edge of the run.</param>
    public void SortByImage(int first)
    {
        for (var edge = first + 1; edge < Count; edge++)
        {
            var (i1, i2, i3, distance) = (images[3 * edge], images[(3 * edge) + 1], images[(3 * edge) + 2], distances[edge]);
            var place = edge;
            while (place > first && IsAfter(place - 1, i1, i2, i3))
            {
                images.AsSpan((3 * place) - 3, 3).CopyTo(images.AsSpan(3 * place));
                distances[place] = distances[place - 1];
                place--;
            }

            (images[3 * place], images[(3 * place) + 1], images[(3 * place) + 2], distances[place]) = (i1, i2, i3, distance);
        }
    }

    public NeighborList ToList()
    {
        var list = new NeighborList(source[..Count], target[..Count], images[..(3 * Count)], distances[..Count]);
        if (distances.Length > KeptEdges)
        {
            threadBuffer = null;
        }

        return list;
    }

    private bool IsAfter(int edge, int i1, int i2, int i3)
    {
        var first = images[3 * edge];
        if (first != i1)
        {
            return first > i1;
        }

        var second = images[(3 * edge) + 1];
        return second != i2 ? second > i2 : images[(3 * edge) + 2] > i3;
    }

    private void Grow()
    {
        var size = 2 * distances.Length;
        Array.Resize(ref source, size);
        Array.Resize(ref target, size);
        Array.Resize(ref images, 3 * size);
        Array.Resize(ref distances, size);
    }
}
