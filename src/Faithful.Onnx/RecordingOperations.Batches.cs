using Faithful.Networks.Operations;
using Faithful.Onnx.Format;
using static Faithful.Onnx.OnnxGraphBuilder;

namespace Faithful.Onnx;

/// <content>Products of batches of matrices, attention, convolution.</content>
internal sealed partial class RecordingOperations
{
    /// <summary>Added to the scores of masked keys; the same number as in the eager interpreter.</summary>
    private const double Masked = -1e9;

    public override TensorValue BatchMatrixProduct(TensorValue left, TensorValue right) => Node("MatMul", left, right);

    public override TensorValue Transpose(TensorValue value)
    {
        int rank = Rank(value);
        return Permute(value, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]);
    }

    public override TensorValue Permute(TensorValue value, params IReadOnlyList<int> axes) =>
        Like(value, _graph.AddNode("Transpose", [Name(value)], Integers("perm", [.. axes.Select(axis => (long)axis)])));

    public override TensorValue Reshape(TensorValue value, params IReadOnlyList<long> shape) =>
        Wrap(_graph.AddNode("Reshape", [Name(value), Shape(shape)]), shape.Count);

    public override TensorValue Expand(TensorValue value, TensorValue rows)
    {
        string shape = _graph.AddNode("Concat", [Sizes(Name(rows), 0), Sizes(Name(value), 1, Rank(value))], Integer("axis", 0));
        return Like(value, _graph.AddNode("Expand", [Name(value), shape]));
    }

    public override TensorValue PlaceRows(TensorValue value, TensorValue place, TensorValue rows, int placesPerRow)
    {
        string places = _graph.AddNode("Mul", [Sizes(Name(rows), 0), Shape([placesPerRow])]);
        string zeros = _graph.AddNode(
            "ConstantOfShape", [_graph.AddNode("Concat", [places, Sizes(Name(value), 1)], Integer("axis", 0))]);
        return Wrap(_graph.AddNode("ScatterND", [zeros, Unsqueeze(Name(place), 1), Name(value)]), 2);
    }

    public override TensorValue Attention(
        TensorValue queries, TensorValue keys, TensorValue values, TensorValue? mask, int heads)
    {
        string width = Cast(Sizes(Name(queries), 2), TensorProto.Types.DataType.Float);
        string deviation = _graph.AddNode("Sqrt", [_graph.AddNode("Mul", [width, Number(1.0 / heads)])]);
        TensorValue scores = Node("Div", Node("MatMul", Heads(queries, 0, 2, 1, 3), Heads(keys, 0, 2, 3, 1)), Wrap(deviation, 1));
        if (mask is not null)
        {
            scores += Reshape((mask + -1) * -Masked, 0, 1, 1, -1); // (b, heads, q, k)
            values *= mask; // 0 where no key counts at all
        }

        TensorValue heard = Node("MatMul", Softmax(scores), Heads(values, 0, 2, 1, 3)); // (b, heads, q, d / heads)
        return Reshape(Permute(heard, 0, 2, 1, 3), 0, 0, -1);

        TensorValue Heads(TensorValue value, params int[] axes) => Permute(Reshape(value, 0, 0, heads, -1), axes);
    }

    public override TensorValue Convolution(TensorValue value, TensorValue weight, TensorValue? bias, int stride, bool circular)
    {
        IReadOnlyList<long> shape = ((RecordedTensor)weight).Shape
            ?? throw new ArgumentException("the weight of a convolution must be a parameter or a constant");
        long padding = KernelPadding(shape, stride);
        string grid = Name(value);
        if (circular && padding > 0)
        {
            foreach (int axis in new[] { 2, 3, 4 })
            {
                string before = _graph.AddNode("Slice", [grid, Axis(-padding), Axis(int.MaxValue), Axis(axis)]);
                string after = _graph.AddNode("Slice", [grid, Axis(0), Axis(padding), Axis(axis)]);
                grid = _graph.AddNode("Concat", [before, grid, after], Integer("axis", axis));
            }

            padding = 0;
        }

        return Like(value, _graph.AddNode(
            "Conv",
            bias is null ? [grid, Name(weight)] : [grid, Name(weight), Name(bias)],
            Integers("kernel_shape", shape[2], shape[3], shape[4]),
            Integers("pads", padding, padding, padding, padding, padding, padding),
            Integers("strides", stride, stride, stride)));
    }

    public override TensorValue AveragePool(TensorValue value, int window) => Like(value, _graph.AddNode(
        "AveragePool", [Name(value)], Integers("kernel_shape", window, window, window), Integers("strides", window, window, window)));

    /// <summary>The lengths of the axes from one up to another; of one axis when no end is given.</summary>
    private string Sizes(string value, int start, int? end = null) =>
        _graph.AddNode("Shape", [value], Integer("start", start), Integer("end", end ?? start + 1));

    private string Unsqueeze(string value, int axis) => _graph.AddNode("Unsqueeze", [value, Axis(axis)]);

    private string Squeeze(string value) => _graph.AddNode("Squeeze", [value]);

    private string List(string name, long value) => _graph.AddInitializer($"integers.{name}", [1], [value]);

    private string Shape(IReadOnlyList<long> sizes) =>
        _graph.AddInitializer($"shape.{string.Join(".", sizes)}", [sizes.Count], sizes.ToArray().AsSpan());
}
