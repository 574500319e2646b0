using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2) with gradient clipping, on the one flat parameter buffer:
/// a step is a dozen launches whatever the number of layers, and nothing is read back to the host.
/// </summary>
public sealed class FlatAdamW : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Tensor _parameters;
    private readonly double _weightDecay;
    private readonly double _clipNorm;

    /// <summary>Initialises the optimizer.</summary>
    /// <param name="parameters">The flat parameter buffer, a leaf that gathers gradients.</param>
    /// <param name="weightDecay">The decoupled weight decay, not below 0.</param>
    /// <param name="clipNorm">The norm to which the gradient is clipped; infinity for no clipping.</param>
    public FlatAdamW(Tensor parameters, double weightDecay, double clipNorm)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        _weightDecay = weightDecay;
        _clipNorm = clipNorm;
        FirstMoment = torch.zeros_like(parameters, requires_grad: false).DetachFromDisposeScope();
        SecondMoment = torch.zeros_like(parameters, requires_grad: false).DetachFromDisposeScope();
    }

    /// <summary>Gets the running mean of the gradient, shape (parameters).</summary>
    public Tensor FirstMoment { get; }

    /// <summary>Gets the running mean of the squared gradient, shape (parameters).</summary>
    public Tensor SecondMoment { get; }

    /// <summary>Gets or sets the number of steps made.</summary>
    public long Steps { get; set; }

    /// <summary>Moves the parameters along their gradient, and clears it.</summary>
    /// <param name="learningRate">The learning rate of this step.</param>
    public void Step(double learningRate)
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor gradient = _parameters.grad ?? throw new InvalidOperationException("Step needs a gradient; call backward first.");
        Steps++;
        if (double.IsFinite(_clipNorm))
        {
            gradient.mul_((_clipNorm / (gradient.norm() + 1e-6f)).clamp_max(1));
        }

        FirstMoment.mul_((float)Beta1).add_(gradient, (float)(1 - Beta1));
        SecondMoment.mul_((float)Beta2).addcmul_(gradient, gradient, (float)(1 - Beta2));
        double correction1 = 1 - Math.Pow(Beta1, Steps), correction2 = 1 - Math.Pow(Beta2, Steps);
        Tensor denominator = SecondMoment.sqrt().div_((float)Math.Sqrt(correction2)).add_((float)Epsilon);
        _parameters.mul_((float)(1 - learningRate * _weightDecay));
        _parameters.addcdiv_(FirstMoment, denominator, (float)(-learningRate / correction1));
        gradient.zero_();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FirstMoment.Dispose();
        SecondMoment.Dispose();
    }
}
