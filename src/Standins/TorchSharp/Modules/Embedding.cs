using TorchSharp.Native;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Rows of a learned table, by number.</summary>
public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    private readonly long padding;
    private readonly bool scaleByFrequency;

    [ComponentName(Name = nameof(weight))]
    private Parameter? weightParameter;

    internal Embedding(Parameter weight, long? padding_idx, bool scale_grad_by_freq)
        : base(nameof(Embedding))
    {
        padding = padding_idx ?? -1;
        scaleByFrequency = scale_grad_by_freq;
        this.weight = weight;
    }

    public Parameter? weight
    {
        get => weightParameter;
        set => Assign(nameof(weight), ref weightParameter, value);
    }

    public override Tensor forward(Tensor input) => Operators.Call("embedding", weightParameter!, input, padding, scaleByFrequency);
}
