using System.Runtime.InteropServices;
using Faithful.Models;
using Faithful.Onnx.Format;
using Google.Protobuf;

namespace Faithful.Onnx;

/// <summary>Builds one ONNX graph: nodes, initializers, inputs and outputs, with names that are unique and stable.</summary>
internal sealed class OnnxGraphBuilder
{
    /// <summary>The version of the default operator set that graphs use.</summary>
    public const int OperatorSet = 18;

    /// <summary>The operator set of classical machine learning, trees among it.</summary>
    public const string LearningDomain = "ai.onnx.ml";

    /// <summary>The version of that operator set; graphs name it where they use it.</summary>
    public const int LearningOperatorSet = 3;

    /// <summary>The version of the file format.</summary>
    public const int IrVersion = 9;

    private readonly GraphProto _graph = new() { Name = "faithful" };
    private readonly Dictionary<string, int> _counters = [];
    private readonly HashSet<string> _initializers = [];

    /// <summary>Declares a graph input of the model contract.</summary>
    public string AddInput(ModelInput input)
    {
        _graph.Input.Add(Describe(
            input.Name,
            input.IsInteger ? TensorProto.Types.DataType.Int64 : TensorProto.Types.DataType.Float,
            [input.Rows.ToString().ToLowerInvariant(), .. input.RowShape.Select(size => (object)(long)size)],
            input.Meaning));
        return input.Name;
    }

    /// <summary>Declares a graph output; a dimension is a number (long) or a name (string).</summary>
    public void AddOutput(string name, IReadOnlyList<object> shape, string meaning) =>
        _graph.Output.Add(Describe(name, TensorProto.Types.DataType.Float, shape, meaning));

    /// <summary>Adds a float32 table once; asking again for the same name gives the same value.</summary>
    public string AddInitializer(string name, IEnumerable<long> shape, ReadOnlySpan<float> values)
    {
        if (_initializers.Add(name))
        {
            AddTensor(name, TensorProto.Types.DataType.Float, shape, MemoryMarshal.AsBytes(values));
        }

        return name;
    }

    /// <summary>Adds a float16 table once; asking again for the same name gives the same value.</summary>
    public string AddInitializer(string name, IEnumerable<long> shape, ReadOnlySpan<Half> values)
    {
        if (_initializers.Add(name))
        {
            AddTensor(name, TensorProto.Types.DataType.Float16, shape, MemoryMarshal.AsBytes(values));
        }

        return name;
    }

    /// <summary>Adds an int64 table once; asking again for the same name gives the same value.</summary>
    public string AddInitializer(string name, IEnumerable<long> shape, ReadOnlySpan<long> values)
    {
        if (_initializers.Add(name))
        {
            AddTensor(name, TensorProto.Types.DataType.Int64, shape, MemoryMarshal.AsBytes(values));
        }

        return name;
    }

    /// <summary>Adds a float64 table once; asking again for the same name gives the same value.</summary>
    public string AddInitializer(string name, IEnumerable<long> shape, ReadOnlySpan<double> values)
    {
        if (_initializers.Add(name))
        {
            AddTensor(name, TensorProto.Types.DataType.Double, shape, MemoryMarshal.AsBytes(values));
        }

        return name;
    }

    /// <summary>Adds a node with one output and gives the output's name.</summary>
    public string AddNode(string operation, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes)
    {
        int number = _counters[operation] = _counters.GetValueOrDefault(operation) + 1;
        return AddNamedNode($"{operation}_{number}", operation, inputs, attributes);
    }

    /// <summary>Adds a node whose output has a given name.</summary>
    public string AddNamedNode(string output, string operation, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return output;
    }

    /// <summary>Adds a node of the operator set of classical machine learning, with one output, and gives the output's name.</summary>
    public string AddLearningNode(string operation, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes)
    {
        string output = AddNode(operation, inputs, attributes);
        _graph.Node[^1].Domain = LearningDomain;
        return output;
    }

    /// <summary>Finishes the model.</summary>
    public ModelProto Build(string description, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "Faithful",
            ProducerVersion = typeof(OnnxGraphBuilder).Assembly.GetName().Version!.ToString(3),
            Graph = _graph,
            DocString = description,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        if (_graph.Node.Any(node => node.Domain == LearningDomain))
        {
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = LearningDomain, Version = LearningOperatorSet });
        }

        foreach ((string key, string value) in metadata)
        {
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        }

        OnnxStructure.Check(model);
        return model;
    }

    public static AttributeProto Integer(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Integers(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    public static AttributeProto Float(string name, float value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Texts(string name, IEnumerable<ByteString> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Strings };
        attribute.Strings.AddRange(values);
        return attribute;
    }

    /// <summary>A list of float64 numbers, which attributes can hold as a tensor only.</summary>
    public static AttributeProto Doubles(string name, ReadOnlySpan<double> values) => new()
    {
        Name = name,
        Type = AttributeProto.Types.AttributeType.Tensor,
        T = Table(name, TensorProto.Types.DataType.Double, [values.Length], MemoryMarshal.AsBytes(values)),
    };

    private void AddTensor(string name, TensorProto.Types.DataType type, IEnumerable<long> shape, ReadOnlySpan<byte> bytes) =>
        _graph.Initializer.Add(Table(name, type, shape, bytes));

    private static TensorProto Table(string name, TensorProto.Types.DataType type, IEnumerable<long> shape, ReadOnlySpan<byte> bytes)
    {
        var tensor = new TensorProto { Name = name, DataType = type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape);
        return tensor;
    }

    private static ValueInfoProto Describe(string name, TensorProto.Types.DataType type, IReadOnlyList<object> shape, string meaning)
    {
        var dimensions = new TensorShapeProto();
        foreach (object size in shape)
        {
            dimensions.Dim.Add(size is long number
                ? new TensorShapeProto.Types.Dimension { DimValue = number }
                : new TensorShapeProto.Types.Dimension { DimParam = (string)size });
        }

        return new ValueInfoProto
        {
            Name = name,
            DocString = meaning,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = dimensions } },
        };
    }
}
