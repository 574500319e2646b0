using System.Diagnostics;
using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Faithful.Models.Trees;

namespace Faithful.Pipelines;

/// <summary>
/// A trial of trees. FastTree cannot be looked at while it grows: where the trial could be ended early, the first quarter of its
/// trees is grown by itself before all of them, a quarter more work for each trial that is not ended.
/// </summary>
/// <param name="data">The crystals.</param>
internal sealed class TreeTrial(SweepPartsCache data) : ITrialTraining
{
    private const int Points = 20; // of the curve that is kept

    /// <inheritdoc/>
    public void Load(SweptModel model, CancellationToken cancellation) => Parts(model, cancellation);

    /// <inheritdoc/>
    public SweepTrial Train(SweptModel model, string folder, TrialTrack track, CancellationToken cancellation)
    {
        CrystalTreesOptions trees = model.Trees!;
        SweepParts<DescribedCrystals> parts = Parts(model, cancellation);
        var clock = Stopwatch.StartNew();
        if (track.CanEnd(StoppingRule.TreeStage))
        {
            int stage = (int)Math.Ceiling(StoppingRule.TreeStage * trees.NumberOfTrees);
            TreeTrainingResult beginning = Grow(parts, trees with { NumberOfTrees = stage }, cancellation);
            if (track.Add(new TrialPoint((double)stage / trees.NumberOfTrees, Value(track.Metric, beginning.Best))))
            {
                return End(track, beginning, TrialState.Stopped, clock);
            }
        }

        TreeTrainingResult result = Grow(parts, trees, cancellation);
        track.Replace(Curve(result, track.Metric));
        Clear(folder);
        TreeRunFolder.Write(folder, Describe(model, parts), result);
        return End(track, result, TrialState.Complete, clock);
    }

    private static SweepTrial End(TrialTrack track, TreeTrainingResult result, TrialState state, Stopwatch clock) => track.Trial with
    {
        State = state,
        Value = Value(track.Metric, result.Best),
        ValidationMetric = result.Best.ValidationMetric,
        ValidationMacroF1 = result.Best.ValidationMacroF1,
        ValidationLoss = result.Best.ValidationLoss,
        Epochs = result.Trees,
        BestEpoch = result.Best.Trees,
        Seconds = Math.Round(clock.Elapsed.TotalSeconds, 3),
    };

    private static double Value(SweepMetric metric, TreeMeasurement measurement) =>
        metric.Of(measurement.ValidationMetric, measurement.ValidationMacroF1, measurement.ValidationLoss);

    /// <summary>The best value up to each twentieth of the trees.</summary>
    private static IEnumerable<TrialPoint> Curve(TreeTrainingResult result, SweepMetric metric)
    {
        double best = Value(metric, result.Measurements[0]);
        int point = 0;
        foreach (TreeMeasurement measurement in result.Measurements)
        {
            double value = Value(metric, measurement);
            best = metric.IsBetter(value, best) ? value : best;
            int reached = measurement.Trees * Points / result.Trees;
            if (reached > point)
            {
                point = reached;
                yield return new TrialPoint((double)measurement.Trees / result.Trees, best);
            }
        }
    }

    /// <summary>What a trial left that was cut off while it wrote.</summary>
    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private TreeTrainingResult Grow(SweepParts<DescribedCrystals> parts, CrystalTreesOptions trees, CancellationToken cancellation) =>
        TreeTraining.Run(parts.Training, parts.Validation, data.Task, trees, cancellation: cancellation);

    private SweepParts<DescribedCrystals> Parts(SweptModel model, CancellationToken cancellation) =>
        data.Describe(DescriptorSet.Find(model.Trees!.Descriptors), cancellation);

    private TreeRunDescription Describe(SweptModel model, SweepParts<DescribedCrystals> parts) => new()
    {
        Model = TreeModel.Name,
        Preset = model.Preset,
        Task = data.Task,
        Trees = model.Trees!,
        Preparation = PreparationOptions.OfDescriptors(parts.Training.Descriptors),
        Data = parts.Data,
        Fallback = FallbackPrediction.Of(data.Task, parts.Targets),
    };
}
