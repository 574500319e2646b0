using Faithful.Crystals.Neighbors;
using Faithful.Crystals.Transformations;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Crystals.Tests.Neighbors;

public sealed class NeighborSearchTests
{
    [Fact]
    public void The_list_is_what_the_definition_says_for_cells_of_every_shape()
    {
        for (var seed = 0; seed < 250; seed++)
        {
            var random = new RandomCrystals(seed);
            CheckDefinition(random.Crystal(skew: seed % 5), random.Uniform(0.9, 7), $"seed {seed}");
        }
    }

    [Fact]
    public void A_cutoff_may_be_many_cells_long() =>
        CheckDefinition(new RandomCrystals(3).Crystal(1, 0), 15, "one atom");

    [Fact]
    public void Large_cells_follow_the_same_definition()
    {
        for (var seed = 0; seed < 3; seed++) // 256 atoms and more are searched in clusters
        {
            var random = new RandomCrystals(seed);
            CheckDefinition(random.Crystal(2, seed).Supercell(5, 5, 6 + seed), 4, $"seed {seed}");
            CheckDefinition(random.Crystal(1, 0).Supercell(260, 1, 1), 5, $"a chain, seed {seed}");
        }
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 100, Replay = "20251,7")]
    public void Distances_are_the_same_however_the_crystal_is_described(SeededCrystal sample)
    {
        const double Cutoff = 4.5;
        var again = sample.Random().Redescribe(sample.Crystal);
        var expected = SortedDistances(NeighborSearch.Find(sample.Crystal, Cutoff));
        var found = SortedDistances(NeighborSearch.Find(again, Cutoff));
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, Tolerances.Distance));
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 50, Replay = "20252,7")]
    public void In_a_supercell_every_atom_has_the_neighbours_that_it_had(SeededCrystal sample)
    {
        const double Cutoff = 4.5;
        var small = NeighborSearch.Find(sample.Crystal, Cutoff);
        var large = NeighborSearch.Find(sample.Crystal.Supercell(2, 1, 1), Cutoff);
        Assert.Equal(2 * small.Count, large.Count);
        for (var atom = 0; atom < sample.Crystal.Count; atom++)
        {
            var expected = SortedDistances(small, atom);
            foreach (var copy in new[] { 2 * atom, (2 * atom) + 1 }) // the copies of an atom follow one another
            {
                Assert.All(expected.Zip(SortedDistances(large, copy), (left, right) => left - right), difference => Assert.True(Math.Abs(difference) < Tolerances.Distance));
            }
        }
    }

    [Fact]
    public void Every_edge_goes_both_ways()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var crystal = new RandomCrystals(seed).Crystal();
            var list = NeighborSearch.Find(crystal, 4);
            var edges = Edges(list).ToHashSet();
            Assert.Equal(list.Count, edges.Count);
            Assert.All(edges, edge => Assert.Contains((edge.Source, edge.Target, -edge.I, -edge.J, -edge.K), edges));
        }
    }

    // Shells of the simple cubic lattice: 6 at a, 12 at √2 a, 8 at √3 a, 6 at 2a, …: the number of integer points in a ball.
    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 32)]
    [InlineData(3, 122)]
    [InlineData(4, 256)]
    public void A_shell_exactly_at_the_cutoff_is_in_the_list_as_a_whole(int shells, int neighbors)
    {
        var crystal = new Crystal(Lattice.Cubic(3.1), [Element.All[83]], [default(Vector3D)]);
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new RandomCrystals(seed);
            var list = NeighborSearch.Find(random.Redescribe(crystal), shells * 3.1);
            Assert.Equal(neighbors, list.Count);
            Assert.True(list.Distances.Max() <= shells * 3.1);
        }
    }

    [Fact]
    public void A_crystal_may_have_no_neighbours_within_the_cutoff() =>
        Assert.Equal(0, NeighborSearch.Find(new Crystal(Lattice.Cubic(10), [Element.All[1]], [default(Vector3D)]), 5).Count);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e5)]
    public void A_cutoff_that_is_none_is_refused(double cutoff) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NeighborSearch.Find(new RandomCrystals(1).Crystal(3), cutoff));

    [Fact]
    public void Many_threads_find_the_same()
    {
        var crystals = Enumerable.Range(0, 200).Select(seed => new RandomCrystals(seed).Crystal()).ToArray();
        var expected = crystals.Select(crystal => NeighborSearch.Find(crystal, 5)).ToArray();
        Parallel.For(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index =>
        {
            var list = NeighborSearch.Find(crystals[index % 200], 5);
            Assert.Equal(expected[index % 200].Distances, list.Distances);
            Assert.Equal(expected[index % 200].Images, list.Images);
        });
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 100, Replay = "20253,7")]
    public void The_nearest_are_the_shortest_of_all(SeededCrystal sample)
    {
        var random = sample.Random();
        var (count, cutoff) = (random.Integer(1, 20), random.Uniform(1.5, 8));
        var all = NeighborSearch.Find(sample.Crystal, cutoff);
        var nearest = NeighborSearch.Nearest(sample.Crystal, count, cutoff);
        Assert.Equal(nearest.Count, Edges(nearest).Intersect(Edges(all)).Count());
        Assert.Equal(Edges(nearest).Order(), Edges(nearest)); // sorted as all lists are
        for (var atom = 0; atom < sample.Crystal.Count; atom++)
        {
            var expected = SortedDistances(all, atom).Take(count).ToArray();
            var found = SortedDistances(nearest, atom);
            Assert.Equal(expected.Length, found.Length);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, Tolerances.Distance));
        }
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(12, 0)]
    [InlineData(12, double.NaN)]
    public void Nearest_neighbours_need_a_count_and_a_cutoff(int count, double cutoff) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NeighborSearch.Nearest(new RandomCrystals(1).Crystal(2), count, cutoff));

    private static void CheckDefinition(Crystal crystal, double cutoff, string name)
    {
        var list = NeighborSearch.Find(crystal, cutoff);
        var expected = BruteForce.Neighbors(crystal, cutoff); // in the order of the definition: target, source, image
        Assert.True(expected.Count == list.Count, $"{name}: {expected.Count} edges, found {list.Count}");
        for (var edge = 0; edge < list.Count; edge++)
        {
            var found = new BruteForce.Edge(
                list.Target[edge], list.Source[edge], list.Images[3 * edge], list.Images[(3 * edge) + 1], list.Images[(3 * edge) + 2], expected[edge].Distance);
            Assert.True(expected[edge] == found, $"{name}: {expected[edge]}, found {found}");
            Assert.Equal(expected[edge].Distance, list.Distances[edge], Tolerances.Distance);
        }
    }

    private static double[] SortedDistances(NeighborList list) => [.. list.Distances.Order()];

    private static double[] SortedDistances(NeighborList list, int target) =>
        [.. Enumerable.Range(0, list.Count).Where(edge => list.Target[edge] == target).Select(edge => list.Distances[edge]).Order()];

    private static IEnumerable<(int Target, int Source, int I, int J, int K)> Edges(NeighborList list) => Enumerable.Range(0, list.Count)
        .Select(edge => (list.Target[edge], list.Source[edge], list.Images[3 * edge], list.Images[(3 * edge) + 1], list.Images[(3 * edge) + 2]));
}
