using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Faithful.Models.Metrics;
using Faithful.Models.Trees;
using Faithful.Networks.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Faithful.Pipelines.Tests.Trees;

public sealed class TreeTrainingTests
{
    private const double Parity = 1e-5; // with ML.NET's own scores, relative to the largest

    private static readonly CrystalTreesOptions Options = SyntheticCrystals.Options;

    [Fact]
    public void Probabilities_are_those_of_the_one_versus_all_model_of_ML_NET()
    {
        // All columns for every tree: ML.NET grows the first class twice, and what it draws runs on from trainer to trainer.
        CrystalTreesOptions options = Options with { FeatureFraction = 1 };
        (DescribedCrystals training, DescribedCrystals validation) = Parts(SyntheticCrystals.Classes);
        TreeTrainingResult result = Run(SyntheticCrystals.Classes, options);
        var ml = new MLContext(options.Seed);
        IDataView rows = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(View(ml, training, options)).Transform(View(ml, training, options));
        MulticlassPredictionTransformer<Microsoft.ML.Trainers.OneVersusAllModelParameters> model = ml.MulticlassClassification.Trainers
            .OneVersusAll(ml.BinaryClassification.Trainers.FastTree(MlNet<FastTreeBinaryTrainer.Options>(options, result.Best.Trees))).Fit(rows);
        float[][] expected = [.. model.Transform(View(ml, validation, options)).GetColumn<float[]>("Score")];
        for (int row = 0; row < expected.Length; row++)
        {
            AssertClose(expected[row], Evaluate(result.Model, validation.Rows[row]), 1);
        }
    }

    [Fact]
    public void Values_are_those_of_the_regression_of_ML_NET_on_what_is_left_of_the_mean()
    {
        (DescribedCrystals training, DescribedCrystals validation) = Parts(SyntheticCrystals.Value);
        TreeTrainingResult result = Run(SyntheticCrystals.Value, Options);
        double mean = training.Targets.Average();
        var centred = new DescribedCrystals(training.Descriptors, training.Rows, [.. training.Targets.Select(target => target - mean)]);
        var ml = new MLContext(Options.Seed);
        RegressionPredictionTransformer<FastTreeRegressionModelParameters> model = ml.Regression.Trainers
            .FastTree(MlNet<FastTreeRegressionTrainer.Options>(Options, result.Best.Trees)).Fit(View(ml, centred, Options));
        float[] expected = [.. model.Transform(View(ml, validation, Options)).GetColumn<float>("Score").Select(score => (float)(score + mean))];
        float[] values = [.. validation.Rows.Select(row => Evaluate(result.Model, row)[0])];
        AssertClose(expected, values, expected.Max(Math.Abs));
    }

    [Fact]
    public void The_best_measurement_is_that_of_the_model()
    {
        (_, DescribedCrystals validation) = Parts(SyntheticCrystals.Classes);
        TreeTrainingResult classifier = Run(SyntheticCrystals.Classes, Options);
        float[][] probabilities = [.. validation.Rows.Select(row => Evaluate(classifier.Model, row))];
        var metrics = new ClassificationMetrics(
            [.. validation.Targets.Select(target => (int)target)], [.. probabilities.Select(p => Array.IndexOf(p, p.Max()))], 3);
        Assert.Equal((metrics.Accuracy, metrics.MacroF1), (classifier.Best.ValidationMetric, classifier.Best.ValidationMacroF1));
        double loss = validation.Targets.Select((target, row) => -Math.Log(probabilities[row][(int)target])).Average();
        Assert.Equal(loss, classifier.Best.ValidationLoss, 1e-6);
        Assert.True(metrics.Accuracy > 0.9, $"accuracy {metrics.Accuracy}");

        (_, validation) = Parts(SyntheticCrystals.Value);
        TreeTrainingResult regression = Run(SyntheticCrystals.Value, Options);
        double[] errors = [.. validation.Rows.Select((row, index) => Evaluate(regression.Model, row)[0] - validation.Targets[index])];
        Assert.Equal(errors.Average(Math.Abs), regression.Best.ValidationMetric, 1e-6);
        Assert.Equal(errors.Average(error => error * error), regression.Best.ValidationLoss, 1e-6);
    }

