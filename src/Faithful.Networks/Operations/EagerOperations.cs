using Faithful.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Operations;

/// <summary>
/// The interpreter that computes: every operation is a TorchSharp call on the parameters' device, recorded by autograd when
/// gradients are on. One instance serves one forward pass.
/// </summary>
public sealed partial class EagerOperations : TensorOperations
{
    private readonly NetworkState _state;
    private readonly IReadOnlyDictionary<string, Tensor> _inputs;
    private readonly EagerMode _mode;
    private readonly Tensor[] _parameters;
    private readonly Tensor[]? _roundedParameters;

    /// <summary>Initialises the interpreter for one forward pass.</summary>
    /// <param name="state">The network's parameters and constants.</param>
    /// <param name="inputs">The inputs by name, on the same device.</param>
    /// <param name="mode">How the pass is run; null for the defaults.</param>
    public EagerOperations(NetworkState state, IReadOnlyDictionary<string, Tensor> inputs, EagerMode? mode = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        _state = state;
        _inputs = inputs;
        _mode = mode ?? new EagerMode();
        _parameters = state.Views();
        _roundedParameters = _mode.Precision == ComputePrecision.BFloat16 ? state.Views(ScalarType.BFloat16) : null;
        if (state.Flat.device.type == DeviceType.CUDA)
        {
            // Process-wide switches of libtorch; convolutions would use TensorFloat32 unasked.
            bool allowed = _mode.Precision == ComputePrecision.TensorFloat32;
            backends.cuda.matmul.allow_tf32 = allowed;
            backends.cudnn.allow_tf32 = allowed;
        }
    }

    /// <inheritdoc/>
    public override TensorValue Input(ModelInput input) => _inputs.TryGetValue(input.Name, out Tensor? tensor)
        ? Wrap(tensor)
        : throw new ArgumentException($"the batch lacks the input '{input.Name}'");

    /// <inheritdoc/>
    public override TensorValue Parameter(ParameterReference parameter) =>
        new EagerTensor(this, _parameters[parameter.Index], _roundedParameters?[parameter.Index]);

    /// <inheritdoc/>
    public override TensorValue Constant(ConstantReference constant) => Wrap(_state.Constant(constant));

    /// <inheritdoc/>
    public override TensorValue Add(TensorValue left, TensorValue right) => Wrap(Unwrap(left) + Unwrap(right));

    /// <inheritdoc/>
    public override TensorValue Add(TensorValue value, double number) => Wrap(Unwrap(value) + (float)number);

    /// <inheritdoc/>
    public override TensorValue Subtract(TensorValue left, TensorValue right) => Wrap(Unwrap(left) - Unwrap(right));

    /// <inheritdoc/>
    public override TensorValue Multiply(TensorValue left, TensorValue right) => Wrap(Unwrap(left) * Unwrap(right));

    /// <inheritdoc/>
    public override TensorValue Multiply(TensorValue value, double number) => Wrap(Unwrap(value) * (float)number);

    /// <inheritdoc/>
    public override TensorValue Divide(TensorValue left, TensorValue right) => Wrap(Unwrap(left) / Unwrap(right));

    /// <inheritdoc/>
    public override TensorValue Linear(TensorValue value, TensorValue weight, TensorValue? bias) =>
        WrapProduct(nn.functional.linear(Factor(value), Factor(weight), bias is null ? null : Factor(bias)));

    /// <inheritdoc/>
    public override TensorValue LayerNormalization(TensorValue value, TensorValue scale, TensorValue shift)
    {
        Tensor scaleTensor = Unwrap(scale);
        return Wrap(nn.functional.layer_norm(Unwrap(value), scaleTensor.shape, scaleTensor, Unwrap(shift)));
    }

    /// <inheritdoc/>
    public override TensorValue Sigmoid(TensorValue value) => Wrap(Unwrap(value).sigmoid());

    /// <inheritdoc/>
    public override TensorValue Silu(TensorValue value) => Wrap(nn.functional.silu(Unwrap(value)));

    /// <inheritdoc/>
    public override TensorValue Rectify(TensorValue value) => Wrap(Unwrap(value).relu());

    /// <inheritdoc/>
    public override TensorValue LeakyRectify(TensorValue value, double slope) => Wrap(Unwrap(value).leaky_relu(slope));

    /// <inheritdoc/>
    public override TensorValue Absolute(TensorValue value) => Wrap(Unwrap(value).abs());

    /// <inheritdoc/>
    public override TensorValue Dropout(TensorValue value, double probability) =>
        _mode.IsTraining && probability > 0 ? Wrap(Drop(Unwrap(value), probability)) : value;

