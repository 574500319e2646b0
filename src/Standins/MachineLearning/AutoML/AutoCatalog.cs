namespace Microsoft.ML.AutoML;

/// <summary>What <c>mlContext.Auto()</c> offers.</summary>
public sealed class AutoCatalog
{
    private readonly MLContext context;

    internal AutoCatalog(MLContext context) => this.context = context;

    public AutoMLExperiment CreateExperiment(AutoMLExperiment.AutoMLExperimentSettings settings = null) =>
        new(context, settings ?? new AutoMLExperiment.AutoMLExperimentSettings());
}
