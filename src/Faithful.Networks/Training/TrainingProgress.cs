namespace Faithful.Networks.Training;

/// <summary>Where a training run stands. Reading it costs the device nothing.</summary>
/// <param name="Epoch">The running epoch, from 1.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Step">The steps made in this epoch.</param>
/// <param name="Steps">The steps of an epoch.</param>
/// <param name="StructuresPerSecond">Crystals trained a second, in this epoch.</param>
/// <param name="Finished">The measurements of the epoch that has just ended, or null within an epoch.</param>
public sealed record TrainingProgress(
    int Epoch, int Epochs, int Step, int Steps, double StructuresPerSecond, EpochMeasurement? Finished);