    /// <inheritdoc/>
    public override TensorValue Sine(TensorValue value) => Wrap(Unwrap(value).sin());

    /// <inheritdoc/>
    public override TensorValue Cosine(TensorValue value) => Wrap(Unwrap(value).cos());

    /// <inheritdoc/>
    public override TensorValue Exponential(TensorValue value) => Wrap(Unwrap(value).exp());

    /// <inheritdoc/>
    public override TensorValue Logarithm(TensorValue value) => Wrap(Unwrap(value).log());

    /// <inheritdoc/>
    public override TensorValue SquareRoot(TensorValue value) => Wrap(Unwrap(value).sqrt());

    /// <inheritdoc/>
    public override TensorValue Floor(TensorValue value) => Wrap(Unwrap(value).floor());

    /// <inheritdoc/>
    public override TensorValue ToFloat(TensorValue value) => Wrap(Unwrap(value).to(_state.Flat.dtype));

    /// <inheritdoc/>
    public override TensorValue ToInteger(TensorValue value) => Wrap(Unwrap(value).to(ScalarType.Int64));

    /// <inheritdoc/>
    public override TensorValue Gather(TensorValue table, TensorValue index) =>
        Wrap(Unwrap(table).index_select(0, Unwrap(index)));

    /// <inheritdoc/>
    public override TensorValue SegmentSum(TensorValue value, TensorValue segment, TensorValue segments)
    {
        Tensor rows = Unwrap(value);
        Tensor zeros = torch.zeros(Unwrap(segments).shape[0], rows.shape[1], rows.dtype, rows.device);
        return Wrap(zeros.index_add(0, Unwrap(segment), rows, 1));
    }

    /// <inheritdoc/>
    public override TensorValue Concatenate(params IReadOnlyList<TensorValue> values) =>
        Wrap(torch.cat(values.Select(Unwrap).ToArray(), -1));

    /// <inheritdoc/>
    public override TensorValue Columns(TensorValue value, int start, int count) => Wrap(Unwrap(value).narrow(-1, start, count));

    /// <inheritdoc/>
    public override TensorValue MatrixRow(TensorValue value, int row) => Wrap(Unwrap(value).select(1, row));

    /// <inheritdoc/>
    public override TensorValue RowTimesMatrix(TensorValue vectors, TensorValue matrices) =>
        Wrap((Unwrap(vectors).unsqueeze(2) * Unwrap(matrices)).sum(1));

    /// <inheritdoc/>
    public override TensorValue SumColumns(TensorValue value) => Wrap(Unwrap(value).sum(-1, keepdim: true));

    /// <inheritdoc/>
    public override TensorValue MeanColumns(TensorValue value) => Wrap(Unwrap(value).mean([-1], keepdim: true));

    /// <inheritdoc/>
    public override TensorValue SumRows(TensorValue value) => Wrap(Unwrap(value).sum(1));

    /// <inheritdoc/>
    public override TensorValue MaximumRows(TensorValue value) => Wrap(Unwrap(value).amax(1));

    /// <inheritdoc/>
    public override TensorValue CumulativeSum(TensorValue value) => Wrap(Unwrap(value).cumsum(0));

    /// <inheritdoc/>
    public override TensorValue Softmax(TensorValue value) => Wrap(nn.functional.softmax(Unwrap(value), -1));

    /// <inheritdoc/>
    public override TensorValue DropLastAxis(TensorValue value) => Wrap(Unwrap(value).squeeze(-1));

    private static Tensor Unwrap(TensorValue value) => ((EagerTensor)value).Tensor;

    private EagerTensor Wrap(Tensor tensor) => new(this, tensor);

    /// <summary>A factor of a product, in the precision of products.</summary>
    private Tensor Factor(TensorValue value) =>
        _mode.Precision == ComputePrecision.BFloat16 ? ((EagerTensor)value).Rounded : Unwrap(value);

    /// <summary>libtorch's dropout takes no generator; this is what it does on a CPU, so the same seed drops the same numbers.</summary>
    private Tensor Drop(Tensor value, double probability) => _mode.Random is Generator random
        ? value * empty_like(value.detach()).bernoulli_(1 - probability, random).div_(1 - probability)
        : nn.functional.dropout(value, probability);

    /// <summary>A product, back in the precision of all else; a product of this product takes it as it is.</summary>
    private EagerTensor WrapProduct(Tensor tensor) => _mode.Precision == ComputePrecision.BFloat16
        ? new EagerTensor(this, tensor.to(_state.Flat.dtype), tensor)
        : Wrap(tensor);
}
