using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Faithful.Cli.Output;
using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Models.Packing;
using Faithful.Models.Trees;
using Faithful.Networks.Training;
using Faithful.Pipelines;

namespace Faithful.Cli.Composition;

/// <summary>A training of trees from data source to run folder: load, split, describe, grow, choose.</summary>
internal static class TreeSession
{
    /// <summary>Trains trees.</summary>
    /// <param name="context">The command, for log, progress and cancellation.</param>
    /// <param name="request">What to train.</param>
    /// <returns>What came of it, what it was, where it lies, and the seconds that growing took, by the clock and of all processors.</returns>
    public static (TreeTrainingResult Result, TreeRunDescription Description, TreeRunFolder Folder, double Seconds, double ProcessorSeconds) Run(
        CommandContext context, TreeTrainingRequest request)
    {
        // The same descriptors, and the same faults, whatever the labels are.
        CrystalTreesOptions trees = request.Trees(TaskKind.Classification);
        if (trees.Validate() is [string fault, ..])
        {
            throw new UsageException(fault);
        }

        // What is wrong with the folder is said before the work, not after.
        RunFolder.RequireNone(request.Out);
        var descriptors = DescriptorSet.Find(trees.Descriptors);
        PreparationOptions preparation = PreparationOptions.OfDescriptors(descriptors);
        if (preparation.UsesSymmetry && !request.TaskUsesSymmetry)
        {
            throw new UsageException(
                $"the task {request.Task} asks for the symmetry: expected descriptors without it " +
                $"({string.Join(", ", DescriptorSet.All.Where(set => !set.UsesSymmetry))}), found {descriptors}");
        }

        using TrainingData data = TrainingData.Open(context, request, preparation, trees.Seed);
        trees = request.Trees(data.Task.Kind);
        if (trees.MetricForBest == SelectionMetric.MacroF1 && data.Task.Kind == TaskKind.Regression)
        {
            throw new UsageException($"MetricForBest: expected Accuracy or Loss for the regression {data.Task.Name}, found MacroF1");
        }

        if (request.AtomicLimit is double share)
        {
            data.AddAtomicLimit(share, trees.Seed);
        }

        var description = new TreeRunDescription
        {
            Model = TreeModel.Name,
            Preset = request.Preset,
            Task = data.Task,
            Trees = trees,
            Preparation = preparation,
            Data = data.Summarize(),
            Fallback = FallbackPrediction.Of(data.Task, data.Targets(data.Split.Training)),
        };
        DescribedCrystals training = Join(context, data, data.Split.Training, description.Fallback, "training");
        training = data.Expanded.IsEmpty ? training : WithAtomicLimit(context, data, training, request.Data, preparation);
        DescribedCrystals validation = Join(context, data, data.Split.Validation, description.Fallback, "validation");
        Announce(context, description, data.Split, training, validation);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        TreeTrainingResult result = Grow(context, training, validation, description);
        (double seconds, double processor) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        return (result, description, TreeRunFolder.Write(request.Out, description, result), seconds, processor);
    }

    /// <summary>ML.NET cannot be asked to stop while it grows trees: a cancelled command does not wait for it.</summary>
    private static TreeTrainingResult Grow(CommandContext context, DescribedCrystals training, DescribedCrystals validation, TreeRunDescription description)
    {
        using var display = new TreeTrainingDisplay(context);
        return Task.Run(
            () => TreeTraining.Run(training, validation, description.Task, description.Trees, display, context.Cancellation), context.Cancellation)
            .WaitAsync(context.Cancellation).GetAwaiter().GetResult();
    }

    /// <summary>Takes the descriptors of a part; crystals without stay as targets that the fallback answers.</summary>
    internal static DescribedCrystals Join(
        CommandContext context, TrainingData data, ImmutableArray<int> part, FallbackPrediction fallback, string name)
    {
        (PackedRow[] usable, PackedRow[] others) = data.ByUse(part, name, "trees");
        var rows = new float[usable.Length][];
        Parallel.For(0, rows.Length, new ParallelOptions { CancellationToken = context.Cancellation }, index =>
        {
            using PackedCrystal crystal = data.Rows.Data.View(usable[index].Index);
            rows[index] = crystal.Descriptors.ToArray();
        });
        LearningTask task = data.Rows.Task;
        return new DescribedCrystals(
            DescriptorSet.Find(data.Rows.Data.Key.Preparation.Descriptors!), rows, [.. usable.Select(row => task.Number(row.Target))])
        {
            Fallbacks = new FallbackCrystals([.. others.Select(row => task.Number(row.Target))], fallback.Target()),
        };
    }

    /// <summary>
    /// Adds the crystals of the atomic limit. Descriptors of an expanded crystal do not follow from those of the crystal, so the source is read
    /// once more.
    /// </summary>
    private static DescribedCrystals WithAtomicLimit(
        CommandContext context, TrainingData data, DescribedCrystals training, string source, PreparationOptions preparation)
    {
        context.Log($"{data.Expanded.Length} more crystals are expanded to their atomic limit and are learned as {data.Rows.Task.AtomicLimit}");
        ILookup<string, double> factors = data.Expanded.ToLookup(row => row.Id, row => row.Factor, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        float[][] expanded =
        [
            .. CrystalSource.Read(source)
                .Select(result => result.Record).OfType<CrystalRecord>()
                .Where(record => factors.Contains(record.Id) && seen.Add(record.Id)) // of a repeated id the first is kept, as in packing
                .AsParallel().AsOrdered().WithCancellation(context.Cancellation)
                .SelectMany(record => factors[record.Id].Select(factor => CrystalPreparation.Prepare(record.Crystal, factor, preparation).Descriptors)),
        ];
        return new DescribedCrystals(
            training.Descriptors, [.. training.Rows, .. expanded], [.. training.Targets, .. expanded.Select(_ => (double)data.AtomicLimitClass)])
        {
            Expanded = expanded.Length,
            Fallbacks = training.Fallbacks,
        };
    }

    private static void Announce(
        CommandContext context, TreeRunDescription description, DataSplit split, DescribedCrystals training, DescribedCrystals validation)
    {
        DescriptorSet set = training.Descriptors;
        context.Log(string.Create(
            CultureInfo.InvariantCulture,
            $"training {description.Model} ({description.Preset}, {set.Count} descriptors of the set {set}): {split.Training.Length} crystals to train, {split.Validation.Length} to choose the number of trees, {split.Test.Length} held back"));
        (int trained, int validated) = (training.Fallbacks!.Targets.Count, validation.Fallbacks!.Targets.Count);
        if (trained + validated > 0)
        {
            context.Log($"{trained + validated} crystals have no descriptors: {trained} are left out of training, {validated} count in the validation metric with the fallback");
        }
    }
}
