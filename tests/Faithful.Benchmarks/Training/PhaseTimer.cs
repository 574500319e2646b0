using System.Diagnostics;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Benchmarks.Training;

/// <summary>Takes a training step to pieces: the parts that the trainer is made of, one after the other, each waited for.</summary>
internal static class PhaseTimer
{
    private const int WarmupSteps = 5;
    private const double LearningRate = 1e-5; // small: the values hardly move

    /// <summary>Times the parts of some steps.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The crystals, on the device to train on.</param>
    /// <param name="batchSize">Crystals in a batch.</param>
    /// <param name="steps">Steps to time.</param>
    /// <returns>The mean times.</returns>
    public static TrainingPhases Run(Network network, ResidentDataset data, int batchSize, int steps)
    {
        using var state = new NetworkState(network.Layout, network.Layout.Initialize(0), data.Device);
        using var optimizer = new FlatAdamW(state.Flat, weightDecay: 0.01, clipNorm: 5);
        int[] crystals = [.. Enumerable.Range(0, data.Count)];
        new Random(0).Shuffle(crystals);
        using ResidentOrder order = data.Arrange(crystals, network.Inputs);
        int batches = Math.Max(1, data.Count / batchSize);
        var times = new (double Host, double Whole)[4];
        var clock = new Stopwatch();
        for (int step = 0; step < WarmupSteps + steps; step++)
        {
            if (step == WarmupSteps)
            {
                Array.Clear(times);
            }

            int first = step % batches * batchSize;
            using DisposeScope scope = torch.NewDisposeScope();
            ResidentBatch batch = Time(0, () => order.Batch(new BatchRange(first, Math.Min(data.Count - first, batchSize))));
            var mode = new EagerMode { IsTraining = true, LargestCrystal = batch.LargestCrystal };
            Tensor output = Time(1, () => Trainer.Forward(network, state, batch.Inputs, mode));
            Time(2, () =>
            {
                Loss(network, output, batch.Targets).backward();
                return true;
            });
            Time(3, () =>
            {
                optimizer.Step(LearningRate);
                return true;
            });
        }

        PhaseTime[] means = [.. times.Select(time => new PhaseTime(time.Host / steps, time.Whole / steps))];
        return new TrainingPhases(means[0], means[1], means[2], means[3]);

        T Time<T>(int phase, Func<T> work)
        {
            clock.Restart();
            T result = work();
            double host = clock.Elapsed.TotalMilliseconds;
            if (data.Device.type == DeviceType.CUDA)
            {
                torch.cuda.synchronize();
            }

            times[phase].Host += host;
            times[phase].Whole += clock.Elapsed.TotalMilliseconds;
            return result;
        }
    }

    private static Tensor Loss(Network network, Tensor output, Tensor targets) => network.Specification.Task.Kind == TaskKind.Classification
        ? nn.functional.cross_entropy(output, targets)
        : nn.functional.l1_loss(output, targets);
}
