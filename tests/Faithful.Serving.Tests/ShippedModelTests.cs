using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Testing;

namespace Faithful.Serving.Tests;

/// <summary>The models that come with the project work as they lie there.</summary>
public sealed class ShippedModelTests
{
    private const long LargestModel = 32 << 20; // bytes; four repeats of 480 trees in float64 for four classes are 28 MB

    public static TheoryData<string> Folders => [.. PretrainedModels.Find(TestData.RepositoryRoot).Select(folder => Path.GetFileName(folder)!)];

    [Fact]
    public void There_is_at_least_one() => Assert.NotEmpty(Folders);

    [Theory]
    [MemberData(nameof(Folders))]
    public void It_opens_and_predicts_every_example(string name)
    {
        string folder = Path.Combine(TestData.RepositoryRoot, PretrainedModels.FolderName, name);
        if (!EnsembleCard.IsIn(folder))
        {
            Assert.InRange(new FileInfo(Path.Combine(folder, ModelCard.ModelFileName)).Length, 1, LargestModel);
        }

        using CrystalPredictor predictor = CrystalPredictor.Open(folder, new ServingOptions { Device = ServingDevice.Cpu });
        Assert.Equal(name, $"{predictor.Model}-{predictor.Task.Name}");
        IReadOnlyList<Prediction> predictions = predictor.Predict(Examples());
        Assert.All(predictions, prediction =>
        {
            Assert.False(prediction.IsFallback);
            Assert.True(prediction.Value is double value ? double.IsFinite(value) : Math.Abs(prediction.Probabilities.Sum() - 1) < 1e-5);
        });
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void An_example_described_otherwise_gets_the_same_prediction(string name)
    {
        using CrystalPredictor predictor = CrystalPredictor.Open(
            Path.Combine(TestData.RepositoryRoot, PretrainedModels.FolderName, name), new ServingOptions { Device = ServingDevice.Cpu });
        var random = new RandomCrystals(3);
        (string Id, Crystal Crystal)[] examples = Examples();
        IReadOnlyList<Prediction> before = predictor.Predict(examples);
        IReadOnlyList<Prediction> after = predictor.Predict(
            [.. examples.Select(example => (example.Id, random.Redescribe(example.Crystal)))]);
        for (int i = 0; i < examples.Length; i++)
        {
            double difference = before[i].Value is double value
                ? Math.Abs(value - after[i].Value!.Value)
                : before[i].Probabilities.Zip(after[i].Probabilities, (a, b) => Math.Abs(a - b)).Max();
            // Voxels have an origin, and another description of a crystal has another.
            bool hasOrigin = predictor.Cards.Any(card => card.Model == "ccnn");
            Assert.True(difference <= (hasOrigin ? Tolerances.VoxelDrift : Tolerances.SingleInvariance), $"{examples[i].Id}: differs by {difference:g3}");
        }
    }

    private static (string Id, Crystal Crystal)[] Examples() =>
        [.. CrystalSource.Read(TestData.Examples).Select(result => result.GetRecordOrThrow()).Select(record => (record.Id, record.Crystal))];
}