    [Theory]
    [InlineData(SelectionMetric.Accuracy)]
    [InlineData(SelectionMetric.MacroF1)]
    [InlineData(SelectionMetric.Loss)]
    public void The_first_of_the_best_numbers_of_trees_is_kept(SelectionMetric metric)
    {
        TreeTrainingResult result = Run(SyntheticCrystals.Classes, Options with { MetricForBest = metric });
        Assert.Equal(Options.NumberOfTrees, result.Trees);
        Assert.Equal(Enumerable.Range(1, result.Trees), result.Measurements.Select(measurement => measurement.Trees));
        double best = result.Measurements.Max(Quality);
        TreeMeasurement expected = result.Measurements.First(measurement => Quality(measurement) == best);
        Assert.Equal(expected, result.Best);
        Assert.All(result.Model.Ensembles, ensemble => Assert.Equal(expected.Trees, ensemble.Trees.Length));

        double Quality(TreeMeasurement m) => metric switch
        {
            SelectionMetric.Accuracy => m.ValidationMetric,
            SelectionMetric.MacroF1 => m.ValidationMacroF1!.Value,
            _ => -m.ValidationLoss,
        };
    }

    [Fact]
    public void The_seed_decides_all_that_is_drawn()
    {
        CrystalTreesOptions drawing = Options with { BaggingExampleFraction = 0.7, FeatureFractionPerSplit = 0.5 };
        Assert.Equal(Leaves(drawing), Leaves(drawing));
        Assert.NotEqual(Leaves(drawing), Leaves(drawing with { Seed = 1 }));

        double[] Leaves(CrystalTreesOptions options) =>
            [.. Run(SyntheticCrystals.Classes, options).Model.Ensembles.SelectMany(ensemble => ensemble.Trees).SelectMany(tree => tree.LeafValues)];
    }

    [Fact]
    public void Repeats_are_averaged_and_kept_or_left_together()
    {
        CrystalTreesOptions drawing = Options with { FeatureFraction = 0.2, Repeats = 3 };
        (_, DescribedCrystals validation) = Parts(SyntheticCrystals.Value);
        TreeTrainingResult together = Run(SyntheticCrystals.Value, drawing);
        Assert.Equal(3 * Options.NumberOfTrees, together.Trees);
        Assert.All(together.Measurements, measurement => Assert.Equal(0, measurement.Trees % 3));

        // The first repeat is that of the seed: as many of its trees give the share of the sum that weights say.
        TreeModel first = Run(SyntheticCrystals.Value, drawing with { Repeats = 1, NumberOfTrees = together.Best.Trees / 3 }).Model;
        DecisionTree[] kept = [.. together.Model.Ensembles[0].Trees.Where((_, index) => index % 3 == 0)];
        Assert.Equal(together.Best.Trees / 3, kept.Length);
        Assert.All(together.Model.Ensembles[0].Weights, weight => Assert.Equal(1.0 / 3, weight, 1e-12));
        foreach (float[] row in validation.Rows)
        {
            Assert.All(kept.Zip(first.Ensembles[0].Trees), pair => Assert.Equal(pair.Second.Evaluate(Filled(row)), pair.First.Evaluate(Filled(row))));
        }

        float[] Filled(float[] row) => [.. row.Select(value => float.IsNaN(value) ? Options.MissingValue : value)];
    }

    [Fact]
    public void Weights_raise_the_probabilities_of_rare_classes()
    {
        // One crystal in ten is of another class than the rest, and no descriptor says which.
        var random = new Random(4);
        DescribedCrystals training = SyntheticCrystals.Draw(SyntheticCrystals.Classes, 400, 1), rare = Relabel(training);
        double[] shares = [.. new[] { ClassWeighting.None, ClassWeighting.SquareRoot, ClassWeighting.Balanced }.Select(weighting =>
        {
            TreeModel model = TreeTraining.Run(rare, rare, SyntheticCrystals.Classes with { Classes = ["a", "b"] }, Options with { ClassWeights = weighting, NumberOfLeaves = 2, MetricForBest = SelectionMetric.Loss }).Model;
            return training.Rows.Average(row => Evaluate(model, row)[1]);
        })];
        Assert.True(shares[0] < shares[1] && shares[1] < shares[2], string.Join(" ", shares));

        DescribedCrystals Relabel(DescribedCrystals crystals) => new(crystals.Descriptors, crystals.Rows, [.. crystals.Targets.Select(_ => random.Next(10) == 0 ? 1.0 : 0.0)]);
    }

