namespace Faithful.Networks.Training;

/// <summary>Where a training run stands. Reading it costs the device nothing.</summary>
/// <param name="Epoch">The running epoch, from 1.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Step">The steps made in this epoch.</param>
/// <param name="Steps">The steps of an epoch.</param>
/// <param name="StructuresPerSecond">Crystals trained a second, in this epoch.</param>
/// <param name="Finished">The measurements of the epoch that has just ended, or null within an epoch.</param>
public sealed record TrainingProgress(
    int Epoch, int Epochs, int Step, int Steps, double StructuresPerSecond, EpochMeasurement? Finished)
{
    /// <summary>Gets the mean training loss of the running epoch when it was last looked at, some seconds ago; null before that.</summary>
    public double? Loss { get; init; }

    /// <summary>Gets the measurements of the epoch before; null in the first one.</summary>
    public EpochMeasurement? Last { get; init; }

    /// <summary>Gets how often the parts of batches were halved because the device's memory did not hold them.</summary>
    public int Halvings { get; init; }
}
