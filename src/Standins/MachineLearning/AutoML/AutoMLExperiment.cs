namespace Microsoft.ML.AutoML;

/// <summary>Runs trials one after the other, each with the parameters that a tuner chose, and keeps the best.</summary>
public partial class AutoMLExperiment
{
    private readonly AutoMLExperimentSettings settings;
    private readonly ExperimentServices services = new();
    private uint? trainingTimeInSeconds;
    private int? maxModels;
    private double bestLoss = double.MaxValue;
    private TrialResult best;

    public AutoMLExperiment(MLContext context, AutoMLExperimentSettings settings)
    {
        this.settings = settings;
        this.settings.Seed ??= context.Environment.Seed;
        this.settings.SearchSpace ??= new SearchSpace.SearchSpace();
        services.AddSingleton(_ => settings);
        // Every trial can have a context of its own, with the same seed.
        services.AddTransient(_ => new MLContext(context.Environment.Seed)
        {
            GpuDeviceId = context.GpuDeviceId,
            FallbackToCpu = context.FallbackToCpu,
        });
    }

    public AutoMLExperiment SetTrainingTimeInSeconds(uint trainingTimeInSeconds)
    {
        settings.MaxExperimentTimeInSeconds = trainingTimeInSeconds;
        this.trainingTimeInSeconds = trainingTimeInSeconds;
        return this;
    }

    public AutoMLExperiment SetMaxModelToExplore(int maxModel)
    {
        settings.MaxModels = maxModel;
        maxModels = maxModel;
        return this;
    }

    /// <summary>A trial that brings the process above this is cancelled, and the experiment ends with it.</summary>
    public AutoMLExperiment SetMaximumMemoryUsageInMegaByte(double value = double.MaxValue)
    {
        settings.MaximumMemoryUsageInMegaByte = value;
        return this;
    }

    public AutoMLExperiment AddSearchSpace(string key, SearchSpace.SearchSpace searchSpace)
    {
        settings.SearchSpace[key] = searchSpace;
        return this;
    }

    public AutoMLExperiment SetMonitor<TMonitor>(TMonitor monitor)
        where TMonitor : class, IMonitor
    {
        services.AddSingleton<IMonitor>(_ => monitor);
        return this;
    }

    public AutoMLExperiment SetMonitor<TMonitor>()
        where TMonitor : class, IMonitor
    {
        services.AddSingleton<IMonitor>(ExperimentServices.Construct<TMonitor>);
        return this;
    }

    public AutoMLExperiment SetMonitor<TMonitor>(Func<IServiceProvider, TMonitor> factory)
        where TMonitor : class, IMonitor
    {
        services.AddSingleton<IMonitor>(factory);
        return this;
    }

    public AutoMLExperiment SetTrialRunner<TTrialRunner>(TTrialRunner runner)
        where TTrialRunner : class, ITrialRunner
    {
        services.AddSingleton<ITrialRunner>(_ => runner);
        return this;
    }

    public AutoMLExperiment SetTrialRunner<TTrialRunner>(Func<IServiceProvider, TTrialRunner> factory)
        where TTrialRunner : class, ITrialRunner
    {
        services.AddTransient<ITrialRunner>(factory);
        return this;
    }

    public AutoMLExperiment SetTrialRunner<TTrialRunner>()
        where TTrialRunner : class, ITrialRunner
    {
        services.AddTransient<ITrialRunner>(ExperimentServices.Construct<TTrialRunner>);
        return this;
    }

    public AutoMLExperiment SetTuner<TTuner>(TTuner proposer)
        where TTuner : class, ITuner => SetTuner(_ => proposer);

    public AutoMLExperiment SetTuner<TTuner>(Func<IServiceProvider, TTuner> factory)
        where TTuner : class, ITuner
    {
        services.AddSingleton<ITuner>(factory);
        return this;
    }

    public AutoMLExperiment SetTuner<TTuner>()
        where TTuner : class, ITuner
    {
        services.AddSingleton<ITuner>(ExperimentServices.Construct<TTuner>);
        return this;
    }

    /// <summary>Waits for <see cref="RunAsync"/>; its exceptions come inside an <see cref="AggregateException"/>.</summary>
    public TrialResult Run() => RunAsync().Result;
}
