using Faithful.Onnx.Format;

namespace Faithful.Onnx;

/// <summary>
/// A structural check of a model that needs no other program: names are unique, every value is defined before it is used,
/// tables have as many bytes as their shape says, operator sets are imported, and outputs exist.
/// </summary>
internal static class OnnxStructure
{
    /// <summary>Throws when the model is not well formed.</summary>
    /// <exception cref="InvalidOperationException">The exporter made a mistake; the message names the value.</exception>
    public static void Check(ModelProto model)
    {
        Require(model.IrVersion == OnnxGraphBuilder.IrVersion, $"the version of the format is {model.IrVersion}");
        HashSet<string> defined = [];
        foreach (string name in model.Graph.Input.Select(input => input.Name).Concat(model.Graph.Initializer.Select(table => table.Name)))
        {
            Require(defined.Add(name), $"'{name}' is defined twice");
        }

        foreach (TensorProto table in model.Graph.Initializer)
        {
            CheckTable(table);
        }

        foreach (NodeProto node in model.Graph.Node)
        {
            Require(
                model.OpsetImport.Any(import => import.Domain == node.Domain), $"node '{node.Name}' is of the operator set '{node.Domain}', which is not imported");
            foreach (AttributeProto attribute in node.Attribute.Where(attribute => attribute.Type == AttributeProto.Types.AttributeType.Tensor))
            {
                CheckTable(attribute.T);
            }

            foreach (string input in node.Input)
            {
                Require(input.Length == 0 || defined.Contains(input), $"node '{node.Name}' uses '{input}' before it is defined");
            }

            foreach (string output in node.Output)
            {
                Require(defined.Add(output), $"'{output}' is defined twice");
            }
        }

        foreach (ValueInfoProto output in model.Graph.Output)
        {
            Require(defined.Contains(output.Name), $"output '{output.Name}' is never computed");
        }
    }

    /// <summary>Throws when a model that is to be portable is not: a reduction while scattering, another operator set than the default one, or float64.</summary>
    /// <exception cref="InvalidOperationException">The exporter made a mistake; the message names the node.</exception>
    public static void CheckPortable(ModelProto model)
    {
        foreach (NodeProto node in model.Graph.Node)
        {
            Require(node.Domain.Length == 0, $"node '{node.Name}' is of the operator set '{node.Domain}', which is not portable");
            bool scatters = node.OpType.StartsWith("Scatter", StringComparison.Ordinal);
            Require(!scatters || node.Attribute.All(attribute => attribute.Name != "reduction"), $"node '{node.Name}' reduces while it scatters");
            Require(
                node.OpType != "Cast" || node.Attribute.All(attribute => attribute.I != (long)TensorProto.Types.DataType.Double),
                $"node '{node.Name}' computes in float64");
        }

        Require(model.Graph.Initializer.All(table => table.DataType != TensorProto.Types.DataType.Double), "there is a table of float64");
    }

    private static void CheckTable(TensorProto table)
    {
        long count = table.Dims.Aggregate(1L, (product, size) => product * size);
        Require(Width(table.DataType) is int, $"'{table.Name}' is of the type {table.DataType}, which no exporter writes");
        Require(table.RawData.Length == Width(table.DataType) * count, $"'{table.Name}' has {table.RawData.Length} bytes for {count} values");
    }

    private static int? Width(TensorProto.Types.DataType type) => type switch
    {
        TensorProto.Types.DataType.Int64 or TensorProto.Types.DataType.Double => 8,
        TensorProto.Types.DataType.Float => 4,
        TensorProto.Types.DataType.Float16 => 2,
        _ => null,
    };

    private static void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"the exported graph is not well formed: {fault}");
        }
    }
}
