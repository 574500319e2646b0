using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Zero mean and unit variance over the last dimensions, then weight and bias.</summary>
public sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(bias))]
    private Parameter? biasParameter;

    [ComponentName(Name = nameof(weight))]
    private Parameter? weightParameter;

    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        this.normalized_shape = normalized_shape;
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (elementwise_affine)
        {
            weight = empty(normalized_shape, dtype, device).AsParameter();
            this.bias = bias ? empty(normalized_shape, dtype, device).AsParameter() : null;
        }

        reset_parameters();
    }

    public long[] normalized_shape { get; set; }

    public double eps { get; set; }

    public bool elementwise_affine { get; set; }

    public Parameter weight
    {
        get => weightParameter!;
        set => Assign(nameof(weight), ref weightParameter, value);
    }

    public Parameter? bias
    {
        get => biasParameter;
        set => Assign(nameof(bias), ref biasParameter, value);
    }

    public void reset_parameters()
    {
        if (weightParameter is not null)
        {
            nn.init.ones_(weightParameter);
        }

        if (biasParameter is not null)
        {
            nn.init.zeros_(biasParameter);
        }
    }

    public override Tensor forward(
        Tensor tensor) =>
        nn.functional.layer_norm(tensor, normalized_shape, weightParameter, biasParameter, eps);
}
