using System.Collections.Immutable;
using System.Globalization;
using Faithful.Cli.Output;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Training;
using TorchSharp;

namespace Faithful.Cli.Composition;

/// <summary>A training run from data source to run folder: load, split, prepare, train.</summary>
internal static class TrainingSession
{
    /// <summary>Trains a network.</summary>
    /// <param name="context">The command, for log, progress and cancellation.</param>
    /// <param name="request">What to train.</param>
    /// <returns>How the run ended, what it was, and where it lies.</returns>
    public static (TrainingResult Result, RunDescription Description, RunFolder Folder) Run(CommandContext context, TrainingRequest request)
    {
        if (request.Training.Validate() is [string fault, ..])
        {
            throw new UsageException(fault);
        }

        // What is wrong with the folder is said before hours of work, not after.
        RunFolder? begun = request.Resume ? RunFolder.Open(request.Out) : null;
        if (begun is null)
        {
            RunFolder.RequireNone(request.Out);
        }

        NetworkOptions network = request.Network ?? Options(request);
        torch.Device device = TrainingDevice.Find(request.Device);
        using TrainingData data = TrainingData.Open(context, request, network.Preparation(request.TaskUsesSymmetry), request.Training.Seed);
        if (request.SoftLabels is string soft)
        {
            data.AddSoftLabels(soft);
        }

        if (request.AtomicLimit is double share)
        {
            data.AddAtomicLimit(share, request.Training.Seed);
        }

        (ModelTask task, DataSplit split) = (data.Task, data.Split);
        RunDescription description = Describe(request, network, data);
        Network built = Build(description);
        StartingValues? start = Start(context, request, built, description.Data);
        description = description with { Data = description.Data with { Pretraining = start?.Pretraining } };
        begun?.CheckSame(description);

        using ResidentDataset training = data.Distilled.IsEmpty && data.Expanded.IsEmpty
            ? Join(context, data, split.Training, device, description.Fallback, "training")
            : JoinAll(context, data, device, description.Fallback, network.Preparation(request.TaskUsesSymmetry).Cutoff);
        using ResidentDataset validation = Join(context, data, split.Validation, device, description.Fallback, "validation");
        CheckBudget(request.Training, training, validation);
        RunFolder folder = begun ?? RunFolder.Create(request.Out, description);
        Announce(context, request, built, split, training, validation);
        var display = new TrainingDisplay(context, task);
        try
        {
            TrainingResult result = Trainer.Run(built, training, validation, request.Training, folder, display, start, context.Cancellation);
            return (result, description, folder);
        }
        catch (OperationCanceledException)
        {
            display.Clear();
            context.Log("stopped before the first epoch had ended; the same command with --resume begins again");
            throw;
        }
        finally
        {
            display.Clear();
        }
    }

    /// <summary>Builds the network, and finds what does not fit the task, before anything is written.</summary>
    private static Network Build(RunDescription description)
    {
        try
        {
            _ = new EpochChoice(description.Task, description.Training);
            return description.BuildNetwork();
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }
    }

    /// <summary>Takes the weights of the run to start from, and says what they may have seen.</summary>
    private static StartingValues? Start(CommandContext context, TrainingRequest request, Network network, TrainingSummary data)
    {
        if (request.StartFrom is not string path)
        {
            return null;
        }

        RunFolder before = RunFolder.Open(path);
        StartingValues start = StartingValues.Take(before, network, request.Training.Seed);
        Pretraining last = start.Pretraining[^1];
        context.Log(string.Create(
            CultureInfo.InvariantCulture,
            $"starting from {path} ({last.Task}, epoch {last.Epoch}): {last.Parameters:N0} parameters taken, {network.Layout.Count - last.Parameters:N0} begin at random"));
        foreach (Pretraining step in start.Pretraining.Where(step => step.SplitSha256 is null || step.SplitSha256 != data.SplitSha256))
        {
            context.Log(
                $"warning: {step.Task} was trained with another split than this run: crystals held back here may have been seen there, which makes " +
                "what is measured here too good; one split file (--split) for both runs avoids that");
        }

        return start;
    }

    private static void CheckBudget(TrainingOptions options, params ReadOnlySpan<ResidentDataset> parts)
    {
        try
        {
            foreach (ResidentDataset part in parts)
            {
                BatchPlan.BySize(part, options);
            }
        }
        catch (BatchBudgetException error)
        {
            throw new UsageException(error.Message);
        }
    }

    private static NetworkOptions Options(TrainingRequest request)
    {
        try
        {
            return NetworkPresets.Find(request.Model, request.Preset);
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }
    }

