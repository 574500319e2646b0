using System.Text.Json.Nodes;

namespace Faithful.Pipelines;

/// <summary>The trials of a sweep, in memory and on disk. Safe for trials at the same time.</summary>
internal sealed class TrialTable
{
    private readonly Lock _lock = new();
    private readonly List<SweepTrial> _trials;
    private readonly Queue<int> _interrupted;
    private readonly SweepFolder _folder;
    private readonly IReadOnlyDictionary<string, SweepSpace> _spaces;
    private readonly CrystalSweepOptions _options;

    /// <summary>Takes up the trials of an earlier part of the sweep.</summary>
    /// <param name="folder">Where they are kept.</param>
    /// <param name="spaces">The spaces of the models.</param>
    /// <param name="metric">What decides.</param>
    /// <param name="options">The options.</param>
    public TrialTable(SweepFolder folder, IReadOnlyDictionary<string, SweepSpace> spaces, SweepMetric metric, CrystalSweepOptions options)
    {
        (_folder, _spaces, Metric, _options) = (folder, spaces, metric, options);
        _trials = [.. folder.ReadTrials()];
        _interrupted = new Queue<int>(_trials.Where(trial => trial.State == TrialState.Running).Select(trial => trial.Trial));
    }

    /// <summary>Gets what decides.</summary>
    public SweepMetric Metric { get; }

    /// <summary>Gets the trials as they are now.</summary>
    public IReadOnlyList<SweepTrial> Trials
    {
        get
        {
            lock (_lock)
            {
                return [.. _trials];
            }
        }
    }

    /// <summary>Gets the best of the complete trials, the earliest of equal ones; null while there is none.</summary>
    public SweepTrial? Best
    {
        get
        {
            lock (_lock)
            {
                return BestOf(_trials, Metric);
            }
        }
    }

    /// <summary>Gets the number of trials that are still to be made or gone on with.</summary>
    public int Left
    {
        get
        {
            lock (_lock)
            {
                return _interrupted.Count + Math.Max(0, _options.Trials - _trials.Count);
            }
        }
    }

    /// <summary>Finds the best of the complete trials.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="metric">What decides.</param>
    /// <returns>The earliest of equal ones; null when none is complete.</returns>
    public static SweepTrial? BestOf(IEnumerable<SweepTrial> trials, SweepMetric metric)
    {
        SweepTrial? best = null;
        foreach (SweepTrial trial in trials.Where(trial => trial.State == TrialState.Complete))
        {
            best = best is null || metric.IsBetter(trial.Value!.Value, best.Value!.Value) ? trial : best;
        }

        return best;
    }

    /// <summary>Takes the trial to make next: one that was interrupted, or a new one.</summary>
    /// <param name="choose">Chooses a new one's model and values from the trials before it.</param>
    /// <returns>The trial; null when all have begun.</returns>
    public SweepTrial? Next(Func<IReadOnlyList<SweepTrial>, (string Model, JsonObject Values, bool IsDefault)> choose)
    {
        lock (_lock)
        {
            if (_interrupted.TryDequeue(out int number))
            {
                return _trials[number - 1];
            }

            if (_trials.Count >= _options.Trials)
            {
                return null;
            }

            (string model, JsonObject values, bool isDefault) = choose(_trials);
            var trial = new SweepTrial { Trial = _trials.Count + 1, Model = model, Values = values, IsDefault = isDefault };
            _trials.Add(trial);
            Write();
            return trial;
        }
    }

    /// <summary>Gets a trial.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>The trial.</returns>
    public SweepTrial Find(int number)
    {
        lock (_lock)
        {
            return _trials[number - 1];
        }
    }

    /// <summary>Gets the options of a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <returns>The model.</returns>
    public SweptModel Model(SweepTrial trial) => _spaces[trial.Model].Apply(trial.Values);

    /// <summary>Gets the other trials of the same model.</summary>
    /// <param name="trial">The trial.</param>
    /// <returns>The others.</returns>
    public IReadOnlyList<SweepTrial> Peers(SweepTrial trial)
    {
        lock (_lock)
        {
            return [.. _trials.Where(other => other.Model == trial.Model && other.Trial != trial.Trial)];
        }
    }

    /// <summary>Takes what a running trial has reached.</summary>
    /// <param name="trial">The trial.</param>
    public void Follow(SweepTrial trial)
    {
        lock (_lock)
        {
            _trials[trial.Trial - 1] = trial;
        }

        _options.Progress?.Report(new SweepProgress(trial, _options.Trials, Metric, IsBest: false));
    }

    /// <summary>Takes a trial that has ended; the run folder of the best one stays, others are deleted.</summary>
    /// <param name="trial">The trial.</param>
    public void End(SweepTrial trial)
    {
        bool isBest;
        lock (_lock)
        {
            SweepTrial? before = BestOf(_trials, Metric);
            _trials[trial.Trial - 1] = trial;
            SweepTrial? best = BestOf(_trials, Metric);
            isBest = best?.Trial == trial.Trial;
            if (isBest)
            {
                _folder.WriteBest(Model(trial));
            }

            Write();
            foreach (SweepTrial other in new[] { before, trial }.OfType<SweepTrial>().Where(other => other.Trial != best?.Trial))
            {
                _folder.DeleteRun(other.Trial);
            }
        }

        _options.Progress?.Report(new SweepProgress(trial, _options.Trials, Metric, isBest));
    }

    private void Write() => _folder.Write(_trials, Metric);
}
