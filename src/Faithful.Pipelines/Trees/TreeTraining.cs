using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Networks.Training;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;

namespace Faithful.Pipelines;

/// <summary>
/// Trains gradient-boosted trees on descriptors with ML.NET's FastTree, a classification as its one-versus-all trainer does: trees
/// for each class, which tell it from all others, and whose probabilities are divided by their sum.
/// </summary>
/// <remarks>
/// Each class is trained by itself, because ML.NET publishes the trees of a binary model and not those of a one-versus-all model.
/// A class that no tree can tell from the others, one without crystals in the training part above all, has the probability of its
/// frequency there; ML.NET would give it 0.5.
/// </remarks>
public static class TreeTraining
{
    private const int SeedsApart = 1_000_003; // a prime, so that neighbouring seeds share no repeat

    /// <summary>Grows trees on the training part, and keeps as many as are best on the validation part.</summary>
    /// <param name="training">The training part.</param>
    /// <param name="validation">The part that chooses the number of trees, with the same descriptors.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">The options, valid.</param>
    /// <param name="progress">Told before the trees of each class, and at the end.</param>
    /// <param name="cancellation">Ends the work before the next class.</param>
    /// <returns>The model and what was measured.</returns>
    /// <exception cref="ArgumentException">
    /// An option is out of range, the parts have other descriptors than the options say, the task must not be given them, or no crystal
    /// can have relatives.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static TreeTrainingResult Run(
        DescribedCrystals training,
        DescribedCrystals validation,
        ModelTask task,
        CrystalTreesOptions options,
        IProgress<TreeTrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        Check(training, validation, task, options);
        TreeModel grown = task.Kind == TaskKind.Classification
            ? GrowClasses(training, task, options, progress, cancellation)
            : GrowRegression(training, options, progress, cancellation);
        progress?.Report(new TreeTrainingProgress(grown.OutputWidth, grown.OutputWidth, null));
        IReadOnlyList<TreeMeasurement> measurements = new TreeStages(grown, validation, options).Measure(cancellation);
        var result = new TreeTrainingResult(grown, Trees(grown), measurements);
        TreeModel kept = Keep(grown, result.Best.Trees);
        return result with { Model = kept, Calibration = Calibrate(kept, validation, task) };
    }

    /// <summary>Gets the number of trees of the output that has most.</summary>
    internal static int Trees(TreeModel model) => model.Ensembles.Max(ensemble => ensemble.Trees.Length);

    private static void Check(DescribedCrystals training, DescribedCrystals validation, ModelTask task, CrystalTreesOptions options)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(" ", faults));
        }

        if (training.Descriptors.Name != options.Descriptors || validation.Descriptors.Name != options.Descriptors)
        {
            throw new ArgumentException(
                $"expected crystals with the descriptors {options.Descriptors}, found {training.Descriptors} to train and {validation.Descriptors} to validate");
        }

        if (options.MetricForBest == SelectionMetric.MacroF1 && task.Kind == TaskKind.Regression)
        {
            throw new ArgumentException($"MetricForBest: expected Accuracy or Loss for the regression {task.Name}, found MacroF1");
        }

        if (options.LooksAtRelatives && task.Kind == TaskKind.Regression)
        {
            throw new ArgumentException($"LooksAtRelatives: expected a classification, found the regression {task.Name}");
        }

        SymmetryRule.Check(task, PreparationOptions.OfDescriptors(training.Descriptors));
    }

    /// <summary>Trees learn what is left of the mean, which the model adds again.</summary>
    private static TreeModel GrowRegression(
        DescribedCrystals training, CrystalTreesOptions options, IProgress<TreeTrainingProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new TreeTrainingProgress(0, 1, null));
        double mean = training.Targets.Average();
        var rows = new DescriptorView<float>(training, target => (float)(target - mean), options.MissingValue);
        IEnumerable<RegressionTreeEnsemble> repeats = Repeats<FastTreeRegressionTrainer.Options>(options, hasWeights: false, cancellation)
            .Select(repeat => new MLContext(repeat.Seed).Regression.Trainers.FastTree(repeat).Fit(rows).Model.TrainedTreeEnsemble);
        return TreeModel.Regression(training.Descriptors, FastTreeConversion.Mean([.. repeats], mean), options.MissingValue);
    }

    private static TreeModel GrowClasses(
        DescribedCrystals training,
        ModelTask task,
        CrystalTreesOptions options,
        IProgress<TreeTrainingProgress>? progress,
        CancellationToken cancellation)
    {
        float[]? weights = options.ClassWeights == ClassWeighting.None ? null : TrainingLoss.ClassWeights(
            [.. Enumerable.Range(0, task.Classes.Count).Select(index => training.Targets.Count(target => (int)target == index))], options.ClassWeights);
        RelativeColumns? relatives = options.LooksAtRelatives ? RelativeColumns.Of(training, task.Classes.Count, options.Seed, cancellation) : null;
        List<TreeEnsemble> ensembles = [];
        List<PlattScaling> calibrations = [];
        for (int index = 0; index < task.Classes.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new TreeTrainingProgress(index, task.Classes.Count, task.Classes[index]));
            (TreeEnsemble trees, PlattScaling calibration) = GrowClass(training, relatives, index, weights, options, cancellation);
            ensembles.Add(trees);
            calibrations.Add(calibration);
        }

        return TreeModel.OneVersusAll(training.Descriptors, ensembles, calibrations, options.MissingValue, relatives?.Table);
    }

    private static (TreeEnsemble Trees, PlattScaling Calibration) GrowClass(
        DescribedCrystals training, RelativeColumns? relatives, int index, float[]? weights, CrystalTreesOptions options, CancellationToken cancellation)
    {
        int members = training.Targets.Count(target => (int)target == index);
        if (members > 0 && members < training.Targets.Count)
        {
            var rows = new DescriptorView<bool>(
                training, target => (int)target == index, options.MissingValue, weights is null ? null : target => weights[(int)target], relatives);
            CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>[] models =
            [
                .. Repeats<FastTreeBinaryTrainer.Options>(options, weights is not null, cancellation)
                    .Select(repeat => new MLContext(repeat.Seed).BinaryClassification.Trainers.FastTree(repeat).Fit(rows).Model),
            ];
            TreeEnsemble trees = FastTreeConversion.Mean([.. models.Select(model => model.SubModel.TrainedTreeEnsemble)]);
            if (trees.Columns > 0)
            {
                return (trees, new PlattScaling(models[0].Calibrator.Slope, models[0].Calibrator.Offset));
            }
        }

        // 1 / (1 + e^offset) = (members + ½) / (crystals + 1): never 0 and never 1.
        double offset = Math.Log((training.Targets.Count - members + 0.5) / (members + 0.5));
        return (FastTreeConversion.Constant(0), new PlattScaling(-1, offset));
    }

    private static IEnumerable<T> Repeats<T>(CrystalTreesOptions options, bool hasWeights, CancellationToken cancellation)
        where T : BoostedTreeOptions, new()
    {
        for (int repeat = 0; repeat < options.Repeats; repeat++)
        {
            cancellation.ThrowIfCancellationRequested();
            int seed = unchecked(options.Seed + repeat * SeedsApart);
            yield return new T
            {
                FeatureColumnName = DescriptorView<bool>.Features,
                LabelColumnName = DescriptorView<bool>.Label,
                ExampleWeightColumnName = hasWeights ? DescriptorView<bool>.Weight : null,
                NumberOfTrees = options.NumberOfTrees,
                NumberOfLeaves = options.NumberOfLeaves,
                MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf,
                LearningRate = options.LearningRate,
                FeatureFraction = options.FeatureFraction,
                FeatureFractionPerSplit = options.FeatureFractionPerSplit,
                BaggingSize = options.BaggingExampleFraction < 1 ? 1 : 0,
                BaggingExampleFraction = options.BaggingExampleFraction,
                EntropyCoefficient = options.EntropyCoefficient,
                MaximumBinCountPerFeature = options.MaximumBinCountPerFeature,
                Seed = seed,
                FeatureSelectionSeed = seed,
            };
        }
    }

    /// <summary>Crystals to which the trees give no class a probability do not count: they take the fallback.</summary>
    private static ModelCalibration? Calibrate(TreeModel model, DescribedCrystals validation, ModelTask task)
    {
        List<double[]> outputs = [];
        List<double> targets = [];
        var numbers = new float[model.OutputWidth];
        for (int row = 0; row < validation.Rows.Count; row++)
        {
            model.Evaluate(validation.Rows[row], numbers);
            if (task.Kind == TaskKind.Regression || numbers.Any(number => number > 0))
            {
                outputs.Add(Array.ConvertAll(numbers, number => (double)number));
                targets.Add(validation.Targets[row]);
            }
        }

        return CalibrationFitting.TryOf(task, outputs, targets, "validation");
    }

    private static TreeModel Keep(TreeModel model, int trees)
    {
        IEnumerable<TreeEnsemble> kept = model.Ensembles.Select(ensemble =>
            new TreeEnsemble(ensemble.Trees.Take(trees), ensemble.Weights.Take(trees), ensemble.Bias));
        return model.Kind == TaskKind.Classification
            ? TreeModel.OneVersusAll(model.Descriptors, kept, model.Calibrations, model.MissingValue, model.Relatives)
            : TreeModel.Regression(model.Descriptors, kept.Single(), model.MissingValue);
    }
}
