using System.Text.Json;
using Faithful.Crystals;
using Faithful.Crystals.Transformations;
using Faithful.Models;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Operations;
using Faithful.Testing;
using TorchSharp;
using Xunit.Abstractions;

namespace Faithful.Networks.Tests;

/// <summary>What the grid of voxels keeps of the crystal's freedom of description, what it does not, and each option by itself.</summary>
public sealed class CcnnTests(ITestOutputHelper report) : IDisposable
{
    private const int Trials = 12;

    private readonly Network _network = TestNetworks.Ccnn(TestNetworks.Classification(usesSymmetry: false));
    private NetworkState? _state;

    /// <summary>Every correction of the paper's network, taken back by one flag.</summary>
    public static TheoryData<string> Ablations => [.. AblatedOptions.Keys];

    private static Dictionary<string, CcnnOptions> AblatedOptions => new()
    {
        ["none"] = TestNetworks.SmallCcnn,
        ["margin"] = TestNetworks.SmallCcnn with { Grid = 14, Margin = 1, Stages = [new(6, 3, 1, 1)] },
        ["features in full"] = TestNetworks.SmallCcnn with { WeightsFeatures = false },
        ["zeros around the grid"] = TestNetworks.SmallCcnn with { IsCircular = false },
        ["bare element vectors"] = TestNetworks.SmallCcnn with { EmbedsElements = false },
        ["sinusoids"] = TestNetworks.SmallCcnn with { Global = GlobalEncoding.LatticeSines },
        ["no metric"] = TestNetworks.SmallCcnn with { UsesCellMetric = false },
        ["no sites"] = TestNetworks.SmallCcnn with { UsesSites = false },
        ["full volume"] = TestNetworks.SmallCcnn with { Volume = CcnnVolume.Full },
        ["strides"] = TestNetworks.SmallCcnn with { KeepsPhases = false, ReadsAtAtoms = false },
        ["not conditioned"] = TestNetworks.SmallCcnn with { IsConditioned = false },
        ["every voxel by itself"] = TestNetworks.SmallCcnn with { PoolsVoxels = false },
        ["not read at atoms"] = TestNetworks.SmallCcnn with { ReadsAtAtoms = false },
        ["not smooth"] = TestNetworks.SmallCcnn with { IsSmooth = false },
        ["head not normalised"] = TestNetworks.SmallCcnn with { NormalizesHead = false },
        ["given cell"] = TestNetworks.SmallCcnn with { Cell = CellChoice.AsGiven },
        ["all of them"] = TestNetworks.SmallPaperCcnn,
    };

    private NetworkState State => _state ??= new NetworkState(_network.Layout, TestNetworks.Values(_network), torch.CPU);

    public void Dispose() => _state?.Dispose();

    [Fact]
    public void Rotation_of_the_lattice_changes_nothing() =>
        AssertInvariant((crystal, random) => crystal.Rotate(random.Rotation()));

    [Fact]
    public void Another_order_of_the_atoms_changes_nothing() =>
        AssertInvariant((crystal, random) => crystal.Permute(random.Permutation(crystal.Count)));

    [Fact]
    public void An_origin_whole_voxels_away_changes_nothing() => AssertInvariant((crystal, random) =>
        crystal.Translate(new(random.Integer(-12, 12) / 12.0, random.Integer(-12, 12) / 12.0, random.Integer(-12, 12) / 12.0)));

    [Fact]
    public void Any_other_origin_moves_the_probabilities_by_a_drift_that_is_measured()
    {
        List<double> drifts = [];
        for (int seed = 0; seed < 3 * Trials; seed++)
        {
            var random = new RandomCrystals(seed);
            Crystal crystal = random.Crystal();
            double[] before = Probabilities(Answer(crystal)), after = Probabilities(Answer(crystal.Translate(random.Vector(-1, 1))));
            drifts.Add(before.Zip(after, (a, b) => Math.Abs(a - b)).Max());
        }

        report.WriteLine($"drift of a probability under random origins, untrained network: mean {drifts.Average():g2}, largest {drifts.Max():g2}");
        Assert.InRange(drifts.Average(), 1e-6, 0.1);
    }

    [Fact]
    public void The_rest_of_the_batch_does_not_matter()
    {
        var random = new RandomCrystals(5);
        Crystal[] crystals = [.. Enumerable.Range(0, 6).Select(_ => random.Crystal()), TestCrystals.OneAtom, TestCrystals.WithoutEdges];
        float[] together = TestNetworks.Predict(_network, State, crystals);
        for (int i = 0; i < crystals.Length; i++)
        {
            AssertClose(Answer(crystals[i]), together[(3 * i)..(3 * i + 3)], 1e-5, $"crystal {i}");
        }
    }