    [Fact]
    public void A_class_without_crystals_has_next_to_no_probability()
    {
        ModelTask task = SyntheticCrystals.Classes with { Classes = ["a", "b", "c", "none"] };
        TreeTrainingResult result = Run(task, Options);
        (_, DescribedCrystals validation) = Parts(task);
        Assert.All(validation.Rows, row => Assert.InRange(Evaluate(result.Model, row)[3], 0, 0.01));
    }

    [Fact]
    public void Crystals_without_descriptors_count_with_the_fallback()
    {
        (DescribedCrystals training, DescribedCrystals validation) = Parts(SyntheticCrystals.Classes);
        double alone = Run(SyntheticCrystals.Classes, Options).Best.ValidationMetric;
        var fallbacks = new FallbackCrystals([.. Enumerable.Range(0, validation.Rows.Count).Select(index => (double)(index % 2))], 1);
        TreeTrainingResult result = TreeTraining.Run(
            training, new DescribedCrystals(validation.Descriptors, validation.Rows, validation.Targets) { Fallbacks = fallbacks }, SyntheticCrystals.Classes, Options);
        Assert.Equal((alone + 0.5) / 2, result.Best.ValidationMetric, 1e-9);
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        (DescribedCrystals training, DescribedCrystals validation) = Parts(SyntheticCrystals.Classes);
        AssertThrows("expected crystals with the descriptors best, found claussen", SyntheticCrystals.Classes, Options with { Descriptors = "best" });
        AssertThrows("NumberOfLeaves must lie in 2..10,000, found 1.", SyntheticCrystals.Classes, Options with { NumberOfLeaves = 1 });
        AssertThrows("found MacroF1", SyntheticCrystals.Value, Options with { MetricForBest = SelectionMetric.MacroF1 });
        AssertThrows("asks for the symmetry", SyntheticCrystals.Classes with { UsesSymmetry = false }, Options);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => TreeTraining.Run(training, validation, SyntheticCrystals.Classes, Options, null, cancelled.Token));

        void AssertThrows(string message, ModelTask task, CrystalTreesOptions options) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => TreeTraining.Run(training, validation, task, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_other_columns_are_no_descriptors()
    {
        var set = DescriptorSet.Find("claussen");
        Assert.Contains("found a row of 3", Assert.Throws<ArgumentException>(() => new DescribedCrystals(set, [new float[3]], [0])).Message, StringComparison.Ordinal);
        Assert.Contains("found 2 for 1", Assert.Throws<ArgumentException>(() => new DescribedCrystals(set, [new float[set.Count]], [0, 1])).Message, StringComparison.Ordinal);
    }

    private static (DescribedCrystals Training, DescribedCrystals Validation) Parts(ModelTask task) =>
        (SyntheticCrystals.Draw(task, 400, 1), SyntheticCrystals.Draw(task, 150, 2));

    private static TreeTrainingResult Run(ModelTask task, CrystalTreesOptions options)
    {
        (DescribedCrystals training, DescribedCrystals validation) = Parts(task);
        return TreeTraining.Run(training, validation, task, options);
    }

    private static float[] Evaluate(TreeModel model, float[] row)
    {
        var results = new float[model.OutputWidth];
        model.Evaluate(row, results);
        return results;
    }

    private static void AssertClose(float[] expected, float[] found, float scale)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, Parity * scale));
    }

    /// <summary>The crystals as any user of ML.NET would load them, the number for missing values filled in.</summary>
    private static IDataView View(MLContext ml, DescribedCrystals crystals, CrystalTreesOptions options)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, crystals.Descriptors.Count);
        return ml.Data.LoadFromEnumerable(
            crystals.Rows.Select((row, index) => new Row
            {
                Features = [.. row.Select(value => float.IsNaN(value) ? options.MissingValue : value)],
                Label = (float)crystals.Targets[index],
            }).ToArray(),
            definition);
    }

    private static T MlNet<T>(CrystalTreesOptions options, int trees)
        where T : BoostedTreeOptions, new() => new()
        {
            NumberOfTrees = trees,
            NumberOfLeaves = options.NumberOfLeaves,
            MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf,
            LearningRate = options.LearningRate,
            FeatureFraction = options.FeatureFraction,
            EntropyCoefficient = options.EntropyCoefficient,
            Seed = options.Seed,
            FeatureSelectionSeed = options.Seed,
        };

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
