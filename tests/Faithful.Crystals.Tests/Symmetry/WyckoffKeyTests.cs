using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Symmetry;

/// <summary>Crystals with equal keys have the same Wyckoff letters, but for the choice that the normalizer leaves.</summary>
public sealed class WyckoffKeyTests
{
    private static readonly SymmetryOptions Defaults = new();
    private static readonly Vector3D[] Faces = [new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5)];
    private static readonly Vector3D[] Edges = [new(0.5, 0, 0), new(0, 0.5, 0), new(0, 0, 0.5)];

    [Fact]
    public void A_shift_of_the_origin_and_other_elements_keep_the_key()
    {
        var titanate = Perovskite("Sr", "Ti", Faces);
        var key = Key(titanate);
        Assert.Equal(key.Digest, Key(titanate.Translate(new(0.123, -0.4, 7.77))).Digest);
        Assert.Equal(key.Digest, Key(Perovskite("Ba", "Zr", Faces)).Digest);
        Assert.Equal(5, key.SiteGroups.Length);
        Assert.Equal(5, key.SiteGroups.Distinct().Count()); // of three equivalent atoms each has a group of its own
    }

    [Fact]
    public void Atoms_on_other_positions_of_the_same_group_have_another_key()
    {
        Assert.NotEqual(Key(Perovskite("Sr", "Ti", Faces)).Digest, Key(Perovskite("Sr", "Ti", Edges)).Digest);
        Assert.NotEqual(Key(Perovskite("Sr", "Ti", Faces)).Digest, Key(Perovskite("Sr", "Ti", [.. Faces, .. Edges])).Digest);
    }

    [Fact]
    public void Prototypes_however_described_get_the_descriptors_that_spglib_s_letters_give()
    {
        var found = 0;
        foreach (var (name, _, crystal) in Prototypes.All())
        {
            for (var seed = 0; seed < 4; seed++)
            {
                var primitive = SymmetryFinder.Primitive(crystal, Defaults);
                found += AssertAgrees(new RandomCrystals(seed).Redescribe(primitive), $"{name}, seed {seed}");
                AssertAgrees(primitive, name); // from memory when it came again
            }
        }

        Assert.True(found > 2 * Prototypes.All().Count(), $"only {found} crystals have a key");
    }

    [SkippableFact]
    public void Real_crystals_get_the_descriptors_that_spglib_s_letters_give()
    {
        Skip.IfNot(TestData.TryFind("datasets/tqc.jsonl.gz", out var path, out var reason), reason);
        foreach (var record in CrystalSource.Read(path).Where((_, row) => row % 100 == 0).Select(result => result.GetRecordOrThrow()))
        {
            AssertAgrees(record.Crystal, record.Id);
        }
    }

    private static int AssertAgrees(Crystal crystal, string what)
    {
        var block = new WyckoffBlock();
        var (fast, slow) = (new float[block.Columns.Length], new float[block.Columns.Length]);
        block.Compute(new(crystal, SymmetryFinder.Analyze(crystal, Defaults)), fast);
        block.Compute(new(crystal, SymmetryFinder.AnalyzeWithSpglib(crystal, Defaults)), slow);
        Assert.True(fast.AsSpan().SequenceEqual(slow), what);
        return OperationSearch.Find(crystal, Defaults) is null ? 0 : 1;
    }

    private static WyckoffKey Key(Crystal crystal) => OperationSearch.Find(crystal, Defaults)!.WyckoffKey();

    private static Crystal Perovskite(string corner, string centre, Vector3D[] oxygens) => new(
        Lattice.Cubic(3.9),
        [Element.FromSymbol(corner), Element.FromSymbol(centre), .. oxygens.Select(_ => Element.FromSymbol("O"))],
        [default, new(0.5, 0.5, 0.5), .. oxygens]);
}
