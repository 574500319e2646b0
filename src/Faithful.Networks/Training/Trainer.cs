using System.Diagnostics;
using Faithful.Models;
using Faithful.Networks.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Training;

/// <summary>The one training loop, for every network and task.</summary>
public static class Trainer
{
    /// <summary>Trains a network, writing a checkpoint after every epoch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The training part, on the device to train on.</param>
    /// <param name="validation">The part that chooses the epoch, on the same device.</param>
    /// <param name="options">The training options, valid.</param>
    /// <param name="run">The run folder; a checkpoint in it is gone on from.</param>
    /// <param name="progress">Hears of every few steps and of every epoch.</param>
    /// <param name="start">Where the training begins; null to begin at random, as the seed says.</param>
    /// <param name="cancellation">Asks to stop; the last finished epoch stays as the checkpoint.</param>
    /// <returns>How the run ended.</returns>
    /// <exception cref="ArgumentException">The network reads what its task must not see, or the options do not fit the task.</exception>
    /// <exception cref="BatchBudgetException">A crystal alone is more than a batch may hold; nothing was trained.</exception>
    /// <exception cref="NonFiniteLossException">The loss or the gradient of a batch became infinite or NaN.</exception>
    /// <exception cref="OperationCanceledException">The run was asked to stop before its first epoch had ended.</exception>
    /// <exception cref="RunFolderException">The checkpoint in the run folder cannot be used.</exception>
    public static TrainingResult Run(
        Network network,
        ResidentDataset training,
        ResidentDataset validation,
        TrainingOptions options,
        RunFolder run,
        IProgress<TrainingProgress>? progress = null,
        StartingValues? start = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(run);
        SymmetryRule.Check(network);

        // Start, or go on from the checkpoint. All that is random follows from seed and epoch, so nothing else has to be restored.
        Checkpoint? checkpoint = run.ReadCheckpoint(network.Layout.Count);
        List<EpochMeasurement> measurements = [.. run.ReadMeasurements(checkpoint?.Epoch ?? 0)];
        using var state = new TrainingState(network, options, checkpoint, start?.Values, training.Device);
        using var loss = new TrainingLoss(network.Specification, options, training);
        using var validating = new Validation(network, validation, options, loss, state.Parts);
        using Generator? random = training.Device.type == DeviceType.CPU ? new Generator() : null; // TorchSharp makes them for the CPU only
        var step = new TrainingStep(network, state, options, loss, random);
        var choice = new EpochChoice(network.Specification.Task, options);
        var total = Stopwatch.StartNew();
        double secondsBefore = measurements.LastOrDefault()?.Seconds ?? 0;
        List<double> rates = [];

        while (measurements.Count < options.Epochs && !choice.IsEnough(measurements))
        {
            int epoch = measurements.Count + 1;
            var clock = Stopwatch.StartNew();
            Seed(random, BatchPlan.Seed(options.Seed, epoch));
            BatchPlan plan = BatchPlan.ForTraining(training, options, epoch);
            using ResidentOrder order = training.Arrange(plan.Order, network.Inputs);
            using var losses = new EpochLosses(plan, training, epoch);
            double learningRate = 0;
            int crystals = 0;
            for (int batch = 0; batch < plan.Batches.Count; batch++)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return Finish(measurements, rates, cancelled: true, cancellation);
                }

                double done = (epoch - 1 + (batch + 0.5) / plan.Batches.Count) / options.Epochs;
                learningRate = LearningRateSchedule.At(done, options.LearningRate, options.WarmupFraction);
                using (DisposeScope scope = torch.NewDisposeScope())
                {
                    Tensor batchLoss = step.Gather(order, plan.Batches[batch]);
                    losses.Add(batchLoss, state.Step(learningRate));
                }

                crystals += plan.Batches[batch].Count;
                losses.LookNowAndThen();
                progress?.Report(new TrainingProgress(
                    epoch, options.Epochs, batch + 1, plan.Batches.Count, crystals / clock.Elapsed.TotalSeconds, null)
                {
                    Loss = losses.Mean,
                    Last = measurements.LastOrDefault(),
                    Halvings = state.Parts.Halvings,
                });
            }