    [Fact]
    public void Structures_that_the_sines_of_the_papers_code_confuse_are_told_apart()
    {
        Crystal[] crystals =
        [
            TestCrystals.RockSalt, TestCrystals.ZincBlende, TestCrystals.CesiumChloride, TestCrystals.OneAtom,
            TestCrystals.Of(Lattice.Cubic(3), ("Po", new(0, 0, 0))), TestCrystals.Of(Lattice.Cubic(8), ("Po", new(0, 0, 0))),
            TestCrystals.Of(Lattice.Cubic(3), ("Po", new(0.5, 0, 0)), ("Po", new(0, 0, 0))),
            TestCrystals.Of(Lattice.Cubic(3), ("Po", new(0.51, 0, 0)), ("Po", new(0, 0, 0))),
        ];
        float[][] answers = [.. crystals.Select(crystal => Answer(crystal))];
        for (int i = 0; i < answers.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.True(answers[i].Zip(answers[j], (a, b) => Math.Abs(a - b)).Max() > 1e-4, $"crystals {j} and {i}");
            }
        }
    }

    [Fact]
    public void The_preset_paper_reproduces_what_its_code_cannot_tell_apart()
    {
        Network network = TestNetworks.Ccnn(TestNetworks.Classification(usesSymmetry: false), TestNetworks.SmallPaperCcnn);
        using var state = new NetworkState(network.Layout, TestNetworks.Values(network), torch.CPU);
        float[] small = TestNetworks.Predict(network, state, TestCrystals.Of(Lattice.Cubic(3), ("Po", new(0, 0, 0))));
        float[] large = TestNetworks.Predict(network, state, TestCrystals.Of(Lattice.Cubic(8), ("Po", new(0, 0, 0))));
        float[] other = TestNetworks.Predict(network, state, TestCrystals.Of(Lattice.Cubic(3.7), ("Po", new(0, 0, 0))));
        AssertClose(small, large, 1e-5, "3 Å and 8 Å"); // one modulo 5 Å
        Assert.NotEqual(small, other);
    }

    [Theory]
    [MemberData(nameof(Ablations))]
    public void Each_correction_can_be_taken_back_by_itself(string name)
    {
        CcnnOptions options = AblatedOptions[name];
        Assert.Empty(options.Validate());
        Network network = TestNetworks.Ccnn(TestNetworks.Classification(usesSymmetry: true), options);
        using var state = new NetworkState(network.Layout, TestNetworks.Values(network), torch.CPU);
        float[] answer = TestNetworks.Predict(network, state, TestCrystals.RockSalt, TestCrystals.CesiumChloride);
        Assert.All(answer, value => Assert.True(float.IsFinite(value)));
        Assert.NotEqual(answer[..3], answer[3..]);

        var written = JsonSerializer.Deserialize<NetworkOptions>(JsonSerializer.Serialize<NetworkOptions>(options));
        Assert.Equal(network.Layout.Count, TestNetworks.Ccnn(TestNetworks.Classification(usesSymmetry: true), (CcnnOptions)written!).Layout.Count);
        Assert.Equal(options.Cell, options.Preparation(taskUsesSymmetry: true).Cell);
    }

    [Fact]
    public void Faults_of_options_are_listed_together()
    {
        IReadOnlyList<string> faults = new CcnnOptions { Grid = 9, Width = 0, Dropout = 1, KeepsPhases = true }.Validate();
        Assert.Equal(3, faults.Count); // 9 voxels cannot be halved
        Assert.Throws<ArgumentException>(() => TestNetworks.Ccnn(TestNetworks.Regression, new CcnnOptions { Stages = [] }));
    }

    [Fact]
    public void The_presets_have_the_sizes_that_they_should_have()
    {
        ModelTask task = TestNetworks.Classification(usesSymmetry: true) with { Classes = [.. Enumerable.Range(0, 230).Select(i => $"{i}")] };
        Assert.InRange(TestNetworks.Ccnn(task, new CcnnOptions()).Layout.Count, 300_000, 4_000_000); // 16 MB in float32
        ModelTask tqc = task with { Classes = ["a", "b", "c", "d", "e"] };
        long paper = TestNetworks.Ccnn(tqc, CcnnOptions.Paper).Layout.Count;
        Assert.InRange(paper, 11_700_000, 12_700_000); // 12.2 million in the code of the paper, whose element vectors are shorter by 2
    }

    private void AssertInvariant(Func<Crystal, RandomCrystals, Crystal> transform)
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            var random = new RandomCrystals(seed);
            Crystal crystal = random.Crystal();
            AssertClose(Answer(crystal), Answer(transform(crystal, random)), Tolerances.SingleInvariance, $"seed {seed}, {crystal}");
        }
    }

    private float[] Answer(Crystal crystal) => TestNetworks.Predict(_network, State, crystal);

    private static double[] Probabilities(float[] logits)
    {
        double sum = logits.Sum(logit => Math.Exp(logit));
        return [.. logits.Select(logit => Math.Exp(logit) / sum)];
    }

    private static void AssertClose(float[] expected, float[] found, double tolerance, string what)
    {
        double scale = Math.Max(1, expected.Max(Math.Abs));
        double difference = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(difference <= tolerance * scale, $"{what}: differs by {difference:g3} of {scale:g3}");
    }
}
