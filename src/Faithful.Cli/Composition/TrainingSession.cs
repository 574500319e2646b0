using System.Collections.Immutable;
using System.Globalization;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Models.Packing;
using Faithful.Networks;
using Faithful.Networks.Training;
using TorchSharp;

namespace Faithful.Cli.Composition;

/// <summary>A training run from data source to run folder: load, split, prepare, train.</summary>
internal static class TrainingSession
{
    private const string MaterialsProjectAttribution =
        "Structures and labels derive from the Materials Project (A. Jain et al., APL Materials 1, 011002 (2013), " +
        "DOI 10.1063/1.4812323), CC BY 4.0.";

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
        LearningTask? known = request.Tasks.Tasks.FirstOrDefault(known => request.Task == known.Name || request.Task == known.LabelColumn);
        PackedRowsOptions rows = PackedRowsOptions.Read(request.Data, request.Labels, request.Tasks);
        SplitFile? file = request.Split is null ? null : SplitFile.Read(request.Split);
        PreparationOptions preparation = network.Preparation(known?.UsesSymmetry ?? true);
        using PackedSource packed = new PackedCache(context).Open(
            request.Data, preparation, new PackedSourceOptions { Keep = request.UsesCache, NeededColumn = rows.NeededColumn(request.Task) });
        PackedRows data = Load(context, request, packed.Data, rows);
        DataSplit split = file is null ? data.Split(new SplitOptions { Seed = request.Training.Seed }) : data.Split(file, request.Split!);
        ModelTask task = data.Task.ToModelTask();
        CheckParts(data, split);
        RunDescription description = Describe(request, network, preparation, data, split, file, task);
        Network built = Build(description);
        StartingValues? start = Start(context, request, built, description.Data);
        description = description with { Data = description.Data with { Pretraining = start?.Pretraining } };
        begun?.CheckSame(description);

        using ResidentDataset training = Join(context, data, split.Training, device, description.Fallback, "training");
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

    private static PackedRows Load(CommandContext context, TrainingRequest request, PackedDataset packed, PackedRowsOptions options)
    {
        PackedRows data = PackedRows.Create(packed, request.Task, options);
        int without = packed.Count - data.Rows.Length - (data.LabelReport?.Conflicts.Length ?? 0);
        context.Log($"read {request.Data}: {data.Rows.Length} crystals with a label for {data.Task.Name}{(without > 0 ? $", {without} more have no label" : "")}");
        foreach (RejectedEntry rejected in packed.Rejected.Take(5))
        {
            context.LogError(rejected.ToString());
        }

        if (packed.RejectedCount > 0)
        {
            context.Log($"{packed.RejectedCount} crystals could not be used and are left out");
        }

        if (data.LabelReport is LabelJoinReport report)
        {
            context.Log($"labels of {report}");
            foreach (CrystalFormatException conflict in report.Conflicts.Take(5))
            {
                context.LogError(conflict.Message);
            }
        }

        return data;
    }

    private static void CheckParts(PackedRows data, DataSplit split)
    {
        if (split.Training.IsEmpty || split.Validation.IsEmpty)
        {
            throw new LabelException(
                data.Task.LabelColumn, "enough labels for a training and a validation part", $"{data.Rows.Length} crystals with a label");
        }

        if (data.Task.Kind == TargetKind.Classification && split.Training.Select(row => data.Rows[row].Target.ClassIndex).Distinct().Count() < 2)
        {
            throw new LabelException(data.Task.LabelColumn, "at least two classes to tell apart", "one in the training part");
        }
    }

    private static RunDescription Describe(
        TrainingRequest request, NetworkOptions network, PreparationOptions preparation, PackedRows data, DataSplit split, SplitFile? file, ModelTask task)
    {
        double[] targets = [.. split.Training.Select(row => data.Task.Number(data.Rows[row].Target))];
        bool classification = task.Kind == TaskKind.Classification;
        double mean = classification ? 0 : targets.Average();
        double deviation = classification ? 1 : targets.Average(target => Math.Abs(target - mean));
        double[] volumes = [.. split.Training.Select(row => data.Data.VolumePerAtom(data.Rows[row].Index))];
        return new RunDescription
        {
            Model = request.Model,
            Preset = request.Preset,
            Task = task,
            Network = network,
            Preparation = preparation,
            Training = request.Training,
            TargetMean = mean,
            TargetScale = deviation > 0 ? deviation : 1,
            Fallback = classification
                ? new FallbackPrediction { ClassFrequencies = Frequencies(targets, task.Classes.Count) }
                : new FallbackPrediction { Median = Median(targets) },
            Data = new TrainingSummary
            {
                Data = Path.GetFileName(Path.TrimEndingDirectorySeparator(request.Data)),
                DataSha256 = data.ContentSha256,
                Crystals = split.Training.Length,
                Epochs = 0,
                BestEpoch = 0,
                Seed = request.Training.Seed,
                TestFraction = file is null ? new SplitOptions().TestFraction : Share(split.Test),
                ValidationFraction = file is null ? new SplitOptions().ValidationFraction : Share(split.Validation),
                SplitSha256 = file?.Digest,
                SplitKind = file?.Options is SplitOptions made ? SplitKinds.NameOf(made.Kind) : null,
                Elements = [.. split.Training.SelectMany(row => data.Data.Composition(data.Rows[row].Index)).Select(element => element.AtomicNumber).Distinct().Order()],
                SmallestVolumePerAtom = Math.Round(volumes.Min(), 4),
                LargestVolumePerAtom = Math.Round(volumes.Max(), 4),
                Attribution = data.Rows[0].Labels.Id.StartsWith("mp-", StringComparison.Ordinal) ? MaterialsProjectAttribution : "",
            },
        };

        double Share(ImmutableArray<int> part) => Math.Round((double)part.Length / data.Rows.Length, 6);
    }

    /// <summary>Moves the crystals that the network can take to the device; the others stay as targets that the fallback answers.</summary>
    private static ResidentDataset Join(
        CommandContext context, PackedRows data, IReadOnlyList<int> rows, torch.Device device, FallbackPrediction fallback, string part)
    {
        ILookup<bool, PackedRow> byUse = rows.Select(row => data.Rows[row]).ToLookup(row => data.Data.FallbackReason(row.Index) is null);
        PackedRow[] usable = [.. byUse[true]];
        if (usable.Length == 0)
        {
            string? reason = data.Data.FallbackReason(data.Rows[rows[0]].Index);
            throw new UsageException($"expected at least one {part} crystal that the network can take, found none: {reason}");
        }

        return new ResidentDataset(
            data.Data.Join([.. usable.Select(row => row.Index)], context.Cancellation),
            [.. usable.Select(row => data.Task.Number(row.Target))],
            data.Task.ToModelTask().Kind,
            device)
        {
            Ids = [.. usable.Select(row => row.Labels.Id)],
            Fallbacks = new FallbackCrystals([.. byUse[false].Select(row => data.Task.Number(row.Target))], Answer(fallback)),
        };
    }

    private static double Answer(FallbackPrediction fallback)
    {
        double[] frequencies = [.. fallback.ClassFrequencies];
        return fallback.Median ?? Array.IndexOf(frequencies, frequencies.Max());
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

    private static double[] Frequencies(double[] classes, int count)
    {
        var frequencies = new double[count];
        foreach (double c in classes)
        {
            frequencies[(int)c] += 1.0 / classes.Length;
        }

        return [.. frequencies.Select(frequency => Math.Round(frequency, 9))];
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
