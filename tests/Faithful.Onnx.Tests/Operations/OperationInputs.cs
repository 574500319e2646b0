using Faithful.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;

namespace Faithful.Onnx.Tests.Operations;

/// <summary>Random inputs of operations: rows that belong to segments, and matrices and grids, one for each segment.</summary>
public sealed class OperationInputs
{
    public const int PlacesPerCrystal = 24;

    private readonly Dictionary<string, (Array Values, long[] Shape)> _values = [];

    public OperationInputs(int seed, params int[] rowsOfSegments)
    {
        var random = new Random(seed);
        int n = rowsOfSegments.Sum(), b = rowsOfSegments.Length;
        long[] segment = [.. rowsOfSegments.SelectMany((count, s) => Enumerable.Repeat((long)s, count))];
        Add(Rows, n);
        Add(Row, 1);
        Add(Left, b);
        Add(Right, b);
        Add(Grid, b);
        Add(ModelInput.Lattices, b);
        _values[ModelInput.CrystalIndex.Name] = (segment, [n]);
        _values[ModelInput.EdgeTarget.Name] = (segment, [n]);
        long[] place = [.. rowsOfSegments.SelectMany((count, s) => Enumerable.Range(0, count).Select(k => (long)(s * PlacesPerCrystal + PlacesPerCrystal - 1 - k)))];
        _values[Place.Name] = (place, [n]);

        void Add(ModelInput input, int rows)
        {
            long[] shape = [rows, .. input.RowShape.Select(size => (long)size)];
            var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)(4 * random.NextDouble() - 2);
            }

            _values[input.Name] = (values, shape);
        }
    }

    public static ModelInput Rows { get; } = new("rows", ModelInputRows.Atoms, [6], false, "rows of segments");

    public static ModelInput Row { get; } = new("row", ModelInputRows.Edges, [6], false, "one row");

    public static ModelInput Left { get; } = new("left", ModelInputRows.Crystals, [3, 4], false, "a matrix for each segment");

    public static ModelInput Right { get; } = new("right", ModelInputRows.Crystals, [4, 5], false, "a matrix for each segment");

    public static ModelInput Grid { get; } = new("grid", ModelInputRows.Crystals, [4, 6, 6, 6], false, "a grid for each segment");

    public static ModelInput Place { get; } = new("place", ModelInputRows.Atoms, [], true, "a place for each row");

    /// <summary>The inputs as TorchSharp tensors; float64 ones gather gradients.</summary>
    public Dictionary<string, torch.Tensor> ToTorch(torch.ScalarType precision = torch.ScalarType.Float32) => _values.ToDictionary(
        pair => pair.Key,
        pair => pair.Value.Values is long[] integers
            ? torch.tensor(integers, pair.Value.Shape)
            : torch.tensor((float[])pair.Value.Values, pair.Value.Shape, dtype: precision, requires_grad: precision == torch.ScalarType.Float64));

    /// <summary>Some inputs as ONNX Runtime takes them.</summary>
    public IReadOnlyCollection<NamedOnnxValue> ToOnnx(IEnumerable<ModelInput> inputs) =>
    [
        .. inputs.Select(input =>
        {
            (Array values, long[] shape) = _values[input.Name];
            int[] dimensions = [.. shape.Select(size => (int)size)];
            return values is long[] integers
                ? NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<long>(integers, dimensions))
                : NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<float>((float[])values, dimensions));
        }),
    ];
}
