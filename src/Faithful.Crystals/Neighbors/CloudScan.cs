using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Faithful.Crystals.Neighbors;

/// <summary>Takes the distances from the atoms of a crystal to the images of its <see cref="ImageCloud"/>. Keeps its buffers.</summary>
internal sealed class CloudScan
{
    /// <summary>From this number of atoms on, atoms that are near each other share a part of the cloud.</summary>
    private const int SmallestClustered = 256;

    /// <summary>More images or hits than this are not kept for the next crystal (some 10 MB).</summary>
    private const int KeptLength = 1 << 18;

    private readonly ImageCloud cloud = new();
    private int[] hits = new int[1024];         // index of the image
    private double[] squares = new double[1024]; // square of its distance, Å²
    private int hitCount;
    private int[] firstHit = [];                // (atoms), where the hits of a target begin
    private int[] hitsOfTarget = [];            // (atoms), how many there are

    // The part of the cloud near a cluster of targets, in the order of the cloud.
    private double[] nearX = [];
    private double[] nearY = [];
    private double[] nearZ = [];
    private int[] nearIndex = [];

    /// <summary>Gets a value indicating whether the buffers are too large to keep.</summary>
    public bool IsLarge => hits.Length > KeptLength || cloud.X.Length > KeptLength;

    /// <summary>Finds all pairs within a cutoff.</summary>
    public NeighborList Find(Crystal crystal, double cutoff)
    {
        ScanAll(crystal, cutoff);
        return Assemble(crystal.Count, cutoff);
    }

    /// <summary>Finds the nearest neighbours of each atom among those within a radius.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="count">The most neighbours of an atom.</param>
    /// <param name="radius">The radius, Å.</param>
    /// <param name="isLast">Whether fewer neighbours than the count will do.</param>
    /// <returns>The edges, or null where an atom has fewer.</returns>
    public NeighborList? FindNearest(Crystal crystal, int count, double radius, bool isLast)
    {
        ScanAll(crystal, radius);
        if (!isLast && hitsOfTarget.AsSpan(0, crystal.Count).IndexOfAnyInRange(0, count - 1) >= 0)
        {
            return null;
        }

        // The hits that stay move to the front of each run, in their old order.
        var sorted = new double[count];
        for (var target = 0; target < crystal.Count; target++)
        {
            if (hitsOfTarget[target] > count)
            {
                KeepNearest(target, sorted);
            }
        }

        return Assemble(crystal.Count, radius);
    }

    private void ScanAll(Crystal crystal, double cutoff)
    {
        cloud.Build(crystal, cutoff * (1 + NeighborSearch.RelativeSlack));
        if (firstHit.Length < crystal.Count)
        {
            firstHit = new int[crystal.Count];
            hitsOfTarget = new int[crystal.Count];
        }

        hitCount = 0;
        var limit = cutoff * (1 + NeighborSearch.RelativeSlack);
        if (crystal.Count < SmallestClustered)
        {
            for (var target = 0; target < crystal.Count; target++)
            {
                Scan(target, cloud.X, cloud.Y, cloud.Z, cloud.Count, limit);
            }
        }
        else
        {
            ScanClusters(crystal.Count, limit);
        }
    }

    private void KeepNearest(int target, Span<double> shortest)
    {
        var run = hits.AsSpan(firstHit[target], hitsOfTarget[target]);
        var lengths = squares.AsSpan(firstHit[target], run.Length);

        // Insertion into a short sorted array: its last value then is the longest square that stays.
        lengths[..shortest.Length].CopyTo(shortest);
        shortest.Sort();
        foreach (var square in lengths[shortest.Length..])
        {
            if (square >= shortest[^1])
            {
                continue;
            }

            var place = shortest.Length - 1;
            for (; place > 0 && shortest[place - 1] > square; place--)
            {
                shortest[place] = shortest[place - 1];
            }

            shortest[place] = square;
        }

        var longest = shortest[^1];
        var equal = shortest.Length - shortest.IndexOf(longest); // of those that are as long, the first ones stay
        var kept = 0;
        for (var index = 0; index < run.Length; index++)
        {
            if (lengths[index] < longest || (lengths[index] == longest && equal-- > 0))
            {
                run[kept] = run[index];
                lengths[kept++] = lengths[index];
            }
        }

        hitsOfTarget[target] = kept;
    }

    private void ScanClusters(int count, double limit)
    {
        // Targets and images are sorted into cubes of the edge of the cutoff: whatever is near a target lies in its own cube or
        // in one of the 26 around it, so that the work grows with the number of atoms and no faster.
        var cubes = new (long Cube, int Target)[count];
        for (var target = 0; target < count; target++)
        {
            cubes[target] = (CubeOf(cloud.Homes[target], limit), target);
        }

        Array.Sort(cubes);
        var (places, images) = (new long[cloud.Count], new int[cloud.Count]);
        for (var image = 0; image < cloud.Count; image++)
        {
            (places[image], images[image]) = (CubeOf(image, limit), image);
        }

        Array.Sort(places, images);
        for (int first = 0, next; first < count; first = next)
        {
            next = first + 1;
            while (next < count && cubes[next].Cube == cubes[first].Cube)
            {
                next++;
            }

            var near = CollectNear(cubes[first].Cube, places, images);
            for (var index = first; index < next; index++)
            {
                var target = cubes[index].Target;
                Scan(target, nearX, nearY, nearZ, near, limit);
                foreach (ref var hit in hits.AsSpan(firstHit[target], hitsOfTarget[target]))
                {
                    hit = nearIndex[hit];
                }
            }
        }
    }

