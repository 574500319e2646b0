using Faithful.Models;
using Faithful.Networks.Training;

namespace Faithful.Cli.Reports;

/// <summary>A run of training whose learning curve a report shows.</summary>
/// <param name="Folder">The folder of the run.</param>
/// <param name="Description">What it trained.</param>
/// <param name="Epochs">What it measured.</param>
internal sealed record TrainingRun(string Folder, RunDescription Description, IReadOnlyList<EpochMeasurement> Epochs)
{
    /// <summary>Reads a run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <returns>The run.</returns>
    /// <exception cref="RunFolderException">The folder holds no run with a finished epoch.</exception>
    public static TrainingRun Read(string folder)
    {
        RunFolder run = RunFolder.Open(folder);
        IReadOnlyList<EpochMeasurement> epochs = run.ReadMeasurements();
        return epochs.Count > 0
            ? new TrainingRun(folder, run.ReadDescription(), epochs)
            : throw new RunFolderException(folder, "a run with at least one finished epoch", "none");
    }

    /// <summary>Says whether a model was exported from this run, by all that its card tells of its training.</summary>
    /// <param name="card">The card.</param>
    /// <returns>True when nothing contradicts it.</returns>
    public bool IsOf(ModelCard card)
    {
        EpochMeasurement? best = Epochs.LastOrDefault(epoch => epoch.IsBest);
        (TrainingSummary told, TrainingSummary known) = (card.Training, Description.Data);
        return card.Model == Description.Model && card.Preset == Description.Preset && card.Task.Name == Description.Task.Name
            && told.DataSha256 == known.DataSha256 && told.SplitSha256 == known.SplitSha256 && told.Seed == known.Seed && told.Crystals == known.Crystals
            && told.Epochs == Epochs.Count && told.BestEpoch == best?.Epoch
            && card.Metrics.GetValueOrDefault("validation")?.GetValueOrDefault("loss") == Math.Round(best.ValidationLoss, 6);
    }
}
