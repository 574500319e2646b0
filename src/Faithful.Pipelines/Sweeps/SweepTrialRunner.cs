using System.Runtime.ExceptionServices;
using Faithful.Networks.Training;
using Microsoft.ML.AutoML;

namespace Faithful.Pipelines;

/// <summary>Trains the model that a trial asks for, and enters what came of it in the table.</summary>
/// <param name="table">The table.</param>
/// <param name="folder">The folder of the sweep.</param>
/// <param name="data">The crystals.</param>
/// <param name="rule">Says which trials are ended early.</param>
/// <param name="memory">Is told when the first trial begins to train.</param>
/// <param name="end">Ends the experiment when no trial is left.</param>
internal sealed class SweepTrialRunner(
    TrialTable table, SweepFolder folder, SweepPartsCache data, StoppingRule rule, TrialMemory memory, CancellationTokenSource end) : ITrialRunner
{
    /// <summary>Gets what went wrong that is no fault of a trial's options; null for nothing.</summary>
    public ExceptionDispatchInfo? Fault { get; private set; }

    /// <inheritdoc/>
    public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.Parameter.ContainsKey(SweepTuner.TrialKey))
        {
            end.Cancel();
            throw new OperationCanceledException(end.Token);
        }

        return Task.Run(() => Run(settings, ct), ct);
    }

    /// <summary>Does nothing: an experiment disposes its runner after every trial, and asks it again for the next.</summary>
    public void Dispose()
    {
    }

    private TrialResult Run(TrialSettings settings, CancellationToken cancellation)
    {
        SweepTrial begun = table.Find(settings.Parameter[SweepTuner.TrialKey].AsType<int>());
        try
        {
            SweepTrial trial = Train(begun, cancellation);
            table.End(trial);
            return new TrialResult
            {
                TrialSettings = settings,
                Loss = trial.Value is double value ? table.Metric.Loss(value) : double.MaxValue,
                Metric = trial.Value ?? double.NaN,
                DurationInMilliseconds = trial.Seconds * 1000,
            };
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // An experiment passes over the faults of later trials: it is told to end, and the sweep throws.
            Fault = ExceptionDispatchInfo.Capture(fault);
            end.Cancel();
            throw;
        }
    }

    private SweepTrial Train(SweepTrial begun, CancellationToken cancellation)
    {
        SweptModel model = table.Model(begun);
        ITrialTraining training = model.Trees is null ? new NetworkTrial(data) : new TreeTrial(data);
        training.Load(model, cancellation);
        memory.Look();
        table.Follow(begun);
        try
        {
            SweepTrial trial = training.Train(model, folder.Run(begun.Trial), new TrialTrack(begun, table, rule), cancellation);
            return double.IsFinite(trial.Value!.Value)
                ? trial
                : begun with { State = TrialState.Failed, Seconds = trial.Seconds, Note = $"the {table.Metric.Name} is not a finite number" };
        }
        catch (Exception fault) when (IsOfOptions(fault))
        {
            return begun with { State = TrialState.Failed, Note = fault.Message };
        }
    }

    /// <summary>What other options would not do: these fail, and the sweep goes on. Libtorch has no type for memory that is exhausted.</summary>
    private static bool IsOfOptions(Exception fault) =>
        fault is NonFiniteLossException or BatchBudgetException or ArgumentException or OutOfMemoryException
        || fault.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase);
}
