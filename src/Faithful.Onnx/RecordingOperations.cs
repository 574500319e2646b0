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
internal sealed partial class RecordingOperations : TensorOperations
{
    private readonly OnnxGraphBuilder _graph;
    private readonly Dictionary<string, RecordedTensor> _inputs;
    private readonly float[][] _parameters;
    private readonly WeightFormat _weights;
    private readonly bool _isPortable;
    private readonly Dictionary<int, RecordedTensor> _recordedParameters = [];

    public RecordingOperations(
        OnnxGraphBuilder graph, ParameterLayout layout, IEnumerable<ModelInput> inputs, float[] values, WeightFormat weights, bool portable)
    {
        _graph = graph;
        _weights = weights;
        _isPortable = portable;
        values = WeightRounding.Round(layout, values, weights);
        _inputs = inputs.ToDictionary(
            input => input.Name, input => Table(graph.AddInput(input), [ModelInput.Open, .. input.RowShape.Select(size => (long)size)]));
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

    public override TensorValue Parameter(ParameterReference parameter)
    {
        // One table and one Cast a parameter, however often the network asks for it.
        if (!_recordedParameters.TryGetValue(parameter.Index, out RecordedTensor? recorded))
        {
            recorded = _recordedParameters[parameter.Index] = Table(RecordParameter(parameter), parameter.Shape);
        }

        return recorded;
    }

    public override TensorValue Constant(ConstantReference constant) =>
        Table(_graph.AddInitializer(constant.Name, constant.Shape, constant.Values.AsSpan()), constant.Shape);

    public override TensorValue Add(TensorValue left, TensorValue right) => Node("Add", left, right);

    public override TensorValue Add(TensorValue value, double number) =>
        Wrap(_graph.AddNode("Add", [Name(value), Number(number)]), Rank(value));

    public override TensorValue Subtract(TensorValue left, TensorValue right) => Node("Sub", left, right);

    public override TensorValue Multiply(TensorValue left, TensorValue right) => Node("Mul", left, right);

    public override TensorValue Multiply(TensorValue value, double number) =>
        Wrap(_graph.AddNode("Mul", [Name(value), Number(number)]), Rank(value));

    public override TensorValue Divide(TensorValue left, TensorValue right) => Node("Div", left, right);

    public override TensorValue Linear(TensorValue value, TensorValue weight, TensorValue? bias)
    {
        if (Rank(value) == 2)
        {
            return Wrap(
                _graph.AddNode("Gemm", bias is null ? [Name(value), Name(weight)] : [Name(value), Name(weight), Name(bias)], Integer("transB", 1)),
                2);
        }

        RecordedTensor product = Wrap(
            _graph.AddNode("MatMul", [Name(value), _graph.AddNode("Transpose", [Name(weight)], Integers("perm", 1, 0))]), Rank(value));
        return bias is null ? product : Add(product, bias);
    }

    public override TensorValue LayerNormalization(TensorValue value, TensorValue scale, TensorValue shift) => Like(value, _graph.AddNode(
        "LayerNormalization", [Name(value), Name(scale), Name(shift)], Integer("axis", -1), Float("epsilon", 1e-5f)));

    public override TensorValue Sigmoid(TensorValue value) => Node("Sigmoid", value);

    public override TensorValue Silu(TensorValue value) => Node("Mul", value, Node("Sigmoid", value));

    public override TensorValue Rectify(TensorValue value) => Node("Relu", value);

    public override TensorValue LeakyRectify(TensorValue value, double slope) =>
        Like(value, _graph.AddNode("LeakyRelu", [Name(value)], Float("alpha", (float)slope)));

    public override TensorValue Absolute(TensorValue value) => Node("Abs", value);

    public override TensorValue Dropout(TensorValue value, double probability) => value;

    public override TensorValue Sine(TensorValue value) => Node("Sin", value);

    public override TensorValue Cosine(TensorValue value) => Node("Cos", value);

    public override TensorValue Exponential(TensorValue value) => Node("Exp", value);

    public override TensorValue Logarithm(TensorValue value) => Node("Log", value);

    public override TensorValue SquareRoot(TensorValue value) => Node("Sqrt", value);

    public override TensorValue Floor(TensorValue value) => Node("Floor", value);

    public override TensorValue ToFloat(TensorValue value) => Like(value, Cast(Name(value), TensorProto.Types.DataType.Float));

    public override TensorValue ToInteger(TensorValue value) => Like(value, Cast(Name(value), TensorProto.Types.DataType.Int64));

    public override TensorValue Gather(TensorValue table, TensorValue index)
    {
        string rows = _graph.AddNode("Gather", [Name(table), Name(index)], Integer("axis", 0));
        return Rank(index) == 1 && ((RecordedTensor)table).Shape is IReadOnlyList<long> shape
            ? Table(rows, [ModelInput.Open, .. shape.Skip(1)])
            : Wrap(rows, Rank(table) + Rank(index) - 1);
    }

    public override TensorValue Concatenate(params IReadOnlyList<TensorValue> values) =>
        Like(values[0], _graph.AddNode("Concat", values.Select(Name), Integer("axis", -1)));

    public override TensorValue Columns(TensorValue value, int start, int count) =>
        Like(value, _graph.AddNode("Slice", [Name(value), Axis(start), Axis(start + count), LastAxis(value)]));

    public override TensorValue MatrixRow(TensorValue value, int row) => Wrap(
        _graph.AddNode("Gather", [Name(value), _graph.AddInitializer($"row.{row}", [], [(long)row])], Integer("axis", 1)), Rank(value) - 1);

    /// <inheritdoc/>
    /// <remarks>
    /// Element by element: a matrix product may round its factors on a GPU, and lengths of edges would lose digits. Where the number of
    /// rows is known, they are added one by one: ONNX Runtime's ReduceSum takes 20 ns for each number along so short an axis. Rows and
    /// columns are gathered because several Slices of one array become a Split, which is twenty times slower there on a GPU.
    /// </remarks>
    public override TensorValue RowTimesMatrix(TensorValue vectors, TensorValue matrices)
    {
        if (((RecordedTensor)matrices).Shape is [_, > 0 and long rows, > 0])
        {
            return Enumerable.Range(0, (int)rows).Select(Term).Aggregate((sum, term) => sum + term);
        }

        string column = _graph.AddNode("Unsqueeze", [Name(vectors), Axis(2)]);
        string products = _graph.AddNode("Mul", [column, Name(matrices)]);
        return Wrap(_graph.AddNode("ReduceSum", [products, Axis(1)], Integer("keepdims", 0)), 2);

        TensorValue Term(int row) =>
            Wrap(_graph.AddNode("Gather", [Name(vectors), List($"column.{row}", row)], Integer("axis", 1)), 2) * MatrixRow(matrices, row);
    }

    public override TensorValue SumColumns(TensorValue value) =>
        Like(value, _graph.AddNode("ReduceSum", [Name(value), LastAxis(value)], Integer("keepdims", 1)));

    public override TensorValue MeanColumns(TensorValue value) =>
        Like(value, _graph.AddNode("ReduceMean", [Name(value), LastAxis(value)], Integer("keepdims", 1)));

    public override TensorValue SumRows(TensorValue value) =>
        Wrap(_graph.AddNode("ReduceSum", [Name(value), Axis(1)], Integer("keepdims", 0)), 2);

    public override TensorValue MaximumRows(TensorValue value) =>
        Wrap(_graph.AddNode("ReduceMax", [Name(value), Axis(1)], Integer("keepdims", 0)), 2);

    public override TensorValue CumulativeSum(TensorValue value) => Like(value, UpTo(Name(value), Rank(value)));

    public override TensorValue Softmax(TensorValue value) => Like(value, _graph.AddNode("Softmax", [Name(value)], Integer("axis", -1)));

    public override TensorValue DropLastAxis(TensorValue value) =>
        Wrap(_graph.AddNode("Squeeze", [Name(value), Axis(-1)]), Rank(value) - 1);

    /// <summary>Gives a value the name of a graph output.</summary>
    public void NameOutput(TensorValue value, string name) => _graph.AddNamedNode(name, "Identity", [Name(value)]);

    /// <summary>Stores a parameter in the format of the file; what the network computes with is float32 under the parameter's own name.</summary>
    private string RecordParameter(ParameterReference parameter)
    {
        float[] values = _parameters[parameter.Index];
        if (_weights == WeightFormat.Float32)
        {
            return _graph.AddInitializer(parameter.Name, parameter.Shape, values);
        }

        string stored = _graph.AddInitializer($"{parameter.Name}.float16", parameter.Shape, Array.ConvertAll(values, value => (Half)value));
        return _graph.AddNamedNode(parameter.Name, "Cast", [stored], Integer("to", (long)TensorProto.Types.DataType.Float));
    }

    private string Number(string name, long value) => _graph.AddInitializer($"integer.{name}", [], [value]);

    private string Cast(string value, TensorProto.Types.DataType type) => _graph.AddNode("Cast", [value], Integer("to", (long)type));

    private static string Name(TensorValue value) => ((RecordedTensor)value).Name;

    private string Axis(long axis) =>
        _graph.AddInitializer($"axis.{axis.ToString(CultureInfo.InvariantCulture)}", [1], [axis]);

    /// <summary>The last axis, counted from the front: ONNX Runtime 1.29 adds up the wrong axis of some graphs when told −1.</summary>
    private string LastAxis(TensorValue value) => Axis(Rank(value) - 1);

    private string Number(double number)
    {
        float rounded = (float)number;
        return _graph.AddInitializer($"number.{rounded.ToString("R", CultureInfo.InvariantCulture)}", [], [rounded]);
    }

    private static int Rank(TensorValue value) => ((RecordedTensor)value).Rank;

    /// <summary>An operation on elements; broadcasting gives the result the most axes that an input has.</summary>
    private RecordedTensor Node(string operation, params IReadOnlyList<TensorValue> inputs) =>
        Wrap(_graph.AddNode(operation, inputs.Select(Name)), inputs.Max(Rank));

    private RecordedTensor Wrap(string name, int rank) => new(this, name, rank);

    private RecordedTensor Like(TensorValue value, string name) => new(this, name, Rank(value));

    private RecordedTensor Table(string name, IReadOnlyList<long> shape) => new(this, name, shape.Count, shape);
}
