namespace Microsoft.ML.AutoML;

/// <summary>Runs trials one after the other, each with the parameters that a tuner chose, and keeps the best.</summary>
public partial class AutoMLExperiment
{
    private readonly AutoMLExperimentSettings _settings;
    private readonly ExperimentServices _services = new();
    private uint? _trainingTimeInSeconds;
    private int? _maxModels;
    private double _bestLoss = double.MaxValue;
    private TrialResult _best;

    public AutoMLExperiment(MLContext context, AutoMLExperimentSettings settings)
    {
        _settings = settings;
        _settings.Seed ??= context.Environment.Seed;
        _settings.SearchSpace ??= new SearchSpace.SearchSpace();
        _services.AddSingleton(_ => settings);
        // Every trial can have a context of its own, with the same seed.
        _services.AddTransient(_ => new MLContext(context.Environment.Seed)
        {
            GpuDeviceId = context.GpuDeviceId,
            FallbackToCpu = context.FallbackToCpu,
        });
    }

    public AutoMLExperiment SetTrainingTimeInSeconds(uint trainingTimeInSeconds)
    {
        _settings.MaxExperimentTimeInSeconds = trainingTimeInSeconds;
        _trainingTimeInSeconds = trainingTimeInSeconds;
        return this;
    }

    public AutoMLExperiment SetMaxModelToExplore(int maxModel)
    {
        _settings.MaxModels = maxModel;
        _maxModels = maxModel;
        return this;
    }

    /// <summary>A trial that brings the process above this is cancelled, and the experiment ends with it.</summary>
    public AutoMLExperiment SetMaximumMemoryUsageInMegaByte(double value = double.MaxValue)
    {
        _settings.MaximumMemoryUsageInMegaByte = value;
        return this;
    }

    public AutoMLExperiment AddSearchSpace(string key, SearchSpace.SearchSpace searchSpace)
    {
        _settings.SearchSpace[key] = searchSpace;
        return this;
    }

    public AutoMLExperiment SetMonitor<TMonitor>(TMonitor monitor)
        where TMonitor : class, IMonitor
    {
        _services.AddSingleton<IMonitor>(_ => monitor);
        return this;
    }

    public AutoMLExperiment SetMonitor<TMonitor>()
        where TMonitor : class, IMonitor
    {
        _services.AddSingleton<IMonitor>(ExperimentServices.Construct<TMonitor>);
        return this;
    }

    public AutoMLExperiment SetMonitor<TMonitor>(Func<IServiceProvider, TMonitor> factory)
        where TMonitor : class, IMonitor
    {
        _services.AddSingleton<IMonitor>(factory);
        return this;
    }

    public AutoMLExperiment SetTrialRunner<TTrialRunner>(TTrialRunner runner)
        where TTrialRunner : class, ITrialRunner
    {
        _services.AddSingleton<ITrialRunner>(_ => runner);
        return this;
    }

    public AutoMLExperiment SetTrialRunner<TTrialRunner>(Func<IServiceProvider, TTrialRunner> factory)
        where TTrialRunner : class, ITrialRunner
    {
        _services.AddTransient<ITrialRunner>(factory);
        return this;
    }

    public AutoMLExperiment SetTrialRunner<TTrialRunner>()
        where TTrialRunner : class, ITrialRunner
    {
        _services.AddTransient<ITrialRunner>(ExperimentServices.Construct<TTrialRunner>);
        return this;
    }

    public AutoMLExperiment SetTuner<TTuner>(TTuner proposer)
        where TTuner : class, ITuner => SetTuner(_ => proposer);

    public AutoMLExperiment SetTuner<TTuner>(Func<IServiceProvider, TTuner> factory)
        where TTuner : class, ITuner
    {
        _services.AddSingleton<ITuner>(factory);
        return this;
    }

    public AutoMLExperiment SetTuner<TTuner>()
        where TTuner : class, ITuner
    {
        _services.AddSingleton<ITuner>(ExperimentServices.Construct<TTuner>);
        return this;
    }

    /// <summary>Waits for <see cref="RunAsync"/>; its exceptions come inside an <see cref="AggregateException"/>.</summary>
    public TrialResult Run() => RunAsync().Result;
}
