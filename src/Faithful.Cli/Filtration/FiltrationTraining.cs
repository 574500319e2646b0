using System.Globalization;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Networks;
using Faithful.Networks.Training;

namespace Faithful.Cli.Filtration;

/// <summary>The trainings of a filtration: a run a network and part. Finished runs are taken, a run that was cut off is gone on with.</summary>
/// <param name="context">The command, for log, progress and cancellation.</param>
/// <param name="session">The filtration.</param>
internal sealed class FiltrationTraining(CommandContext context, FiltrationSession session)
{
    /// <summary>The most epochs of a network that learns all crystals: none of them needs as many to know 95 % of a catalogue.</summary>
    private const int MostEpochs = 200;

    /// <summary>A network that is to know its crystals forgets little between the few steps of an epoch.</summary>
    private const double WeightAverage = 0.99;

    /// <summary>Trains every network on every part.</summary>
    /// <returns>The runs, or null when the work was cancelled.</returns>
    public IReadOnlyList<FiltrationRun>? Run()
    {
        foreach (string model in session.Request.Models)
        {
            foreach (string part in session.Plan.Parts)
            {
                if (Train(model, part).Cancelled)
                {
                    return null;
                }
            }
        }

        return Runs();
    }

    /// <summary>Finds the finished runs.</summary>
    /// <returns>A run for each network and part, networks in the order of the request.</returns>
    /// <exception cref="UsageException">A run is missing or not finished.</exception>
    public IReadOnlyList<FiltrationRun> Runs() =>
    [
        .. session.Request.Models.SelectMany(model => session.Plan.Parts.Select(part => FiltrationRun.TryOpen(session.Folder.RunPath(model, part), model, part) switch
        {
            { IsFinished: true } run => run,
            FiltrationRun => throw new UsageException($"{session.Folder.RunPath(model, part)} is not finished: go on with it by --only train"),
            null => throw new UsageException($"{session.Folder.RunPath(model, part)}: expected a finished run of {model}, found none: make it by --only train"),
        })),
    ];

    private (FiltrationRun Run, bool Cancelled) Train(string model, string part)
    {
        string path = session.Folder.RunPath(model, part);
        FiltrationRun? begun = FiltrationRun.TryOpen(path, model, part);
        TrainingSettings settings = Settings(model);
        if (begun is not null && session.Request.NamesOptions(model))
        {
            RunDescription found = begun.Folder.ReadDescription();
            begun.Folder.CheckSame(found with { Network = settings.Network, Training = settings.Training });
        }

        if (begun is { IsFinished: true })
        {
            context.Log($"{model}, {part}: taken from {path}");
            return (begun, false);
        }

        context.Log($"{model}, {part}: {(begun is null ? "" : "going on in ")}{path}");
        RunDescription? description = begun?.Folder.ReadDescription();
        (TrainingResult result, _, _) = TrainingSession.Run(context, new TrainingRequest
        {
            Task = session.Request.Task,
            Model = model,
            Preset = session.Request.Preset,
            Network = description?.Network ?? settings.Network,
            Training = description?.Training ?? settings.Training,
            Data = session.Request.Data,
            Labels = session.Request.Labels,
            Tasks = session.Request.Tasks,
            UsesCache = session.Request.UsesCache,
            Split = session.Plan.Folds == 0 ? null : session.Folder.FoldPath(part),
            HoldsNothingBack = session.Plan.Folds == 0,
            ReplacedLabels = session.Plan.Planted == 0 ? null : session.Folder.PlantedPath,
            Out = path,
            Device = session.Request.Device,
            Resume = begun is not null,
        });
        FiltrationRun run = FiltrationRun.TryOpen(path, model, part)!;
        if (!result.Cancelled && session.Plan.Folds == 0 && run.Accuracy < session.Plan.Accuracy)
        {
            context.Log(string.Create(
                CultureInfo.InvariantCulture,
                $"warning: {model} knows {run.Accuracy:P1} of the crystals after {run.Epochs} epochs and not {session.Plan.Accuracy:P1}: it misses more than the others"));
        }

        return (run, result.Cancelled);
    }

    /// <summary>The preset, changed for networks that shall know all crystals, then by the command line.</summary>
    private TrainingSettings Settings(string model)
    {
        FiltrationRequest request = session.Request;
        string task = session.Rows.Task.Name;
        var settings = new TrainingSettings(
            NetworkPresets.Find(model, request.Preset, task),
            NetworkPresets.Training(model, request.Preset, task) with { Seed = request.Seed });
        if (request.Folds == 0)
        {
            settings.Set("dropout=0");
            settings.Change(training => training with
            {
                Epochs = MostEpochs,
                AccuracyToReach = request.Accuracy,
                WeightAverage = training.WeightAverage > 0 ? WeightAverage : 0,
            });
        }

        settings.Change(training => training with
        {
            Epochs = request.Epochs ?? training.Epochs,
            BatchSize = request.BatchSize ?? training.BatchSize,
        });
        foreach (string setting in request.SettingsOf(model))
        {
            settings.Set(setting);
        }

        return settings;
    }
}
