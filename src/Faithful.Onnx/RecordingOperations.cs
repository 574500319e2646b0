using System.Globalization;
using Faithful.Models;
using Faithful.Networks.Operations;
using Faithful.Onnx.Format;
using static Faithful.Onnx.OnnxGraphBuilder;

namespace Faithful.Onnx;

/// <summary>
/// The interpreter that writes: every operation adds nodes to an ONNX graph. It sees the forward pass of a network exactly as
/// the eager interpreter does, so no network has an export method of its own.
/// </summary>
internal sealed class RecordingOperations : TensorOperations
{
    private readonly OnnxGraphBuilder _graph;
    private readonly Dictionary<string, RecordedTensor> _inputs;
    private readonly float[][] _parameters;
    private readonly Dictionary<string, string> _rowsOfSegments = [];

    public RecordingOperations(OnnxGraphBuilder graph, ParameterLayout layout, IEnumerable<ModelInput> inputs, float[] values)
    {
        _graph = graph;
        _inputs = inputs.ToDictionary(input => input.Name, input => new RecordedTensor(this, graph.AddInput(input)));
        _parameters = new float[layout.Parameters.Count][];
        int offset = 0;
        foreach (ParameterReference parameter in layout.Parameters)
        {
            int count = checked((int)parameter.Count);
            _parameters[parameter.Index] = values[offset..(offset + count)];
            offset += count;
        }
    }

    public override TensorValue Input(ModelInput input) => _inputs.TryGetValue(input.Name, out RecordedTensor? value)
        ? value
        : throw new InvalidOperationException($"the network reads the input '{input.Name}' without declaring it");

    public override TensorValue Parameter(ParameterReference parameter) =>
        Wrap(_graph.AddInitializer(parameter.Name, parameter.Shape, _parameters[parameter.Index]));

    public override TensorValue Constant(ConstantReference constant) =>
        Wrap(_graph.AddInitializer(constant.Name, constant.Shape, constant.Values.AsSpan()));

    public override TensorValue Add(TensorValue left, TensorValue right) => Node("Add", left, right);

    public override TensorValue Add(TensorValue value, double number) => Wrap(_graph.AddNode("Add", [Name(value), Number(number)]));

    public override TensorValue Subtract(TensorValue left, TensorValue right) => Node("Sub", left, right);

    public override TensorValue Multiply(TensorValue left, TensorValue right) => Node("Mul", left, right);

    public override TensorValue Multiply(TensorValue value, double number) => Wrap(_graph.AddNode("Mul", [Name(value), Number(number)]));

    public override TensorValue Divide(TensorValue left, TensorValue right) => Node("Div", left, right);

    public override TensorValue Linear(TensorValue value, TensorValue weight, TensorValue? bias) => Wrap(_graph.AddNode(
        "Gemm", bias is null ? [Name(value), Name(weight)] : [Name(value), Name(weight), Name(bias)], Integer("transB", 1)));

    public override TensorValue LayerNormalization(TensorValue value, TensorValue scale, TensorValue shift) => Wrap(_graph.AddNode(
        "LayerNormalization", [Name(value), Name(scale), Name(shift)], Integer("axis", -1), Float("epsilon", 1e-5f)));

    public override TensorValue Sigmoid(TensorValue value) => Node("Sigmoid", value);

    public override TensorValue Silu(TensorValue value) => Node("Mul", value, Node("Sigmoid", value));

    public override TensorValue Sine(TensorValue value) => Node("Sin", value);

    public override TensorValue Cosine(TensorValue value) => Node("Cos", value);

    public override TensorValue Exponential(TensorValue value) => Node("Exp", value);

    public override TensorValue Logarithm(TensorValue value) => Node("Log", value);

    public override TensorValue SquareRoot(TensorValue value) => Node("Sqrt", value);

    public override TensorValue Floor(TensorValue value) => Node("Floor", value);

    public override TensorValue ToFloat(TensorValue value) =>
        Wrap(_graph.AddNode("Cast", [Name(value)], Integer("to", (long)TensorProto.Types.DataType.Float)));

    public override TensorValue Gather(TensorValue table, TensorValue index) =>
        Wrap(_graph.AddNode("Gather", [Name(table), Name(index)], Integer("axis", 0)));

    /// <inheritdoc/>
    /// <remarks>
    /// The rows of a segment lie together, so they are gathered side by side, (segments, longest, width), and added along that
    /// axis. ScatterND with a sum would be shorter, but ONNX Runtime's adds from several threads without a lock and loses rows
    /// (microsoft/onnxruntime issues 18048 and 23396); ScatterElements is right but took two thirds of the time of a CGNN.
    /// </remarks>
    public override TensorValue SegmentSum(TensorValue value, TensorValue segment, TensorValue segments)
    {
        string width = _graph.AddNode("Shape", [Name(value)], Integer("start", 1), Integer("end", 2));
        string rowShape = _graph.AddNode("Concat", [Integers("one", [1], 1), width], Integer("axis", 0));
        string zeros = _graph.AddNode("ConstantOfShape", [rowShape]);
        string withZeros = _graph.AddNode("Concat", [Name(value), zeros], Integer("axis", 0));
        string gathered = _graph.AddNode("Gather", [withZeros, RowsOfSegments(Name(segment), Name(segments))], Integer("axis", 0));
        return Wrap(_graph.AddNode("ReduceSum", [gathered, Axis(1)], Integer("keepdims", 0)));
    }

