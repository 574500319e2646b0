using Faithful.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Operations;

/// <summary>
/// The interpreter that computes: every operation is a TorchSharp call on the parameters' device, recorded by autograd when
/// gradients are on. One instance serves one forward pass.
/// </summary>
public sealed class EagerOperations : TensorOperations
{
    private readonly NetworkState _state;
    private readonly IReadOnlyDictionary<string, Tensor> _inputs;
    private readonly Tensor[] _parameters;

    /// <summary>Initialises the interpreter for one forward pass.</summary>
    /// <param name="state">The network's parameters and constants.</param>
    /// <param name="inputs">The inputs by name, on the same device.</param>
    public EagerOperations(NetworkState state, IReadOnlyDictionary<string, Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(state);
        _state = state;
        _inputs = inputs;
        _parameters = state.Views();
    }

    /// <inheritdoc/>
    public override TensorValue Input(ModelInput input) => _inputs.TryGetValue(input.Name, out Tensor? tensor)
        ? Wrap(tensor)
        : throw new ArgumentException($"the batch lacks the input '{input.Name}'");

    /// <inheritdoc/>
    public override TensorValue Parameter(ParameterReference parameter) => Wrap(_parameters[parameter.Index]);

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
        Wrap(nn.functional.linear(Unwrap(value), Unwrap(weight), bias is null ? null : Unwrap(bias)));

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
    public override TensorValue Columns(TensorValue value, int start, int count) => Wrap(Unwrap(value).narrow(1, start, count));

    /// <inheritdoc/>
    public override TensorValue MatrixRow(TensorValue value, int row) => Wrap(Unwrap(value).select(1, row));

    /// <inheritdoc/>
    public override TensorValue RowTimesMatrix(TensorValue vectors, TensorValue matrices) =>
        Wrap((Unwrap(vectors).unsqueeze(2) * Unwrap(matrices)).sum(1));

    /// <inheritdoc/>
    public override TensorValue SumColumns(TensorValue value) => Wrap(Unwrap(value).sum(1, keepdim: true));

    /// <inheritdoc/>
    public override TensorValue Softmax(TensorValue value) => Wrap(nn.functional.softmax(Unwrap(value), -1));

    /// <inheritdoc/>
    public override TensorValue DropLastAxis(TensorValue value) => Wrap(Unwrap(value).squeeze(-1));

    private static Tensor Unwrap(TensorValue value) => ((EagerTensor)value).Tensor;

    private EagerTensor Wrap(Tensor tensor) => new(this, tensor);
}
