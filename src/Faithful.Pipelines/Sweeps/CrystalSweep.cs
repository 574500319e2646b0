using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Faithful.Networks.Training;
using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace.Option;
using SearchSpace = Microsoft.ML.SearchSpace.SearchSpace;

namespace Faithful.Pipelines;

/// <summary>
/// A search for the best options of one or several models for one task, by AutoML's <see cref="AutoMLExperiment"/>. An experiment
/// runs its trials one after the other; for trials at the same time as many experiments share table, tuner and budget.
/// </summary>
internal sealed class CrystalSweep
{
    private readonly AutoCatalog _catalog;
    private readonly CrystalSweepOptions _options;
    private readonly ISweepData _data;
    private readonly Dictionary<string, SweepSpace> _spaces;
    private readonly SweepMetric _metric;
    private readonly SweepFolder _folder;
    private readonly TrialTable _table;

    /// <summary>Prepares a sweep.</summary>
    /// <param name="catalog">Makes the experiments.</param>
    /// <param name="data">The crystals.</param>
    /// <param name="options">The options, valid.</param>
    /// <exception cref="ArgumentException">The options do not fit the task.</exception>
    /// <exception cref="RunFolderException">The folder holds a sweep already, none to go on with, or another one.</exception>
    public CrystalSweep(AutoCatalog catalog, ISweepData data, CrystalSweepOptions options)
    {
        (_catalog, _data, _options) = (catalog, data, options);
        _metric = new SweepMetric(data.Task, options.Metric);
        SweptModel[] starts = [.. options.Models.Select(Start)];
        if (starts.SelectMany(start => start.Validate()).ToArray() is { Length: > 0 } faults)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        _spaces = starts.ToDictionary(start => start.Model, start => new SweepSpace(start, data.Task.Kind));
        _folder = SweepFolder.Open(options.Folder, SweepDescription.Of(data, options, starts, _spaces), options.Resume);
        _table = new TrialTable(_folder, _spaces, _metric, options);
    }

    /// <summary>Runs the trials that are left.</summary>
    /// <param name="cancellation">Ends the sweep; what runs is left to be gone on with.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="OperationCanceledException">The sweep was ended before any trial was complete.</exception>
    /// <exception cref="RunFolderException">No trial was complete when the time was over, or no options could be trained.</exception>
    public CrystalSweepResult Run(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var memory = new TrialMemory(_options.Parallel);
        using var parts = new SweepPartsCache(_data);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var tuner = new SweepTuner([.. _options.Models.Select(model => _spaces[model])], _table, _options.Seed, memory);
        try
        {
            Task first = Experiment(tuner, parts, memory, clock, stop);
            Task.WhenAny(first, memory.Learned).Wait(CancellationToken.None);
            Task[] others = [.. Enumerable.Range(1, Math.Max(memory.Allowed, 1) - 1).Select(_ => Experiment(tuner, parts, memory, clock, stop))];
            Task.WhenAll([first, .. others]).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Told by the result, or below.
        }

        SweepTrial best = _table.Best ?? throw NothingFound(cancellation);
        return new CrystalSweepResult
        {
            Folder = _folder.FolderPath,
            OptionsPath = _folder.BestPath,
            TablePath = _folder.TablePath,
            PlotPath = _folder.PlotPath,
            RunPath = _folder.Run(best.Trial),
            Task = _data.Task,
            Metric = _metric,
            Trials = _table.Trials,
            Best = best,
            Model = _table.Model(best),
            Cancelled = cancellation.IsCancellationRequested,
            TrialsAtOnce = memory.Allowed,
            Seconds = clock.Elapsed.TotalSeconds,
        };
    }

    private SweptModel Start(string model)
    {
        SweptModel start = _options.Starts.FirstOrDefault(start => start.Model == model)
            ?? SweptModel.Find(model, _options.Preset, _data.Task.Name, _data.Task.UsesSymmetry);
        return start.With(_options.Seed, _options.Metric);
    }

    /// <summary>One experiment: runs trials until none is left, the time is over, or something goes wrong.</summary>
    private async Task Experiment(SweepTuner tuner, SweepPartsCache parts, TrialMemory memory, Stopwatch clock, CancellationTokenSource stop)
    {
        double? seconds = _options.Seconds - clock.Elapsed.TotalSeconds;
        if (_table.Left == 0 || seconds <= 0)
        {
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var runner = new SweepTrialRunner(_table, _folder, parts, new StoppingRule(_options.Stopping, _metric), memory, end);
        AutoMLExperiment experiment = _catalog
            .CreateExperiment(new AutoMLExperiment.AutoMLExperimentSettings { Seed = _options.Seed, SearchSpace = Space() })
            .SetTuner(tuner)
            .SetTrialRunner(runner)
            .SetMaxModelToExplore(_table.Left + 1); // one more: the runner ends the experiment when it hears that none is left
        if (seconds is double limit)
        {
            experiment.SetTrainingTimeInSeconds((uint)Math.Ceiling(limit));
        }

        try
        {
            await Task.Run(() => experiment.RunAsync(end.Token), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault) when (runner.Fault is null && fault is TimeoutException or OperationCanceledException)
        {
            // No trial of this experiment got to its end: the table says which ones of all did.
        }
        catch (Exception) when (runner.Fault is not null)
        {
            // Thrown below as it was.
        }

        if (runner.Fault is ExceptionDispatchInfo info)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            info.Throw();
        }
    }

    /// <summary>The choice of a model, and beside it what is to be chosen of each.</summary>
    private SearchSpace Space()
    {
        var space = new SearchSpace { [SweepTuner.ModelKey] = new ChoiceOption([.. _options.Models]) };
        foreach ((string model, SweepSpace options) in _spaces)
        {
            space[model] = options.Options;
        }

        return space;
    }

    private Exception NothingFound(CancellationToken cancellation)
    {
        SweepTrial? failed = _table.Trials.LastOrDefault(trial => trial.State == TrialState.Failed);
        return cancellation.IsCancellationRequested
            ? new OperationCanceledException(cancellation)
            : new RunFolderException(
                _folder.FolderPath,
                "a trial that is trained to its end",
                failed is null ? "none within the time (with --resume the sweep goes on)" : $"none; trial {failed.Trial}: {failed.Note}");
    }
}
