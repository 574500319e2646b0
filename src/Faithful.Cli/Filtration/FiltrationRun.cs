using Faithful.Networks.Training;

namespace Faithful.Cli.Filtration;

/// <summary>The run of one network on one part.</summary>
internal sealed class FiltrationRun
{
    private FiltrationRun(RunFolder folder, string model, string part)
    {
        (Folder, Model, Part) = (folder, model, part);
        RunDescription description = folder.ReadDescription();
        IReadOnlyList<EpochMeasurement> measurements = folder.ReadMeasurements();
        Epochs = measurements.Count;
        EpochMeasurement? best = measurements.LastOrDefault(measurement => measurement.IsBest);
        (BestEpoch, Accuracy) = (best?.Epoch ?? 0, best?.ValidationMetric ?? 0);
        Seconds = measurements is [.., EpochMeasurement last] ? last.Seconds : 0;
        IsFinished = Epochs >= description.Training.Epochs
            || (Epochs > 0 && new EpochChoice(description.Task, description.Training).IsEnough(measurements));
    }

    /// <summary>Gets the run folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>Gets the network's name.</summary>
    public string Model { get; }

    /// <summary>Gets the part that is held back from the network, or <c>whole</c>.</summary>
    public string Part { get; }

    /// <summary>Gets the number of epochs trained.</summary>
    public int Epochs { get; }

    /// <summary>Gets the epoch, from 1, whose weights are kept; 0 where none has ended.</summary>
    public int BestEpoch { get; }

    /// <summary>Gets the best accuracy on the crystals that chose the epoch: all of them where nothing is held back.</summary>
    public double Accuracy { get; }

    /// <summary>Gets the seconds that the run took.</summary>
    public double Seconds { get; }

    /// <summary>Gets whether nothing is left to train.</summary>
    public bool IsFinished { get; }

    /// <summary>Opens a run.</summary>
    /// <param name="path">The run folder.</param>
    /// <param name="model">The network's name.</param>
    /// <param name="part">The part.</param>
    /// <returns>The run; null when none was begun there.</returns>
    /// <exception cref="RunFolderException">The folder holds a run that cannot be read.</exception>
    public static FiltrationRun? TryOpen(string path, string model, string part) =>
        RunFolder.Exists(path) ? new FiltrationRun(RunFolder.Open(path), model, part) : null;
}
