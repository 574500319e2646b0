using Faithful.Models;

namespace Faithful.Serving.Tests;

public class BatchPlanTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(12, 60)]
    [InlineData(50, 1000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Every_crystal_is_in_one_batch_in_the_order_given_and_fallbacks_are_in_none(int maxAtoms, int maxEdges)
    {
        PreparedCrystal[] crystals = Crystals();
        List<int> planned = [.. BatchPlan.Cut(crystals, Options(maxAtoms, maxEdges)).SelectMany(batch => batch)];
        Assert.Equal(Enumerable.Range(0, crystals.Length).Where(i => crystals[i].FallbackReason is null), planned);
    }

    [Theory]
    [InlineData(12, int.MaxValue)]
    [InlineData(int.MaxValue, 60)]
    public void A_batch_keeps_to_the_budgets_unless_one_crystal_exceeds_them(int maxAtoms, int maxEdges)
    {
        PreparedCrystal[] crystals = Crystals();
        Assert.All(BatchPlan.Cut(crystals, Options(maxAtoms, maxEdges)), batch => Assert.True(
            batch.Count == 1
            || (batch.Sum(i => crystals[i].Atoms) <= maxAtoms
                && batch.Sum(i => (long)crystals[i].Atoms) * batch.Max(i => crystals[i].Edges / crystals[i].Atoms) <= maxEdges)));
    }

    private static ServingOptions Options(int maxAtoms, int maxEdges) => new() { MaxAtomsPerBatch = maxAtoms, MaxEdgesPerBatch = maxEdges };

    /// <summary>Crystals of 1 to 9 atoms with 0 to 10 neighbours each; every seventh is a fallback.</summary>
    private static PreparedCrystal[] Crystals()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, 60).Select(i => i % 7 == 6 ? PreparedCrystal.Fallback("too large") : Crystal(random.Next(1, 10), random.Next(0, 11)))];
    }

    private static PreparedCrystal Crystal(int atoms, int neighbors) => new()
    {
        AtomicNumbers = new byte[atoms],
        Positions = new float[3 * atoms],
        Lattice = new float[9],
        SpaceGroup = 0,
        SiteSymmetries = new byte[atoms],
        EdgeSource = new int[atoms * neighbors],
        EdgeTarget = [.. Enumerable.Range(0, atoms).SelectMany(atom => Enumerable.Repeat(atom, neighbors))],
        EdgeImage = new sbyte[3 * atoms * neighbors],
    };
}
