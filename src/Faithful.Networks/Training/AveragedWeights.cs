using Faithful.Networks.Operations;
using TorchSharp;

namespace Faithful.Networks.Training;

/// <summary>
/// The exponential moving average of a network's weights (Polyak and Juditsky 1992, DOI 10.1137/0330046), one flat buffer beside
/// the network's own.
/// </summary>
public sealed class AveragedWeights : IDisposable
{
    private readonly double _decay;

    /// <summary>Initialises the average.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="values">The average so far, or the starting weights.</param>
    /// <param name="decay">How much of the average stays at each step, in the long run; in 0..1.</param>
    /// <param name="device">The device.</param>
    public AveragedWeights(ParameterLayout layout, float[] values, double decay, torch.Device device)
    {
        _decay = decay;
        State = new NetworkState(layout, values, device);
    }

    /// <summary>Gets the network's values with the average for weights.</summary>
    public NetworkState State { get; }

    /// <summary>Takes the weights after a step in.</summary>
    /// <param name="weights">The network's values.</param>
    /// <param name="steps">The steps made, this one included. The first ones move the average faster: it starts at weights that know nothing.</param>
    public void Update(NetworkState weights, long steps)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using IDisposable noGradient = torch.no_grad();
        double decay = Math.Min(_decay, (1.0 + steps) / (10.0 + steps));
        State.Flat.mul_((float)decay).add_(weights.Flat, (float)(1 - decay));
    }

    /// <inheritdoc/>
    public void Dispose() => State.Dispose();
}