    private static RunDescription Describe(TrainingRequest request, NetworkOptions network, TrainingData data)
    {
        double[] targets = data.Targets(data.Split.Training);
        return new RunDescription
        {
            Model = request.Model,
            Preset = request.Preset,
            Task = data.Task,
            Network = network,
            Preparation = network.Preparation(request.TaskUsesSymmetry),
            Training = request.Training,
            Fallback = FallbackPrediction.Of(data.Task, targets),
            Data = data.Summarize(),
        }.ScaledTo(targets);
    }

    /// <summary>Moves the crystals that the network can take to the device; the others stay as targets that the fallback answers.</summary>
    internal static ResidentDataset Join(
        CommandContext context, TrainingData data, ImmutableArray<int> rows, torch.Device device, FallbackPrediction fallback, string part)
    {
        (PackedRow[] usable, PackedRow[] others) = data.ByUse(rows, part, "network");
        LearningTask task = data.Rows.Task;
        return new ResidentDataset(
            data.Rows.Data.Join([.. usable.Select(row => row.Index)], context.Cancellation),
            [.. usable.Select(row => task.Number(row.Target))],
            data.Task.Kind,
            device)
        {
            Ids = [.. usable.Select(row => row.Labels.Id)],
            Fallbacks = new FallbackCrystals([.. others.Select(row => task.Number(row.Target))], fallback.Target()),
        };
    }

    /// <summary>
    /// Joins the training part with crystals whose answers come from other models and with those of the atomic limit; their own labels
    /// stay certain.
    /// </summary>
    private static ResidentDataset JoinAll(CommandContext context, TrainingData data, torch.Device device, FallbackPrediction fallback, double cutoff)
    {
        (PackedRow[] usable, PackedRow[] others) = data.ByUse(data.Split.Training, "training", "network");
        LearningTask task = data.Rows.Task;
        if (!data.Distilled.IsEmpty)
        {
            context.Log($"{data.Distilled.Length} more crystals have no label and are learned with the answers of other models");
        }

        if (!data.Expanded.IsEmpty)
        {
            context.Log($"{data.Expanded.Length} more crystals are expanded to their atomic limit and are learned as {task.AtomicLimit}");
        }

        PreparedArrays crystals = data.Rows.Data.Join(
            [.. usable.Select(row => row.Index), .. data.Distilled.Select(distilled => distilled.Row.Index)],
            [.. data.Expanded.AsParallel().AsOrdered().Select(row => data.Rows.Data[row.Index].Expand(row.Factor, cutoff))],
            context.Cancellation);
        string[] ids =
        [
            .. usable.Select(row => row.Labels.Id),
            .. data.Distilled.Select(distilled => distilled.Row.Labels.Id),
            .. data.Expanded.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Id} expanded {row.Factor:0.00} times")),
        ];
        var fallbacks = new FallbackCrystals([.. others.Select(row => task.Number(row.Target))], fallback.Target());
        return data.Distilled.IsEmpty
            ? new ResidentDataset(
                crystals,
                [.. usable.Select(row => task.Number(row.Target)), .. data.Expanded.Select(_ => (double)data.AtomicLimitClass)],
                data.Task.Kind,
                device)
            {
                Ids = ids,
                Fallbacks = fallbacks,
            }
            : ResidentDataset.OfProbabilities(
                crystals,
                [
                    .. usable.Select(row => OneHot(row.Target.ClassIndex)),
                    .. data.Distilled.Select(distilled => distilled.Probabilities),
                    .. data.Expanded.Select(_ => OneHot(data.AtomicLimitClass)),
                ],
                device,
                ids,
                fallbacks);

        float[] OneHot(int index)
        {
            var probabilities = new float[data.Task.OutputWidth];
            probabilities[index] = 1;
            return probabilities;
        }
    }

    private static void Announce(
        CommandContext context, TrainingRequest request, Network network, DataSplit split, ResidentDataset training, ResidentDataset validation)
    {
        context.Log(string.Create(
            CultureInfo.InvariantCulture,
            $"training {request.Model} ({request.Preset}, {network.Layout.Count:N0} parameters) on {training.Device}: {split.Training.Length} crystals to train, {split.Validation.Length} to choose the epoch, {split.Test.Length} held back"));
        (int trained, int validated) = (training.Fallbacks!.Targets.Count, validation.Fallbacks!.Targets.Count);
        if (trained + validated > 0)
        {
            context.Log($"the network cannot take {trained + validated} crystals: {trained} are left out of training, {validated} count in the validation metric with the fallback");
        }
    }
}
