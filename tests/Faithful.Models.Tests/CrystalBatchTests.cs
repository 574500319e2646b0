namespace Faithful.Models.Tests;

public class CrystalBatchTests
{
    [Fact]
    public void Every_input_has_as_many_numbers_as_its_shape_says()
    {
        CrystalBatch batch = CrystalBatch.Pack([Chain(1), Chain(4), Chain(2)]);
        Assert.All(ModelInput.All, input => Assert.Equal(batch.Shape(input).Aggregate(1L, (a, b) => a * b), batch.Values(input).Length));
    }

    [Fact]
    public void Edges_stay_within_their_crystal_and_ascend_by_target()
    {
        CrystalBatch batch = CrystalBatch.Pack([Chain(3), Chain(1), Chain(5)]);
        for (int edge = 0; edge < batch.Edges; edge++)
        {
            Assert.Equal(batch.CrystalIndex[batch.EdgeSource[edge]], batch.CrystalIndex[batch.EdgeTarget[edge]]);
            Assert.True(edge == 0 || batch.EdgeTarget[edge - 1] <= batch.EdgeTarget[edge]);
        }
    }

    [Fact]
    public void Packing_joins_what_single_batches_hold()
    {
        PreparedCrystal[] crystals = [Chain(2), Chain(3)];
        CrystalBatch both = CrystalBatch.Pack(crystals);
        CrystalBatch[] single = [.. crystals.Select(crystal => CrystalBatch.Pack([crystal]))];
        Assert.Equal(both.AtomicNumbers, single.SelectMany(batch => batch.AtomicNumbers));
        Assert.Equal(both.Positions, single.SelectMany(batch => batch.Positions));
        Assert.Equal(both.Lattices, single.SelectMany(batch => batch.Lattices));
        Assert.Equal(both.SiteSymmetries, single.SelectMany(batch => batch.SiteSymmetries));
        Assert.Equal(both.EdgeImage, single.SelectMany(batch => batch.EdgeImage));
        Assert.Equal([0, 0, 1, 1, 1], both.CrystalIndex);
    }

    [Fact]
    public void A_crystal_without_edges_packs()
    {
        CrystalBatch batch = CrystalBatch.Pack([Chain(1, hasEdges: false)]);
        Assert.Equal(0, batch.Edges);
        Assert.Equal([0L, 3L], batch.Shape(ModelInput.EdgeImage));
    }

    [Fact]
    public void No_crystal_and_a_fallback_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CrystalBatch.Pack([]));
        Assert.Throws<ArgumentException>(() => CrystalBatch.Pack([Chain(1), PreparedCrystal.Fallback("too large")]));
    }

    /// <summary>A ring of atoms along the first axis, each with its left and right neighbour.</summary>
    private static PreparedCrystal Chain(int atoms, bool hasEdges = true) => new()
    {
        AtomicNumbers = [.. Enumerable.Range(1, atoms).Select(number => (byte)number)],
        Positions = [.. Enumerable.Range(0, 3 * atoms).Select(i => i % 3 == 0 ? i / 3 / (float)atoms : 0)],
        Lattice = [3f * atoms, 0, 0, 0, 9, 0, 0, 0, 9],
        SpaceGroup = atoms,
        SiteSymmetries = [.. Enumerable.Range(1, atoms).Select(number => (byte)(number % 33))],
        EdgeSource = hasEdges ? [.. Enumerable.Range(0, atoms).SelectMany(i => new[] { (i + atoms - 1) % atoms, (i + 1) % atoms })] : [],
        EdgeTarget = hasEdges ? [.. Enumerable.Range(0, atoms).SelectMany(i => new[] { i, i })] : [],
        EdgeImage = hasEdges
            ? [.. Enumerable.Range(0, atoms).SelectMany(i => new sbyte[] { (sbyte)(i == 0 ? -1 : 0), 0, 0, (sbyte)(i == atoms - 1 ? 1 : 0), 0, 0 })]
            : [],
    };
}