    public override TensorValue Concatenate(params IReadOnlyList<TensorValue> values) =>
        Wrap(_graph.AddNode("Concat", values.Select(Name), Integer("axis", -1)));

    public override TensorValue Columns(TensorValue value, int start, int count) =>
        Wrap(_graph.AddNode("Slice", [Name(value), Axis(start), Axis(start + count), Axis(1)]));

    public override TensorValue MatrixRow(TensorValue value, int row) => Wrap(_graph.AddNode(
        "Gather", [Name(value), _graph.AddInitializer($"row.{row}", [], [(long)row])], Integer("axis", 1)));

    public override TensorValue RowTimesMatrix(TensorValue vectors, TensorValue matrices)
    {
        string column = _graph.AddNode("Unsqueeze", [Name(vectors), Axis(2)]);
        string products = _graph.AddNode("Mul", [column, Name(matrices)]);
        return Wrap(_graph.AddNode("ReduceSum", [products, Axis(1)], Integer("keepdims", 0)));
    }

    public override TensorValue SumColumns(TensorValue value) =>
        Wrap(_graph.AddNode("ReduceSum", [Name(value), Axis(1)], Integer("keepdims", 1)));

    public override TensorValue Softmax(TensorValue value) => Wrap(_graph.AddNode("Softmax", [Name(value)], Integer("axis", -1)));

    public override TensorValue DropLastAxis(TensorValue value) => Wrap(_graph.AddNode("Squeeze", [Name(value), Axis(-1)]));

    /// <summary>Gives a value the name of a graph output.</summary>
    public void NameOutput(TensorValue value, string name) => _graph.AddNamedNode(name, "Identity", [Name(value)]);

    /// <summary>
    /// Gets the table (segments, longest) of the row numbers of each segment; where a segment has fewer rows than the longest,
    /// the number that follows the last row stands. Made once for each tensor that says which segment a row is in.
    /// </summary>
    private string RowsOfSegments(string segment, string segments)
    {
        if (_rowsOfSegments.TryGetValue(segment, out string? known))
        {
            return known;
        }

        string rows = _graph.AddNode("Shape", [segment]); // (1)
        string ones = _graph.AddNode("Expand", [Integers("one", [1], 1), rows]);
        string noRows = _graph.AddNode(
            "Expand", [Integers("zero", [1], 0), _graph.AddNode("Shape", [segments], Integer("start", 0), Integer("end", 1))]);
        string counts = _graph.AddNode("ScatterElements", [noRows, segment, ones], Integer("axis", 0), Text("reduction", "add"));
        string starts = _graph.AddNode("Sub", [_graph.AddNode("CumSum", [counts, Integers("first", [], 0)]), counts]);
        string longest = _graph.AddNode( // at least 1, so that a batch without any edge still has an axis to add along
            "Max", [_graph.AddNode("ReduceMax", [counts], Integer("keepdims", 0)), Integers("step", [], 1)]);
        string places = _graph.AddNode("Range", [Integers("first", [], 0), longest, Integers("step", [], 1)]); // (longest)
        string isRow = _graph.AddNode("Less", [places, _graph.AddNode("Unsqueeze", [counts, Axis(1)])]); // (segments, longest)
        string row = _graph.AddNode("Add", [places, _graph.AddNode("Unsqueeze", [starts, Axis(1)])]);
        return _rowsOfSegments[segment] = _graph.AddNode("Where", [isRow, row, rows]);
    }

    private string Integers(string name, IEnumerable<long> shape, long value) => _graph.AddInitializer($"integer.{name}", shape, [value]);

    private static string Name(TensorValue value) => ((RecordedTensor)value).Name;

    private string Axis(long axis) =>
        _graph.AddInitializer($"axis.{axis.ToString(CultureInfo.InvariantCulture)}", [1], [axis]);

    private string Number(double number)
    {
        float rounded = (float)number;
        return _graph.AddInitializer($"number.{rounded.ToString("R", CultureInfo.InvariantCulture)}", [], [rounded]);
    }

    private RecordedTensor Node(string operation, params IEnumerable<TensorValue> inputs) =>
        Wrap(_graph.AddNode(operation, inputs.Select(Name)));

    private RecordedTensor Wrap(string name) => new(this, name);
}
