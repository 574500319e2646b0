using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Models.Packing;
using Faithful.Networks;
using Faithful.Onnx;
using Faithful.Testing;

namespace Faithful.Serving.Tests;

/// <summary>Whole data sets are predicted as single crystals are, however the work is cut.</summary>
public sealed class PackedPredictorTests : IDisposable
{
    private const int Crystals = 120;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nnn", true)]
    [InlineData("cgnn", true)]
    [InlineData("cann", true)]
    [InlineData("cgnn", false)]
    public void A_data_set_is_answered_as_its_crystals_are_alone(string model, bool isClassification)
    {
        ModelCard card = Export(model, isClassification ? TestModels.Topology : TestModels.Energy);
        using PackedDataset data = Pack(card.Preparation);
        int[] rows = [.. Enumerable.Range(0, data.Count).Where(row => data.FallbackReason(row) is null && row % 7 != 3).Reverse()];
        using CrystalPredictor single = CrystalPredictor.Open(_folder["model"], new ServingOptions { Device = ServingDevice.Cpu });
        double[] expected = [.. rows.SelectMany(row => Answers(single.Run(CrystalBatch.Pack([data[row]]))))];
        foreach (PackedPredictorOptions options in new PackedPredictorOptions[]
            {
                new(),
                new() { Workers = 1, AtOnce = 1, MaxCrystalsPerBatch = 1 },
                new() { Workers = 5, AtOnce = 3, MaxCrystalsPerBatch = 16 },
                new() { Workers = 3, MaxAtomsPerBatch = 40 },
                new() { Workers = 2, MaxEdgesPerBatch = 3000 },
            })
        {
            using PackedPredictor predictor = PackedPredictor.Open(_folder["model"], options with { Device = ServingDevice.Cpu });
            Assert.Equal(("cpu", null), (predictor.Device, predictor.DeviceNote));
            ModelOutput output = predictor.Predict(data, rows);
            Assert.Equal(rows.Length, output.Crystals);
            double[] found = [.. Answers(output)];
            Assert.Equal(expected.Length, found.Length);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 2e-6 * Math.Max(1, Math.Abs(pair.First))));
        }
    }

    [Fact]
    public void What_does_not_fit_the_model_is_refused()
    {
        ModelCard card = Export("cgnn", TestModels.Topology);
        using PackedDataset other = Pack(card.Preparation with { Cutoff = 3 });
        using PackedPredictor predictor = PackedPredictor.Open(_folder["model"], new() { Device = ServingDevice.Cpu });
        Assert.Contains("prepared otherwise", Assert.Throws<ArgumentException>(() => predictor.Predict(other, [0])).Message, StringComparison.Ordinal);
        using PackedDataset data = Pack(card.Preparation);
        Assert.Equal(0, predictor.Predict(data, []).Crystals);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => predictor.Predict(data, [0, 1], cancelled.Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.Predict(data, [Crystals]));
        Assert.Equal(5, new PackedPredictorOptions { Workers = -1, AtOnce = 0, MaxCrystalsPerBatch = 0, MaxAtomsPerBatch = 0, MaxEdgesPerBatch = 0 }.Validate().Count);
        Assert.Throws<ArgumentException>(() => PackedPredictor.Open(_folder["model"], new() { AtOnce = 0 }));
    }

    private static IEnumerable<double> Answers(ModelOutput output) => output.Probabilities.Concat(output.Values).Select(value => (double)value);

    private ModelCard Export(string model, ModelTask task)
    {
        NetworkOptions options = NetworkPresets.Find(model, "best") switch
        {
            CgnnOptions cgnn => cgnn with { Width = 16, Blocks = 2, RadialFunctions = 12 },
            NnnOptions nnn => nnn with { Width = 24 },
            CannOptions cann => cann with { Width = 32, Blocks = 2, Heads = 2 },
            NetworkOptions other => other,
        };
        Network network = options.Build(new NetworkSpecification { Task = task });
        return NetworkExporter.Export(network, network.Layout.Initialize(3), TestModels.Card(task, network), _folder["model"]);
    }

    private PackedDataset Pack(PreparationOptions preparation)
    {
        string sample = Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl");
        PackedDatasetKey key = PackedDatasetKey.Create(new string('0', 64), preparation);
        string path = _folder[key.FileName()];
        PackedDatasetBuilder.Build(path, key, CrystalSource.Read(sample).Take(Crystals), new() { Source = sample });
        return PackedDataset.Open(path, sample, preparation);
    }
}
