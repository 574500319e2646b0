namespace Microsoft.ML.AutoML;

public static class AutoMLExperimentExtension
{
    /// <summary>Every trial at random; the default is not tried first.</summary>
    public static AutoMLExperiment SetRandomSearchTuner(this AutoMLExperiment experiment, int? seed = null) =>
        experiment.SetTuner(services =>
        {
            AutoMLExperiment.AutoMLExperimentSettings settings = Settings(services);
            return new RandomSearchTuner(settings.SearchSpace, seed ?? settings.Seed);
        });

    /// <summary>All points of a grid in their order, then again; <paramref name="step"/> of them along a continuous coordinate.</summary>
    public static AutoMLExperiment SetGridSearchTuner(this AutoMLExperiment experiment, int step = 10) =>
        experiment.SetTuner(services => new GridSearchTuner(Settings(services).SearchSpace, step));

    /// <summary>Starts at the default and walks downhill.</summary>
    public static AutoMLExperiment SetCostFrugalTuner(this AutoMLExperiment experiment) =>
        experiment.SetTuner(services =>
        {
            AutoMLExperiment.AutoMLExperimentSettings settings = Settings(services);
            return new CostFrugalTuner(settings.SearchSpace, settings.Seed);
        });

    /// <summary>After random trials asks a random forest which parameters promise the largest improvement.</summary>
    public static AutoMLExperiment SetSmacTuner(
        this AutoMLExperiment experiment,
        int numberInitialPopulation = 20,
        int fitModelEveryNTrials = 10,
        int numberOfTrees = 10,
        int nMinForSpit = 2,
        float splitRatio = 0.8f,
        int localSearchParentCount = 5,
        int numRandomEISearchConfigurations = 5000,
        double epsilon = 1e-5,
        int numNeighboursForNumericalParams = 4) =>
        experiment.SetTuner(services =>
        {
            AutoMLExperiment.AutoMLExperimentSettings settings = Settings(services);
            return new SmacTuner(settings.SearchSpace, settings.Seed)
            {
                InitialTrials = numberInitialPopulation,
                TrialsPerFit = fitModelEveryNTrials,
                Trees = numberOfTrees,
                MinimumExamplesPerLeaf = nMinForSpit,
                FeatureFraction = splitRatio,
                Parents = localSearchParentCount,
                RandomCandidates = numRandomEISearchConfigurations,
                Tolerance = epsilon,
                NumericNeighbors = numNeighboursForNumericalParams,
            };
        });

    private static AutoMLExperiment.AutoMLExperimentSettings Settings(IServiceProvider services) =>
        (AutoMLExperiment.AutoMLExperimentSettings)services.GetService(typeof(AutoMLExperiment.AutoMLExperimentSettings));
}
