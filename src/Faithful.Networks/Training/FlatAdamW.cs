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

    /// <summary>Moves the parameters along their gradient, and drops it.</summary>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <returns>The norm of the gradient before clipping, shape (), on the device; the caller's dispose scope owns it.</returns>
    public Tensor Step(double learningRate)
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor gradient = _parameters.grad ?? throw new InvalidOperationException("Step needs a gradient; call backward first.");
        Steps++;
        Tensor norm = gradient.norm();
        bool clips = double.IsFinite(_clipNorm);
        if (clips)
        {
            // g' · c / max(|g'|, c), of which the factor c goes into the moments' own factors.
            gradient.div_(norm.clamp_min((float)_clipNorm));
        }

        double unit = clips ? _clipNorm : 1;
        FirstMoment.mul_((float)Beta1).add_(gradient, (float)((1 - Beta1) * unit));
        SecondMoment.mul_((float)Beta2).addcmul_(gradient, gradient, (float)((1 - Beta2) * unit * unit));

        // m̂ / (√v̂ + ε) with both corrections outside of the tensors: (m / (√v + ε √c₂)) · √c₂ / c₁
        double correction1 = 1 - Math.Pow(Beta1, Steps), root2 = Math.Sqrt(1 - Math.Pow(Beta2, Steps));
        Tensor denominator = SecondMoment.sqrt().add_((float)(Epsilon * root2));
        if (_weightDecay > 0)
        {
            _parameters.mul_((float)(1 - learningRate * _weightDecay));
        }

        _parameters.addcdiv_(FirstMoment, denominator, (float)(-learningRate * root2 / correction1));

        // The next backward pass puts its own buffer there: neither a zeroing nor an addition.
        _parameters.grad = null;
        return norm.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FirstMoment.Dispose();
        SecondMoment.Dispose();
    }
}