    // Cubes that are neighbours along the last axis have numbers one apart.
    private long CubeOf(int image, double limit) => Cube(
        (long)Math.Floor(cloud.X[image] / limit), (long)Math.Floor(cloud.Y[image] / limit), (long)Math.Floor(cloud.Z[image] / limit));

    private static long Cube(long i, long j, long k) => (((i << 20) + j) << 20) + k;

    // The images in the 27 cubes around one, in the order of the cloud.
    private int CollectNear(long cube, long[] places, int[] images)
    {
        if (nearIndex.Length < cloud.Count + ImageCloud.GroupSize)
        {
            var length = cloud.X.Length;
            (nearX, nearY, nearZ, nearIndex) = (new double[length], new double[length], new double[length], new int[length]);
        }

        var near = 0;
        for (var i = -1; i <= 1; i++)
        {
            for (var j = -1; j <= 1; j++)
            {
                var row = cube + Cube(i, j, 0);
                var begin = FirstAtLeast(places, row - 1);
                var length = FirstAtLeast(places, row + 2) - begin;
                images.AsSpan(begin, length).CopyTo(nearIndex.AsSpan(near));
                near += length;
            }
        }

        nearIndex.AsSpan(0, near).Sort();
        for (var index = 0; index < near; index++)
        {
            var image = nearIndex[index];
            (nearX[index], nearY[index], nearZ[index]) = (cloud.X[image], cloud.Y[image], cloud.Z[image]);
        }

        for (var index = near; index % ImageCloud.GroupSize != 0; index++)
        {
            nearX[index] = double.PositiveInfinity;
        }

        return near;
    }

    private static int FirstAtLeast(long[] sorted, long value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Scan(int target, double[] x, double[] y, double[] z, int count, double limit)
    {
        var home = cloud.Homes[target];
        var (x0, y0, z0) = (Vector256.Create(cloud.X[home]), Vector256.Create(cloud.Y[home]), Vector256.Create(cloud.Z[home]));
        var largest = Vector256.Create(limit * limit);
        var groups = (count + ImageCloud.GroupSize - 1) / ImageCloud.GroupSize;
        var xs = Groups(x, groups);
        var ys = Groups(y, groups);
        var zs = Groups(z, groups);
        firstHit[target] = hitCount;
        EnsureRoom(groups * ImageCloud.GroupSize);
        var freeHits = hits.AsSpan(hitCount);
        var freeSquares = squares.AsSpan(hitCount);
        var found = 0;
        for (var group = 0; group < xs.Length; group++)
        {
            var (dx, dy, dz) = (xs[group] - x0, ys[group] - y0, zs[group] - z0);
            var square = (dx * dx) + (dy * dy) + (dz * dz);
            var isNeighbor = Vector256.LessThanOrEqual(square, largest) & Vector256.GreaterThan(square, Vector256<double>.Zero);
            var bits = isNeighbor.ExtractMostSignificantBits();
            while (bits != 0)
            {
                var lane = BitOperations.TrailingZeroCount(bits);
                freeHits[found] = (group * ImageCloud.GroupSize) + lane;
                freeSquares[found] = square[lane];
                found++;
                bits &= bits - 1;
            }
        }

        hitsOfTarget[target] = found;
        hitCount += found;
    }

    private static ReadOnlySpan<Vector256<double>> Groups(double[] values, int groups) =>
        MemoryMarshal.Cast<double, Vector256<double>>(values.AsSpan(0, groups * ImageCloud.GroupSize));

    private NeighborList Assemble(int count, double cutoff)
    {
        var edges = 0;
        foreach (var found in hitsOfTarget.AsSpan(0, count))
        {
            edges += found;
        }

        var source = GC.AllocateUninitializedArray<int>(edges);
        var target = GC.AllocateUninitializedArray<int>(edges);
        var images = GC.AllocateUninitializedArray<int>(3 * edges);
        var distances = GC.AllocateUninitializedArray<double>(edges);
        var edge = 0;
        for (var atom = 0; atom < count; atom++)
        {
            var run = hits.AsSpan(firstHit[atom], hitsOfTarget[atom]);
            var runSquares = squares.AsSpan(firstHit[atom], run.Length);
            var shift = cloud.ShiftOf(atom);
            var (s1, s2, s3) = (shift[0], shift[1], shift[2]);
            target.AsSpan(edge, run.Length).Fill(atom);
            var sources = source.AsSpan(edge, run.Length);
            var places = images.AsSpan(3 * edge, 3 * run.Length);
            var lengths = distances.AsSpan(edge, run.Length);
            for (var index = 0; index < run.Length; index++)
            {
                var image = run[index];
                sources[index] = cloud.Atoms[image];
                lengths[index] = Math.Min(Math.Sqrt(runSquares[index]), cutoff);
                var translation = cloud.Translations.AsSpan(3 * image, 3);
                places[3 * index] = translation[0] + s1;
                places[(3 * index) + 1] = translation[1] + s2;
                places[(3 * index) + 2] = translation[2] + s3;
            }

            edge += run.Length;
        }

        return new(source, target, images, distances);
    }

    private void EnsureRoom(int more)
    {
        if (hits.Length < hitCount + more)
        {
            var length = checked((int)Math.Max((long)hitCount + more, Math.Min(2L * hits.Length, Array.MaxLength)));
            Array.Resize(ref hits, length);
            Array.Resize(ref squares, length);
        }
    }
}
