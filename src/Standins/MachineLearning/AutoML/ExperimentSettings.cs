namespace Microsoft.ML.AutoML;

/// <summary>
/// The budgets of an experiment. They are here to be read: an experiment keeps to time and number of models only where they
/// are set by its own methods.
/// </summary>
public abstract class ExperimentSettings
{
    public int MaxModels = int.MaxValue;

    public uint MaxExperimentTimeInSeconds { get; set; } = 24 * 60 * 60;

    public CancellationToken CancellationToken { get; set; }

    public double? MaximumMemoryUsageInMegaByte { get; set; }
}
