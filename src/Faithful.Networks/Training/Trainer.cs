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
    /// <param name="cancellation">Asks to stop; the last finished epoch stays as the checkpoint.</param>
    /// <returns>How the run ended.</returns>
    /// <exception cref="NonFiniteLossException">The loss became infinite or NaN.</exception>
    /// <exception cref="OperationCanceledException">The run was asked to stop before its first epoch had ended.</exception>
    /// <exception cref="RunFolderException">The checkpoint in the run folder cannot be used.</exception>
    public static TrainingResult Run(
        Network network,
        ResidentDataset training,
        ResidentDataset validation,
        TrainingOptions options,
        RunFolder run,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(run);

        // Start, or go on from the checkpoint. Shuffles depend on seed and epoch alone, so nothing else has to be restored.
        Checkpoint? checkpoint = run.ReadCheckpoint(network.Layout.Count);
        using var state = new NetworkState(network.Layout, checkpoint?.Parameters ?? network.Layout.Initialize(options.Seed), training.Device);
        using var optimizer = new FlatAdamW(state.Flat, options.WeightDecay, options.GradientClipNorm);
        Restore(optimizer, checkpoint);
        List<EpochMeasurement> measurements = [.. run.ReadMeasurements().Take(checkpoint?.Epoch ?? 0)];
        double secondsBefore = measurements.LastOrDefault()?.Seconds ?? 0;
        var total = Stopwatch.StartNew();
        int batches = (training.Count + options.BatchSize - 1) / options.BatchSize;
        long steps = (long)batches * options.Epochs;
        List<double> rates = [];

        for (int epoch = (checkpoint?.Epoch ?? 0) + 1; epoch <= options.Epochs; epoch++)
        {
            long[] order = Shuffle(training.Count, options.Seed, epoch);
            using DisposeScope epochScope = torch.NewDisposeScope();
            Tensor lossSum = torch.zeros(1, device: training.Device);
            var clock = Stopwatch.StartNew();
            double learningRate = 0;
            for (int batch = 0; batch < batches; batch++)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return Finish(measurements, rates, cancelled: true, cancellation);
                }

                long[] crystals = order[(batch * options.BatchSize)..Math.Min(order.Length, (batch + 1) * options.BatchSize)];
                using (DisposeScope stepScope = torch.NewDisposeScope())
                {
                    (IReadOnlyDictionary<string, Tensor> inputs, Tensor targets) = training.Batch(crystals, network.Inputs);
                    Tensor loss = Loss(network, Forward(network, state, inputs), targets);
                    loss.backward();
                    learningRate = LearningRateSchedule.At(optimizer.Steps, steps, options.LearningRate, options.WarmupFraction);
                    optimizer.Step(learningRate);
                    lossSum.add_(loss.detach(), crystals.Length); // stays on the device: reading it here would stall the queue
                }

                progress?.Report(new TrainingProgress(
                    epoch, options.Epochs, batch + 1, batches, (batch + 1.0) * options.BatchSize / clock.Elapsed.TotalSeconds, null));
            }

            double trainingLoss = lossSum.item<float>() / training.Count;
            double rate = training.Count / clock.Elapsed.TotalSeconds;
            if (!double.IsFinite(trainingLoss))
            {
                throw new NonFiniteLossException(epoch, trainingLoss);
            }

            (double validationLoss, double metric) = Evaluate(network, state, validation, options.BatchSize);
            bool isBest = measurements.All(earlier => IsBetter(network, metric, earlier.ValidationMetric));
            var measurement = new EpochMeasurement
            {
                Epoch = epoch,
                TrainingLoss = trainingLoss,
                ValidationLoss = validationLoss,
                ValidationMetric = metric,
                IsBest = isBest,
                LearningRate = learningRate,
                StructuresPerSecond = rate,
                Seconds = secondsBefore + total.Elapsed.TotalSeconds,
            };
            measurements.Add(measurement);
            rates.Add(rate);
            Save(network, state, optimizer, run, measurements, epoch);
            progress?.Report(new TrainingProgress(epoch, options.Epochs, batches, batches, rate, measurement));
        }

        return Finish(measurements, rates, cancelled: false, cancellation);
    }

    /// <summary>Runs a network on packed inputs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">Its values.</param>
    /// <param name="inputs">The inputs by name, on the device of the values.</param>
    /// <returns>Logits, shape (crystals, classes), or values in the task's unit, shape (crystals).</returns>
    public static Tensor Forward(Network network, NetworkState state, IReadOnlyDictionary<string, Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        Tensor output = ((EagerTensor)network.Forward(new EagerOperations(state, inputs))).Tensor;
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

    private static Tensor Loss(Network network, Tensor output, Tensor targets) =>
        network.Specification.Task.Kind == TaskKind.Classification
            ? nn.functional.cross_entropy(output, targets)
            : nn.functional.l1_loss(output, targets) / (float)network.Specification.TargetScale;

    private static (double Loss, double Metric) Evaluate(Network network, NetworkState state, ResidentDataset data, int batchSize)
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor lossSum = torch.zeros(1, device: data.Device), metricSum = torch.zeros(1, device: data.Device);
        for (int start = 0; start < data.Count; start += batchSize)
        {
            long[] crystals = [.. Enumerable.Range(start, Math.Min(batchSize, data.Count - start)).Select(i => (long)i)];
            using DisposeScope batchScope = torch.NewDisposeScope();
            (IReadOnlyDictionary<string, Tensor> inputs, Tensor targets) = data.Batch(crystals, network.Inputs);
            Tensor output = Forward(network, state, inputs);
            lossSum.add_(Loss(network, output, targets), crystals.Length);
            metricSum.add_(network.Specification.Task.Kind == TaskKind.Classification
                ? output.argmax(1).eq(targets).to(ScalarType.Float32).sum()
                : (output - targets).abs().sum());
        }

        return (lossSum.item<float>() / data.Count, metricSum.item<float>() / data.Count);
    }

    private static bool IsBetter(Network network, double metric, double than) =>
        network.Specification.Task.Kind == TaskKind.Classification ? metric > than : metric < than;

    private static void Restore(FlatAdamW optimizer, Checkpoint? checkpoint)
    {
        if (checkpoint is null)
        {
            return;
        }

        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        optimizer.FirstMoment.copy_(torch.tensor(checkpoint.FirstMoment));
        optimizer.SecondMoment.copy_(torch.tensor(checkpoint.SecondMoment));
        optimizer.Steps = checkpoint.Steps;
    }

    private static void Save(
        Network network, NetworkState state, FlatAdamW optimizer, RunFolder run, List<EpochMeasurement> measurements, int epoch)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        float[] parameters = state.ToArray();
        if (measurements[^1].IsBest)
        {
            run.WriteBest(network, parameters);
        }

        run.WriteMeasurements(measurements);

        // Last of all: a run that is cut off here repeats the epoch and writes the same files again.
        run.WriteCheckpoint(new Checkpoint(
            epoch,
            optimizer.Steps,
            parameters,
            optimizer.FirstMoment.cpu().data<float>().ToArray(),
            optimizer.SecondMoment.cpu().data<float>().ToArray()));
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

    private static long[] Shuffle(int count, int seed, int epoch)
    {
        long[] order = [.. Enumerable.Range(0, count).Select(i => (long)i)];
        new Random(HashCode(seed, epoch)).Shuffle(order);
        return order;

        // System.HashCode differs between processes; this mix does not.
        static int HashCode(int seed, int epoch) => unchecked((seed * 1_000_003) ^ (epoch * 7_919));
    }
}
