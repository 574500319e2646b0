using Faithful.Networks;
using Faithful.Networks.Training;
using Faithful.Testing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests.Samples;

/// <summary>Training in a pipeline of ML.NET: trees, then a network, in the same ten lines.</summary>
public sealed class TrainingSample : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _crystals;

    public TrainingSample()
    {
        _crystals = _folder["crystals.jsonl"];
        File.WriteAllLines(_crystals, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Where((_, row) => row % 10 == 0));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trees_learn_the_point_group()
    {
        var trees = new CrystalTreesOptions { Descriptors = "best-no-symmetry", NumberOfTrees = 20, NumberOfLeaves = 8 };

        var mlContext = new MLContext(seed: 1);
        IDataView crystals = mlContext.Data.LoadCrystals(_crystals, ["point_group"]);
        var parts = mlContext.Data.TrainTestSplit(crystals, testFraction: 0.2);
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "point_group")
            .Append(mlContext.MulticlassClassification.Trainers.CrystalTrees(trees, new CrystalTrainingOptions { Task = "point-group" }));
        var model = pipeline.Fit(parts.TrainSet);
        MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(parts.TestSet));

        using var trained = model.LastTransformer;
        Assert.InRange(metrics.MicroAccuracy, 0.3, 1); // a guess among the point groups of the sample is right for 0.1
    }

    [Fact]
    public void A_network_learns_the_point_group()
    {
        var network = new CrystalNetworkOptions
        {
            Network = new CgnnOptions { Width = 16, Blocks = 1, Cutoff = 4 },
            Training = new TrainingOptions { Epochs = 2, BatchSize = 32 },
            Device = "cpu",
        };

        var mlContext = new MLContext(seed: 1);
        IDataView crystals = mlContext.Data.LoadCrystals(_crystals, ["point_group"]);
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "point_group")
            .Append(mlContext.MulticlassClassification.Trainers.CrystalNetwork(network, new CrystalTrainingOptions { Task = "point-group" }));
        using var model = pipeline.Fit(crystals).LastTransformer;
        using var engine = mlContext.Model.CreatePredictionEngine<CrystalInput, CrystalPrediction>(model);
        string silicon = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "datasets", "examples", "Si.poscar"));
        CrystalPrediction prediction = engine.Predict(new CrystalInput { Id = "Si", Structure = silicon });

        Assert.Contains(prediction.Class, model.Task.Classes);
        Assert.Equal(1, prediction.Probabilities.Sum(), 1e-5);
    }
}
