namespace Faithful.Networks.Training;

/// <summary>How a training run ended.</summary>
/// <param name="Epochs">The epochs trained, those before a resume included.</param>
/// <param name="Best">The best epoch by the validation part.</param>
/// <param name="Cancelled">Whether the run was asked to stop before its last epoch.</param>
/// <param name="StructuresPerSecond">The mean training rate of the epochs in this call; NaN when there was none.</param>
public sealed record TrainingResult(int Epochs, EpochMeasurement Best, bool Cancelled, double StructuresPerSecond)
{
    /// <summary>Gets whether training ended early: epochs had got no better for as long as the options say, or the accuracy to reach was reached.</summary>
    public bool StoppedEarly { get; init; }
}