            double trainingLoss = losses.Look(); // waits for the device, so that the rate below is true
            double rate = training.Count / clock.Elapsed.TotalSeconds;
            rates.Add(rate);
            (double validationLoss, double metric, double macroF1) = validating.Measure(state.Kept, epoch);
            var measurement = new EpochMeasurement
            {
                Epoch = epoch,
                TrainingLoss = trainingLoss,
                ValidationLoss = validationLoss,
                ValidationMetric = metric,
                ValidationMacroF1 = double.IsNaN(macroF1) ? null : macroF1,
                IsBest = false,
                LearningRate = learningRate,
                StructuresPerSecond = rate,
                Seconds = secondsBefore + total.Elapsed.TotalSeconds,
                GpuMemory = GpuMemory.TryGetUsed(training.Device),
            };
            measurements.Add(measurement with { IsBest = choice.IsBest(measurement, measurements) });
            Save(network, state, run, measurements);
            progress?.Report(new TrainingProgress(epoch, options.Epochs, plan.Batches.Count, plan.Batches.Count, rate, measurements[^1])
            {
                Loss = trainingLoss,
                Halvings = state.Parts.Halvings,
            });
        }

        Calibrate(network, validating, training.Device, run, measurements);
        return Finish(measurements, rates, cancelled: false, cancellation) with { StoppedEarly = measurements.Count < options.Epochs };
    }

    /// <summary>Runs a network on packed inputs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">Its values.</param>
    /// <param name="inputs">The inputs by name, on the device of the values.</param>
    /// <param name="mode">How the pass is run; null for float32 without gradients' extras.</param>
    /// <returns>Logits, shape (crystals, classes), or values in the task's unit, shape (crystals).</returns>
    public static Tensor Forward(Network network, NetworkState state, IReadOnlyDictionary<string, Tensor> inputs, EagerMode? mode = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Tensor output = ((EagerTensor)network.Forward(new EagerOperations(state, inputs, mode))).Tensor;
        return network.Specification.Task.Kind == TaskKind.Classification ? output : output.squeeze(-1);
    }

    /// <summary>Runs a network on a batch without gradients.</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">Its values.</param>
    /// <param name="batch">The batch.</param>
    /// <returns>Logits (crystals × classes) or values in the task's unit (crystals), in row-major order.</returns>
    public static float[] Predict(Network network, NetworkState state, CrystalBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(batch);
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        Device device = state.Flat.device;
        Dictionary<string, Tensor> inputs = network.Inputs.ToDictionary(
            input => input.Name,
            input => batch.Values(input) is long[] integers
                ? torch.tensor(integers, batch.Shape(input), device: device)
                : torch.tensor((float[])batch.Values(input), batch.Shape(input), dtype: state.Flat.dtype, device: device));
        return Forward(network, state, inputs).to(ScalarType.Float32).cpu().data<float>().ToArray();
    }

    /// <summary>
    /// Seeds the training's own generator. Where there is none, that of the device: then two trainings at once in one process draw from
    /// each other, and cannot be repeated.
    /// </summary>
    private static void Seed(Generator? random, int seed)
    {
        if (random is null)
        {
            torch.manual_seed(seed);
        }
        else
        {
            random.manual_seed(seed);
        }
    }

    private static void Save(Network network, TrainingState state, RunFolder run, List<EpochMeasurement> measurements)
    {
        if (measurements[^1].IsBest)
        {
            run.WriteBest(network, state.Kept.ToArray());
        }

        run.WriteMeasurements(measurements);

        // Last of all: a run that is cut off here repeats the epoch and writes the same files again.
        run.WriteCheckpoint(state.ToCheckpoint(measurements.Count));
    }

    /// <summary>Done once, when the best epoch is known: to a network of many classes it costs as much as an epoch.</summary>
    private static void Calibrate(Network network, Validation validating, Device device, RunFolder run, List<EpochMeasurement> measurements)
    {
        int epoch = measurements.Last(measurement => measurement.IsBest).Epoch;
        using var best = new NetworkState(network.Layout, run.ReadBest(network), device);
        if (validating.Calibrate(best) is ModelCalibration calibration)
        {
            new RunCalibration(epoch, calibration).Write(run.FolderPath);
        }
    }

    private static TrainingResult Finish(
        List<EpochMeasurement> measurements, List<double> rates, bool cancelled, CancellationToken cancellation)
    {
        if (measurements.Count == 0)
        {
            throw new OperationCanceledException("the run was stopped before its first epoch had ended", cancellation);
        }

        return new TrainingResult(
            measurements.Count,
            measurements.Last(measurement => measurement.IsBest),
            cancelled,
            rates.Count > 0 ? rates.Average() : double.NaN);
    }
}
