using Faithful.Networks.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Training;

/// <summary>All that changes from step to step.</summary>
internal sealed class TrainingState : IDisposable
{
    private readonly AveragedWeights? _average;

    public TrainingState(Network network, TrainingOptions options, Checkpoint? checkpoint, float[]? begin, Device device)
    {
        float[] start = checkpoint?.Parameters ?? begin ?? network.Layout.Initialize(options.Seed);
        Current = new NetworkState(network.Layout, start, device);
        Optimizer = new FlatAdamW(Current.Flat, options.WeightDecay, options.GradientClipNorm);
        _average = options.WeightAverage > 0
            ? new AveragedWeights(network.Layout, checkpoint?.Average ?? start, options.WeightAverage, device)
            : null;
        Parts = new BatchParts(options.BatchParts, checkpoint?.Halvings ?? 0);
        if (checkpoint is not null)
        {
            using IDisposable noGradient = torch.no_grad();
            using DisposeScope scope = torch.NewDisposeScope();
            Optimizer.FirstMoment.copy_(torch.tensor(checkpoint.FirstMoment));
            Optimizer.SecondMoment.copy_(torch.tensor(checkpoint.SecondMoment));
            Optimizer.Steps = checkpoint.Steps;
        }
    }

    /// <summary>Gets the values that are trained.</summary>
    public NetworkState Current { get; }

    /// <summary>Gets the values that are validated and kept: the average where there is one.</summary>
    public NetworkState Kept => _average?.State ?? Current;

    public FlatAdamW Optimizer { get; }

    public BatchParts Parts { get; }

    /// <summary>Makes a step with the gradient that has been gathered.</summary>
    /// <returns>The norm of the gradient, shape (), on the device.</returns>
    public Tensor Step(double learningRate)
    {
        Tensor norm = Optimizer.Step(learningRate);
        _average?.Update(Current, Optimizer.Steps);
        return norm;
    }

    public Checkpoint ToCheckpoint(int epoch)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return new Checkpoint(
            epoch,
            Optimizer.Steps,
            Current.ToArray(),
            Optimizer.FirstMoment.cpu().data<float>().ToArray(),
            Optimizer.SecondMoment.cpu().data<float>().ToArray())
        {
            Average = _average?.State.ToArray(),
            Halvings = Parts.Halvings,
        };
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        Current.Dispose();
        _average?.Dispose();
    }
}
