using System.Diagnostics;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>A trial of a network, in a run folder as <c>train</c> makes it: a trial that was cut off goes on from its last epoch.</summary>
/// <param name="data">The crystals.</param>
internal sealed class NetworkTrial(SweepPartsCache data) : ITrialTraining
{
    /// <inheritdoc/>
    public void Load(SweptModel model, CancellationToken cancellation) => Parts(model, cancellation);

    /// <inheritdoc/>
    public SweepTrial Train(SweptModel model, string folder, TrialTrack track, CancellationToken cancellation)
    {
        SweepParts<ResidentDataset> parts = Parts(model, cancellation);
        var clock = Stopwatch.StartNew();
        RunDescription description = Describe(model, parts);
        Network network = description.BuildNetwork();
        RunFolder run = Open(folder, description);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var epochs = new Epochs(track, model.Training!.Epochs, stop);
        foreach (EpochMeasurement earlier in run.ReadMeasurements(run.ReadCheckpoint(network.Layout.Count)?.Epoch ?? 0))
        {
            epochs.Add(earlier);
        }

        TrainingResult result = Trainer.Run(network, parts.Training, parts.Validation, model.Training, run, epochs, start: null, stop.Token);
        if (result.Cancelled && !epochs.IsHopeless)
        {
            throw new OperationCanceledException(cancellation);
        }

        return track.Trial with
        {
            State = result.Cancelled ? TrialState.Stopped : TrialState.Complete,
            Value = Value(track.Metric, result.Best),
            ValidationMetric = result.Best.ValidationMetric,
            ValidationMacroF1 = result.Best.ValidationMacroF1,
            ValidationLoss = result.Best.ValidationLoss,
            Epochs = result.Epochs,
            BestEpoch = result.Best.Epoch,
            Seconds = Math.Round(clock.Elapsed.TotalSeconds, 3),
        };
    }

    private static double Value(SweepMetric metric, EpochMeasurement measurement) =>
        metric.Of(measurement.ValidationMetric, measurement.ValidationMacroF1, measurement.ValidationLoss);

    private static RunFolder Open(string folder, RunDescription description)
    {
        if (!File.Exists(Path.Combine(folder, "options.json")))
        {
            return RunFolder.Create(folder, description);
        }

        var run = RunFolder.Open(folder);
        run.CheckSame(description);
        return run;
    }

    private SweepParts<ResidentDataset> Parts(SweptModel model, CancellationToken cancellation) =>
        data.Load(model.Network!.Preparation(data.Task.UsesSymmetry), cancellation);

    private RunDescription Describe(SweptModel model, SweepParts<ResidentDataset> parts) => new RunDescription
    {
        Model = model.Model,
        Preset = model.Preset,
        Task = data.Task,
        Network = model.Network!,
        Preparation = model.Network!.Preparation(data.Task.UsesSymmetry),
        Training = model.Training!,
        Data = parts.Data,
        Fallback = FallbackPrediction.Of(data.Task, parts.Targets),
    }.ScaledTo(parts.Targets);

    /// <summary>Hears of the epochs and ends a hopeless training.</summary>
    private sealed class Epochs(TrialTrack track, int epochs, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public bool IsHopeless { get; private set; }

        public void Report(TrainingProgress value)
        {
            if (value.Finished is EpochMeasurement measurement)
            {
                Add(measurement);
            }
        }

        public void Add(EpochMeasurement measurement)
        {
            if (track.Add(new TrialPoint((double)measurement.Epoch / epochs, Value(track.Metric, measurement))))
            {
                IsHopeless = true;
                stop.Cancel();
            }
        }
    }
}
