using Faithful.Crystals.Neighbors;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Transformations;

/// <summary>The neighbours of all atoms as a multiset of element pairs and distances, which a crystal has whatever cell it is in.</summary>
internal static class Neighbourhoods
{
    /// <summary>Asserts that two cells hold the same crystal as far as the distances of its atoms tell.</summary>
    public static void AssertSame(Crystal before, Crystal after, double cutoff, string name = "", double tolerance = Tolerances.Distance)
    {
        var (first, second) = (Sorted(before, cutoff), Sorted(after, cutoff));
        Assert.True((long)first.Length * after.Count == (long)second.Length * before.Count, $"{name}: {first.Length} neighbours, found {second.Length}");

        // Each distance of the smaller cell is in the larger one as often as the smaller fits into it.
        var common = Math.Max(before.Count, after.Count) % Math.Min(before.Count, after.Count) == 0 ? Math.Max(first.Length, second.Length) : (long)first.Length * after.Count;
        for (long index = 0; index < common; index++)
        {
            var (expected, found) = (first[index * first.Length / common], second[index * second.Length / common]);
            Assert.True(expected.Pair == found.Pair && Math.Abs(expected.Distance - found.Distance) < tolerance, $"{name}: {expected}, found {found}");
        }
    }

    private static (int Pair, double Distance)[] Sorted(Crystal crystal, double cutoff)
    {
        var list = NeighborSearch.Find(crystal, cutoff);
        return [.. Enumerable.Range(0, list.Count)
            .Select(edge => ((1000 * crystal.Species[list.Target[edge]].AtomicNumber) + crystal.Species[list.Source[edge]].AtomicNumber, (double)list.Distances[edge]))
            .Order()];
    }
}
