using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Onnx.Tests.Operations;

/// <summary>One operation, applied to some of the inputs that <see cref="OperationInputs"/> makes.</summary>
public sealed record OperationCase(string Name, IReadOnlyList<ModelInput> Inputs, Func<OperationNetwork, TensorOperations, TensorValue> Apply)
{
    /// <summary>Gets every operation, in the ways in which networks use it.</summary>
    public static IReadOnlyList<OperationCase> All { get; } =
    [
        new("Add", [Rows, Row], (_, o) => o.Add(o.Input(Rows), o.Input(Row)) + 0.5),
        new("Subtract", [Rows, Row], (_, o) => o.Subtract(o.Input(Rows), o.Input(Row))),
        new("Multiply", [Rows, Row], (_, o) => o.Multiply(o.Input(Rows), o.Input(Row)) * -3),
        new("Divide", [Rows, Row], (_, o) => o.Divide(o.Input(Rows), o.Absolute(o.Input(Row)) + 1)),
        new("Sigmoid", [Rows], (_, o) => o.Sigmoid(o.Input(Rows))),
        new("Silu", [Rows], (_, o) => o.Silu(o.Input(Rows))),
        new("Rectify", [Rows], (_, o) => o.Rectify(o.Input(Rows))),
        new("LeakyRectify", [Rows], (_, o) => o.LeakyRectify(o.Input(Rows), 0.2)),
        new("Absolute", [Rows], (_, o) => o.Absolute(o.Input(Rows))),
        new("Sine, Cosine", [Rows], (_, o) => o.Sine(o.Input(Rows)) * o.Cosine(o.Input(Rows) * 0.5)),
        new("Exponential, Logarithm, SquareRoot", [Rows], (_, o) => o.SquareRoot(o.Logarithm(o.Exponential(o.Input(Rows)) + 1))),
        new("Floor", [Rows], (_, o) => o.Floor(o.Input(Rows) * 3)),
        new("ToInteger", [Rows], (_, o) => o.ToFloat(o.ToInteger(o.Input(Rows) * 3))),
        new("Dropout", [Rows], (_, o) => o.Dropout(o.Input(Rows), 0.5)),
        new("Linear", [Rows], (n, o) => o.Linear(o.Input(Rows), o.Parameter(n.Weight), o.Parameter(n.Bias))),
        new("Linear without bias", [Rows], (n, o) => o.Linear(o.Input(Rows), o.Parameter(n.Weight), null)),
        new("Linear of three axes", [Left], (n, o) => o.Linear(o.Input(Left), o.Constant(n.Square), o.Parameter(n.Bias))),
        new("Linear of four axes without bias", [Left], (n, o) => o.Linear(o.Reshape(o.Input(Left), 0, 1, -1, 4), o.Constant(n.Square), null)),
        new("LayerNormalization", [Rows], (n, o) => o.LayerNormalization(o.Input(Rows), o.Parameter(n.Scale), o.Parameter(n.Shift))),
        new("LayerNormalization of three axes", [Rows, Segment, Lattices], (n, o) => o.LayerNormalization(Padded(o), o.Parameter(n.Scale), o.Parameter(n.Shift))),
        new("Gather", [Segment, Left], (_, o) => o.Gather(o.Input(Left), o.Input(Segment))),
        new("SegmentSum", [Rows, Segment, Lattices], (_, o) => o.SegmentSum(o.Input(Rows), o.Input(Segment), o.Input(Lattices))),
        new("SegmentSum of edges", [Rows, ModelInput.EdgeTarget, Lattices], (_, o) => o.SegmentSum(
            o.Input(Rows), o.Input(ModelInput.EdgeTarget), o.Input(Lattices))),
        new("FilteredSum", [Rows, ModelInput.EdgeTarget, Place, Lattices], (n, o) =>
        {
            TensorValue table = o.PlaceRows(o.Columns(o.Input(Rows), 1, 5), o.Input(Place), o.Input(Lattices), OperationInputs.PlacesPerCrystal);
            return o.FilteredSum(table, o.Input(Place), o.Input(Rows), o.Parameter(n.Weight), o.Input(ModelInput.EdgeTarget), o.Input(Lattices));
        }),
        new("Concatenate", [Rows], (_, o) => o.Concatenate(o.Input(Rows), o.Input(Rows) * 2, o.Columns(o.Input(Rows), 1, 2))),
        new("Concatenate of three axes", [Left], (_, o) => o.Concatenate(o.Input(Left), o.Columns(o.Input(Left), 0, 1))),
        new("Columns", [Rows], (_, o) => o.Columns(o.Input(Rows), 2, 3)),
        new("Columns of three axes", [Left], (_, o) => o.Columns(o.Input(Left), 1, 2)),
        new("MatrixRow", [Left], (_, o) => o.MatrixRow(o.Input(Left), 2)),
        new("RowTimesMatrix", [Left, Right], (_, o) => o.RowTimesMatrix(o.MatrixRow(o.Input(Left), 1), o.Input(Right))),
        new("RowTimesMatrix of picked rows", [Left, Right, Segment], (_, o) => o.RowTimesMatrix(
            o.Gather(o.MatrixRow(o.Input(Left), 1), o.Input(Segment)), o.Gather(o.Input(Right), o.Input(Segment)))),
        new("RowTimesMatrix of a result", [Left, Right], (_, o) => o.RowTimesMatrix(o.MatrixRow(o.Input(Left), 1), o.Input(Right) * 2)),
        new("SumColumns", [Rows], (_, o) => o.SumColumns(o.Input(Rows))),
        new("SumColumns of three axes", [Left], (_, o) => o.SumColumns(o.Input(Left))),
        new("MeanColumns", [Rows], (_, o) => o.MeanColumns(o.Input(Rows))),
        new("MeanColumns of five axes", [Grid], (_, o) => o.MeanColumns(o.Input(Grid))),
        new("SumRows", [Left], (_, o) => o.SumRows(o.Input(Left))),
        new("MaximumRows", [Left], (_, o) => o.MaximumRows(o.Input(Left))),
        new("CumulativeSum", [Rows], (_, o) => o.CumulativeSum(o.Input(Rows))),
        new("CumulativeSum of integers", [Segment], (_, o) => o.ToFloat(o.CumulativeSum(o.Reshape(o.Input(Segment), -1, 1)))),
        new("Softmax", [Left], (_, o) => o.Softmax(o.Input(Left) * 4)),
        new("DropLastAxis", [Left], (_, o) => o.DropLastAxis(o.SumColumns(o.Input(Left)))),
        new("Pad", [Rows, Segment, Lattices], (_, o) => Padded(o)),
        new("Pad twice and in another width", [Rows, Segment, Lattices], (_, o) => o.Concatenate(
            Padded(o), o.Pad(o.Columns(o.Input(Rows), 0, 2), o.Input(Segment), o.Input(Lattices)))),
        new("Unpad", [Rows, Segment, Lattices], (_, o) => o.Unpad(o.Sine(Padded(o)), o.Input(Segment))),
        new("PadMask", [Segment, Lattices], (_, o) => o.PadMask(o.Input(Segment), o.Input(Lattices))),
        new("BatchMatrixProduct", [Left, Right], (_, o) => o.BatchMatrixProduct(o.Input(Left), o.Input(Right))),
        new("Transpose", [Left], (_, o) => o.Transpose(o.Input(Left))),
        new("Transpose of five axes", [Grid], (_, o) => o.Transpose(o.Input(Grid))),
        new("Permute", [Grid], (_, o) => o.Permute(o.Input(Grid), 0, 4, 1, 3, 2)),
        new("Reshape", [Grid], (_, o) => o.Reshape(o.Input(Grid), 0, 0, -1, 6)),
        new("Reshape after Permute", [Grid], (_, o) => o.Reshape(o.Permute(o.Input(Grid), 0, 2, 3, 4, 1), 0, -1, 4)),
        new("Expand", [Lattices], (n, o) => o.Expand(o.Reshape(o.Parameter(n.Weight), 1, 5, 6), o.Input(Lattices))),
        new("PlaceRows", [Rows, Place, Lattices], (_, o) => o.PlaceRows(o.Input(Rows), o.Input(Place), o.Input(Lattices), OperationInputs.PlacesPerCrystal)),
        new("Attention", [Rows, Segment, Lattices], (_, o) => o.Attention(Padded(o), Padded(o) * 0.7, o.Sine(Padded(o)), Mask(o), 2)),
        new("Attention with one head", [Rows, Segment, Lattices], (_, o) => o.Attention(Padded(o), Padded(o), Padded(o), Mask(o), 1)),
        new("Attention of learned queries", [Rows, Segment, Lattices], (n, o) => o.Attention(
            o.Expand(o.Reshape(o.Parameter(n.Weight), 1, 5, 6), o.Input(Lattices)), Padded(o), Padded(o) + 1, Mask(o), 3)),
        new("Attention without mask", [Left, Right], (_, o) => o.Attention(
            o.Input(Left), o.Transpose(o.Input(Right)), o.Transpose(o.Input(Right)), null, 2)),
        new("Convolution 3, circular", [Grid], (n, o) => o.Convolution(o.Input(Grid), o.Parameter(n.Kernel3), o.Parameter(n.Scale), 1, true)),
        new("Convolution 3, zeros", [Grid], (n, o) => o.Convolution(o.Input(Grid), o.Parameter(n.Kernel3), null, 1, false)),
        new("Convolution 3, circular, stride 2", [Grid], (n, o) => o.Convolution(o.Input(Grid), o.Parameter(n.Kernel3), null, 2, true)),
        new("Convolution 3, zeros, stride 2", [Grid], (n, o) => o.Convolution(o.Input(Grid), o.Parameter(n.Kernel3), o.Parameter(n.Scale), 2, false)),
        new("Convolution 2, stride 2", [Grid], (n, o) => o.Convolution(o.Input(Grid), o.Parameter(n.Kernel2), o.Parameter(n.Scale), 2, true)),
        new("Convolution 1", [Grid], (n, o) => o.Convolution(o.Input(Grid), o.Parameter(n.Kernel1), o.Parameter(n.Scale), 1, true)),
        new("Convolution 5, circular", [Grid], (n, o) => o.Convolution(o.Input(Grid), o.Parameter(n.Kernel5), null, 1, true)),
        new("AveragePool", [Grid], (_, o) => o.AveragePool(o.Input(Grid), 2)),
        new("AveragePool with a rest", [Grid], (_, o) => o.AveragePool(o.Input(Grid), 4)),
    ];

    private static ModelInput Rows => OperationInputs.Rows;

    private static ModelInput Row => OperationInputs.Row;

    private static ModelInput Left => OperationInputs.Left;

    private static ModelInput Right => OperationInputs.Right;

    private static ModelInput Grid => OperationInputs.Grid;

    private static ModelInput Place => OperationInputs.Place;

    private static ModelInput Segment => ModelInput.CrystalIndex;

    private static ModelInput Lattices => ModelInput.Lattices;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static TensorValue Padded(TensorOperations o) => o.Pad(o.Input(Rows), o.Input(Segment), o.Input(Lattices));

    private static TensorValue Mask(TensorOperations o) => o.PadMask(o.Input(Segment), o.Input(Lattices));
}
