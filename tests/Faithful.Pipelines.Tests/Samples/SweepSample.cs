using Faithful.Testing;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests.Samples;

/// <summary>A search for the best options, and the model that they make.</summary>
public sealed class SweepSample
{
    [Fact]
    public void A_sweep_finds_options_and_a_trainer_takes_them()
    {
        using var folder = new TemporaryFolder();
        string source = folder.Write(
            "crystals.jsonl", string.Join('\n', File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(150)));
        var known = new CrystalTreesOptions { Descriptors = "best-no-symmetry", NumberOfTrees = 4, NumberOfLeaves = 8 };

        var mlContext = new MLContext(seed: 1);
        IDataView crystals = mlContext.Data.LoadCrystals(source, ["point_group"]);
        IDataView labelled = mlContext.Transforms.Conversion.MapValueToKey("point_group").Fit(crystals).Transform(crystals);
        var task = new CrystalTrainingOptions { LabelColumnName = "point_group", Task = "point-group" };
        CrystalSweepResult sweep = mlContext.Auto().SweepCrystals(
            labelled,
            new CrystalSweepOptions { Folder = folder["sweep"], Trials = 3, Starts = [new() { Model = "gbt", Trees = known, Fixed = ["number_of_trees"] }] },
            task);
        using CrystalScoringTransformer model = mlContext.MulticlassClassification.Trainers.CrystalTrees(sweep.Model.Trees, task).Fit(labelled);
        MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(labelled), "point_group");

        Assert.Equal(3, sweep.Trials.Count);
        Assert.True(sweep.Best.Value >= sweep.Default!.Value);
        Assert.Equal(sweep.Best.Value!.Value, model.Cards[0].Metrics["validation"]["accuracy"], 1e-6);
        Assert.True(metrics.MicroAccuracy > 0.5, $"accuracy {metrics.MicroAccuracy}");
    }
}
