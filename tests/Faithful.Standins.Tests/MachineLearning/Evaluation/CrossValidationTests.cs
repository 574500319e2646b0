using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.Evaluation;

/// <summary>Models fitted without one part of the data each.</summary>
public sealed class CrossValidationTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void Each_row_is_scored_by_the_model_that_has_not_seen_it()
    {
        IDataView data = Rows();
        var folds = context.Regression.CrossValidate(data, context.Transforms.CopyColumns("Score", "Guess"), numberOfFolds: 4);
        Assert.Equal([0, 1, 2, 3], folds.Select(fold => fold.Fold));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (float)i), folds.SelectMany(fold => fold.ScoredHoldOutSet.GetColumn<float>("Label")).Order());
        foreach (var fold in folds)
        {
            Assert.Equal(1, fold.Metrics.MeanAbsoluteError, 1e-9);
            Assert.NotNull(fold.ScoredHoldOutSet.Schema.GetColumnOrNull("Score"));
            Assert.Equal(fold.ScoredHoldOutSet.GetColumn<float>("Guess"), fold.Model.Transform(fold.ScoredHoldOutSet).GetColumn<float>("Score"));
        }
    }

    [Fact]
    public void The_seed_decides_the_folds()
    {
        float[] First(int? seed) => [.. new MLContext(3).Regression.CrossValidate(Rows(), context.Transforms.CopyColumns("Score", "Guess"), 2, seed: seed)[0].ScoredHoldOutSet.GetColumn<float>("Label")];
        Assert.Equal(First(null), First(null));
        Assert.Equal(First(null), First(3));
        Assert.NotEqual(First(4), First(5));
    }

    [Fact]
    public void Groups_stay_together()
    {
        var folds = context.Regression.CrossValidate(Rows(), context.Transforms.CopyColumns("Score", "Guess"), 3, samplingKeyColumnName: "Group");
        string[] all = [.. folds.SelectMany(fold => fold.ScoredHoldOutSet.GetColumn<string>("Group").Distinct())];
        Assert.Equal(20, all.Length);
        Assert.Equal(20, all.Distinct().Count());
    }

    [Fact]
    public void Estimators_learn_from_the_training_part_alone()
    {
        IDataView data = Rows();
        var pipeline = context.Transforms.Conversion.MapValueToKey("Key", "Group").Append(context.Transforms.CopyColumns("Score", "Guess"));
        foreach (var fold in context.Regression.CrossValidate(data, pipeline, 2, samplingKeyColumnName: "Group"))
        {
            Assert.All(fold.ScoredHoldOutSet.GetColumn<uint>("Key"), key => Assert.Equal(0u, key));
        }
    }

    [Fact]
    public void Steps_that_serve_training_only_are_applied_to_the_rows_left_out()
    {
        IDataView data = Rows();
        var pipeline = new EstimatorChain<ITransformer>()
            .Append(context.Transforms.CopyColumns("Score", "Guess"), TransformerScope.Everything)
            .Append<ITransformer>(context.Transforms.CopyColumns("OnlyHere", "Guess"), TransformerScope.Training);
        var fold = context.Regression.CrossValidate(data, pipeline, 2)[0];
        Assert.NotNull(fold.ScoredHoldOutSet.Schema.GetColumnOrNull("OnlyHere"));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        IDataView data = Rows();
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Regression.CrossValidate(data, context.Transforms.CopyColumns("Score", "Guess"), 1));
        Assert.Throws<ArgumentNullException>(() => context.Regression.CrossValidate(data, null));
        Assert.Throws<ArgumentNullException>(() => context.MulticlassClassification.CrossValidate(null, context.Transforms.CopyColumns("Score", "Guess")));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.BinaryClassification.CrossValidate(data, context.Transforms.CopyColumns("Score", "Guess"), labelColumnName: ""));
    }

    private IDataView Rows() => context.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i => new Row { Label = i, Guess = i + 1, Group = $"group {i % 20}" }).ToArray());

    private sealed class Row
    {
        public float Label { get; set; }

        public float Guess { get; set; }

        public string Group { get; set; } = "";
    }
}
