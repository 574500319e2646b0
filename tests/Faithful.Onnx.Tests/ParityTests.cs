using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Transformations;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using Faithful.Serving;
using Faithful.Testing;
using TorchSharp;

namespace Faithful.Onnx.Tests;

/// <summary>The trained network and its ONNX file give the same numbers.</summary>
public sealed class ParityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static IEnumerable<object[]> Networks =>
        from model in NetworkPresets.Models
        from preset in NetworkPresets.Presets
        from task in new (bool Classification, bool Symmetry)[] { (true, true), (true, false), (false, true) }
        select new object[] { model, preset, task.Classification, task.Symmetry };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Networks))]
    public void On_every_example_on_odd_crystals_and_on_mixed_batches(string model, string preset, bool classification, bool usesSymmetry)
    {
        ExportedNetwork exported = ExportedNetwork.Create(_folder.Path, classification, usesSymmetry, model, preset);
        using var state = new NetworkState(exported.Network.Layout, exported.Values, torch.CPU);
        using CrystalPredictor predictor = CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu });
        var random = new RandomCrystals(17);
        Crystal[] crystals =
        [
            .. Examples(),
            new(Lattice.Cubic(3.35), [Element.FromSymbol("Po")], [default]), // one atom
            new(Lattice.Cubic(30), [Element.FromSymbol("He")], [new(0.1, 0.2, 0.3)]), // no neighbours at all
            .. Enumerable.Range(0, 20).Select(_ => random.Crystal()),
        ];
        PreparedCrystal[] prepared =
        [
            .. crystals.Select(crystal => CrystalPreparation.Prepare(crystal, exported.Card.Preparation)).Where(crystal => crystal.FallbackReason is null),
        ];
        Assert.True(prepared.Length > crystals.Length / 2);
        for (int i = 0; i < prepared.Length; i++)
        {
            AssertParity(exported.Network, state, predictor, [prepared[i]], $"crystal {i}");
        }

        AssertParity(exported.Network, state, predictor, prepared, "all in one batch");
    }

    [Theory]
    [InlineData("nnn")]
    [InlineData("cgnn")]
    [InlineData("cann")]
    [InlineData("ccnn")]
    public void The_file_gives_a_turned_and_reordered_crystal_the_same_answer(string model)
    {
        foreach (bool usesSymmetry in (bool[])[true, false])
        {
            string folder = _folder[$"{model}-{usesSymmetry}"];
            ExportedNetwork exported = ExportedNetwork.Create(folder, classification: true, usesSymmetry, model);
            using CrystalPredictor predictor = CrystalPredictor.Open(folder, new ServingOptions { Device = ServingDevice.Cpu });
            for (int seed = 0; seed < 8; seed++)
            {
                var random = new RandomCrystals(seed);
                Crystal crystal = random.Crystal();
                Crystal other = crystal.Permute(random.Permutation(crystal.Count)).Rotate(random.Rotation());
                float[] one = Answer(crystal), two = Answer(other);
                double scale = Math.Max(1, one.Max(MathF.Abs));
                double difference = one.Zip(two, (a, b) => Math.Abs(a - b)).Max();
                Assert.True(difference <= Tolerances.SingleInvariance * scale, $"{model}, seed {seed}: {difference:g3} of {scale:g3}");
            }

            float[] Answer(Crystal crystal) =>
                predictor.Run(CrystalBatch.Pack([CrystalPreparation.Prepare(crystal, exported.Card.Preparation)])).Logits;
        }
    }

    [Fact]
    public void Probabilities_are_the_softmax_of_the_logits()
    {
        ExportedNetwork exported = ExportedNetwork.Create(_folder.Path, classification: true, usesSymmetry: false);
        using CrystalPredictor predictor = CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu });
        ModelOutput output = predictor.Run(CrystalBatch.Pack(
            [.. Examples().Take(9).Select(crystal => CrystalPreparation.Prepare(crystal, exported.Card.Preparation))]));
        foreach (float[] logits in output.Logits.Chunk(3).Zip(output.Probabilities.Chunk(3), (l, p) => (float[])[.. l, .. p]))
        {
            double sum = logits[..3].Sum(logit => Math.Exp(logit));
            for (int c = 0; c < 3; c++)
            {
                Assert.Equal(Math.Exp(logits[c]) / sum, logits[3 + c], 1e-6);
            }
        }
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        ExportedNetwork one = ExportedNetwork.Create(_folder["one"], classification: true, usesSymmetry: true);
        ExportedNetwork two = ExportedNetwork.Create(_folder["two"], classification: true, usesSymmetry: true);
        Assert.Equal(one.Card.ModelSha256, two.Card.ModelSha256);
        Assert.NotEmpty(one.Card.ModelSha256);
    }

    private static IEnumerable<Crystal> Examples() =>
        CrystalSource.Read(TestData.Examples).Select(result => result.GetRecordOrThrow().Crystal);

    private static void AssertParity(
        Network network, NetworkState state, CrystalPredictor predictor, PreparedCrystal[] crystals, string what)
    {
        CrystalBatch batch = CrystalBatch.Pack(crystals);
        float[] eager = Trainer.Predict(network, state, batch);
        ModelOutput output = predictor.Run(batch);
        float[] served = network.Specification.Task.Kind == TaskKind.Classification ? output.Logits : output.Values;
        Assert.Equal(eager.Length, served.Length);
        double scale = Math.Max(1, eager.Max(MathF.Abs));
        double difference = eager.Zip(served, (a, b) => Math.Abs(a - b)).Max() / scale;
        Assert.True(difference <= Tolerances.SingleParity, $"{what}: relative difference {difference:g3}");
    }
}
