using Faithful.Crystals;
using Faithful.Crystals.Transformations;
using Faithful.Models;
using Faithful.Networks.Operations;
using Faithful.Testing;
using TorchSharp;

namespace Faithful.Networks.Tests;

/// <summary>Laws that the preset <c>best</c> of every network obeys, and what the preset <c>paper</c> confuses.</summary>
public sealed class NetworkLawTests
{
    private const int Trials = 12;

    public static IEnumerable<object[]> Models => NetworkPresets.Models.Select(model => new object[] { model });

    /// <summary>Every way to write the same crystal, and the networks that see no difference for a task that may use symmetry.</summary>
    public static IEnumerable<object[]> Descriptions =>
        from way in new[] { "rotation", "order", "origin", "basis", "supercell" }
        from model in NetworkPresets.Models
        where model != "ccnn" || way is "rotation" or "order" // voxels have an origin; their drift is measured in CcnnTests
        select new object[] { model, way };

    [Theory]
    [MemberData(nameof(Descriptions))]
    public void The_same_crystal_described_otherwise_gets_the_same_answer(string model, string way) =>
        AssertInvariant(TestNetworks.Small(model, "best", TestNetworks.Classification(usesSymmetry: true)), way);

    [Theory]
    [MemberData(nameof(Descriptions))]
    public void Without_symmetry_too_but_for_supercells(string model, string way)
    {
        // A supercell's reduced cell is another cell, and finding the smaller one would be a search for symmetry.
        if (way != "supercell")
        {
            AssertInvariant(TestNetworks.Small(model, "best", TestNetworks.Classification(usesSymmetry: false)), way);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Different_crystals_get_different_answers(string model)
    {
        foreach (bool symmetry in (bool[])[true, false])
        {
            Network network = TestNetworks.Small(model, "best", TestNetworks.Classification(symmetry));
            using var state = new NetworkState(network.Layout, TestNetworks.Values(network), torch.CPU);
            var random = new RandomCrystals(23);
            Crystal[] crystals =
            [
                TestCrystals.RockSalt,
                TestCrystals.ZincBlende,
                TestCrystals.CesiumChloride,
                TestCrystals.Of(Lattice.Cubic(3), ("Po", new(0, 0, 0))),
                TestCrystals.Of(Lattice.Cubic(8), ("Po", new(0, 0, 0))),
                .. Enumerable.Range(0, 30).Select(_ => random.Crystal()),
            ];
            float[][] answers = [.. crystals.Select(crystal => TestNetworks.Predict(network, state, crystal))];
            for (int i = 0; i < answers.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    Assert.True(Distance(answers[i], answers[j]) > 1e-4, $"{model}, crystals {j} and {i}");
                }
            }
        }
    }

    [Theory]
    [InlineData("nnn")]
    [InlineData("cann")]
    public void The_paper_preset_repeats_the_collisions_of_the_papers_code(string model)
    {
        Network network = TestNetworks.Small(model, "paper", TestNetworks.Classification(usesSymmetry: false));
        using var state = new NetworkState(network.Layout, TestNetworks.Values(network), torch.CPU);
        float[] rockSalt = TestNetworks.Predict(network, state, TestCrystals.RockSalt);
        float[] zincBlende = TestNetworks.Predict(network, state, TestCrystals.ZincBlende);
        Assert.True(Distance(rockSalt, zincBlende) < 1e-4, "coordinates of 0, 1/4, 1/2 and 3/4 have no sine of frequency 2 and more");

        float[] small = TestNetworks.Predict(network, state, TestCrystals.Of(Lattice.Cubic(3), ("Po", new(0, 0, 0))));
        float[] large = TestNetworks.Predict(network, state, TestCrystals.Of(Lattice.Cubic(8), ("Po", new(0, 0, 0))));
        Assert.True(Distance(small, large) < 1e-4, "3 Å and 8 Å are one modulo 5 Å");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_rest_of_the_batch_does_not_matter(string model)
    {
        foreach (bool symmetry in (bool[])[true, false])
        {
            Network network = TestNetworks.Small(model, "best", TestNetworks.Classification(symmetry));
            using var state = new NetworkState(network.Layout, TestNetworks.Values(network), torch.CPU);
            var random = new RandomCrystals(5);
            Crystal[] crystals = [.. Enumerable.Range(0, 6).Select(_ => random.Crystal()), TestCrystals.OneAtom, TestCrystals.RockSalt, TestCrystals.WithoutEdges];
            float[] together = TestNetworks.Predict(network, state, crystals);
            for (int i = 0; i < crystals.Length; i++)
            {
                float[] alone = TestNetworks.Predict(network, state, crystals[i]);
                Assert.True(Distance(alone, together[(3 * i)..(3 * i + 3)]) < 1e-5 * Math.Max(1, alone.Max(MathF.Abs)), $"{model}, crystal {i}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(TestNetworks.All), MemberType = typeof(TestNetworks))]
    public void A_task_that_is_to_find_the_symmetry_is_given_none(string model, string preset)
    {
        NetworkOptions options = NetworkPresets.Find(model, preset);
        Network network = options.Build(new NetworkSpecification { Task = TestNetworks.Classification(usesSymmetry: false) });
        Assert.DoesNotContain(ModelInput.SpaceGroups, network.Inputs);
        Assert.DoesNotContain(ModelInput.SiteSymmetries, network.Inputs);
        Assert.False(network.Preparation.UsesSymmetry);

        NetworkOptions insisting = options with { Symmetry = SymmetryUse.Required };
        Assert.Contains("must not be given it", Assert.Throws<ArgumentException>(() => insisting.Preparation(taskUsesSymmetry: false)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => insisting.Build(new NetworkSpecification { Task = TestNetworks.Classification(usesSymmetry: false) }));
        Assert.True(insisting.Preparation(taskUsesSymmetry: true).UsesSymmetry);
        Assert.False((options with { Symmetry = SymmetryUse.None }).Preparation(taskUsesSymmetry: true).UsesSymmetry);
    }

    [Theory]
    [MemberData(nameof(TestNetworks.All), MemberType = typeof(TestNetworks))]
    public void Presets_are_valid_for_every_task(string model, string preset)
    {
        foreach (string task in (string[])["tqc", "tqc-basic", "magnetic-ordering", "formation-energy", "band-gap", "point-group", "space-group", "colour"])
        {
            Assert.Empty(NetworkPresets.Find(model, preset, task).Validate());
            Assert.Empty(NetworkPresets.Training(model, preset, task).Validate());
        }

        Assert.Throws<ArgumentException>(() => NetworkPresets.Find("none", preset));
        Assert.Throws<ArgumentException>(() => NetworkPresets.Find(model, "none"));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_of_the_best_preset_is_small_enough_to_be_shipped(string model)
    {
        ModelTask task = TestNetworks.Classification(usesSymmetry: false) with { Classes = [.. Enumerable.Range(1, 230).Select(i => $"{i}")] };
        Network network = NetworkPresets.Find(model, "best", "space-group").Build(new NetworkSpecification { Task = task });
        long bytes = 4 * (network.Layout.Count + network.Layout.Constants.Sum(constant => (long)constant.Values.Length));
        Assert.InRange(bytes, 1_000_000, 16_000_000);
    }

    private static void AssertInvariant(Network network, string way)
    {
        using var state = new NetworkState(network.Layout, TestNetworks.Values(network), torch.CPU);
        for (int seed = 0; seed < Trials; seed++)
        {
            var random = new RandomCrystals(seed);
            Crystal crystal = random.Crystal();
            Crystal other = way switch
            {
                "rotation" => crystal.Rotate(random.Rotation()),
                "order" => crystal.Permute(random.Permutation(crystal.Count)),
                "origin" => crystal.Translate(random.Vector(-2, 2)),
                "basis" => crystal.ChangeBasis(random.UnimodularMatrix()),
                _ => crystal.Supercell(2, 1, 1),
            };
            float[] before = TestNetworks.Predict(network, state, crystal), after = TestNetworks.Predict(network, state, other);
            double scale = Math.Max(1, before.Max(MathF.Abs));
            Assert.True(Distance(before, after) <= Tolerances.SingleInvariance * scale, $"{network.Name}, {way}, seed {seed}: {Distance(before, after):g3} of {scale:g3}");
        }
    }

    private static double Distance(float[] one, float[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Max();
}
