namespace Faithful.Crystals.Neighbors;

/// <summary>Takes the shortest edges to each atom from a list of all of them.</summary>
internal static class NearestEdges
{
    /// <summary>Says whether each atom has at least so many edges.</summary>
    public static bool AtomsHave(NeighborList list, int atoms, int count)
    {
        // Sorted by target: each run must be long enough, and there must be one for each atom.
        var (run, runs) = (0, 0);
        for (var edge = 0; edge < list.Count; edge++)
        {
            run++;
            if (edge + 1 == list.Count || list.Target[edge + 1] != list.Target[edge])
            {
                if (run < count)
                {
                    return false;
                }

                (run, runs) = (0, runs + 1);
            }
        }

        return runs == atoms;
    }

    /// <summary>Takes the shortest edges to each atom, in their old order.</summary>
    public static NeighborList Select(NeighborList list, int count)
    {
        var kept = new int[list.Count];
        var next = 0;
        var shortest = new (double Distance, int Edge)[count];
        for (int first = 0, end; first < list.Count; first = end)
        {
            end = first + 1;
            while (end < list.Count && list.Target[end] == list.Target[first])
            {
                end++;
            }

            next = Keep(list.Distances.AsSpan(first, end - first), first, shortest, kept, next);
        }

        var (source, target, images, distances) = (new int[next], new int[next], new int[3 * next], new double[next]);
        for (var index = 0; index < next; index++)
        {
            var edge = kept[index];
            source[index] = list.Source[edge];
            target[index] = list.Target[edge];
            distances[index] = list.Distances[edge];
            list.Images.AsSpan(3 * edge, 3).CopyTo(images.AsSpan(3 * index));
        }

        return new(source, target, images, distances);
    }

    // Insertion into a short sorted array; equal distances keep the order of the list.
    private static int Keep(ReadOnlySpan<double> distances, int firstEdge, Span<(double Distance, int Edge)> shortest, int[] kept, int next)
    {
        var size = 0;
        for (var index = 0; index < distances.Length; index++)
        {
            var distance = distances[index];
            if (size == shortest.Length && distance >= shortest[^1].Distance)
            {
                continue;
            }

            var place = size < shortest.Length ? size++ : size - 1;
            for (; place > 0 && shortest[place - 1].Distance > distance; place--)
            {
                shortest[place] = shortest[place - 1];
            }

            shortest[place] = (distance, firstEdge + index);
        }

        for (var index = 0; index < size; index++)
        {
            kept[next + index] = shortest[index].Edge;
        }

        kept.AsSpan(next, size).Sort();
        return next + size;
    }
}
