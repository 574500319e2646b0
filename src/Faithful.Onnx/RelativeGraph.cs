using System.Numerics;
using Faithful.Models.Trees;
using Faithful.Onnx.Format;
using static Faithful.Onnx.OnnxGraphBuilder;

namespace Faithful.Onnx;

/// <summary>
/// A <see cref="RelativeTable"/> as a part of a graph: keys by a product of matrices, whose whole numbers are exact in float64 in any order
/// of summation, a binary search for all crystals and degrees at once, and the counts that it finds.
/// </summary>
/// <remarks>Letters: B crystals, C columns that keys depend on, T degrees, E keys of the table, K classes.</remarks>
internal static class RelativeGraph
{
    /// <summary>Adds the columns that a table answers.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="table">The table.</param>
    /// <param name="descriptors">The descriptors as they come in, float32, NaN where one does not exist; shape (B, columns of the set).</param>
    /// <returns>The name of the columns, float32; shape (B, T · (K + 1)).</returns>
    public static string Add(OnnxGraphBuilder graph, RelativeTable table, string descriptors)
    {
        string keys = AddKeys(graph, table.Keys, descriptors);
        string found = AddSearch(graph, table, keys);
        return AddAnswers(graph, table, found);
    }

    private static string AddKeys(OnnxGraphBuilder graph, RelativeKeys keys, string descriptors)
    {
        long[] columns = [.. keys.Columns.Select(column => (long)column)];
        string values = graph.AddNode("Gather", [descriptors, graph.AddInitializer("relative_columns", [columns.Length], columns)], Integer("axis", 1)); // (B, C)
        string zero = graph.AddInitializer("relative_zero", [], [0f]);
        values = graph.AddNode("Where", [graph.AddNode("IsNaN", [values]), zero, values]);
        values = graph.AddNode("Clip", [values, zero, graph.AddInitializer("relative_largest_number", [], [(float)RelativeKeys.LargestNumber])]);
        string numbers = Cast(graph, graph.AddNode("Round", [values]), TensorProto.Types.DataType.Double);
        double[] multipliers = [.. Enumerable.Range(0, columns.Length).SelectMany(column => Enumerable.Range(0, keys.Count).Select(degree => keys.Multiplier(degree, column)))];
        string sums = graph.AddNode("MatMul", [numbers, graph.AddInitializer("relative_multipliers", [columns.Length, keys.Count], multipliers)]); // (B, T)
        double[] offsets = [.. Enumerable.Range(0, keys.Count).Select(RelativeKeys.Offset)];
        return graph.AddNode("Add", [sums, graph.AddInitializer("relative_offsets", [keys.Count], offsets)]);
    }

    /// <summary>The place of each key in the table, from 1; 0 for a key that does not occur. Shape (B, T).</summary>
    private static string AddSearch(OnnxGraphBuilder graph, RelativeTable table, string keys)
    {
        // Between a number below all keys and one above: the last entry that is not greater than the key lies in front of the end.
        double[] entries = [-1, .. table.Entries, double.MaxValue];
        string sorted = graph.AddInitializer("relative_keys", [entries.Length], entries);
        string end = graph.AddInitializer("relative_end", [], [entries.Length - 1L]);
        string none = graph.AddInitializer("relative_none", [], [0L]);
        string place = none;
        for (long step = (long)BitOperations.RoundUpToPowerOf2((ulong)entries.Length) / 2; step > 0; step /= 2)
        {
            string next = graph.AddNode("Min", [graph.AddNode("Add", [place, graph.AddInitializer($"relative_step_{step}", [], [step])]), end]);
            string isNotGreater = graph.AddNode("LessOrEqual", [graph.AddNode("Gather", [sorted, next]), keys]);
            place = graph.AddNode("Where", [isNotGreater, next, place]);
        }

        string isFound = graph.AddNode("Equal", [graph.AddNode("Gather", [sorted, place]), keys]);
        return graph.AddNode("Where", [isFound, place, none]);
    }

    private static string AddAnswers(OnnxGraphBuilder graph, RelativeTable table, string found)
    {
        float[] counts = [.. new float[table.Classes], .. table.Counts.Select(count => (float)count)]; // at place 0 no relatives
        string all = graph.AddInitializer("relative_counts", [table.Entries.Length + 1, table.Classes], counts);
        string classes = Cast(graph, graph.AddNode("Gather", [all, found]), TensorProto.Types.DataType.Double); // (B, T, K)
        string number = graph.AddNode("ReduceSum", [classes, graph.AddInitializer("class_axis", [1], [2L])], Integer("keepdims", 1)); // (B, T, 1)
        double[] prior = [.. table.Shares.Select(share => RelativeTable.Smoothing * share)];
        string shares = graph.AddNode("Div",
        [
            graph.AddNode("Add", [classes, graph.AddInitializer("relative_prior", [table.Classes], prior)]),
            graph.AddNode("Add", [number, graph.AddInitializer("relative_smoothing", [], [RelativeTable.Smoothing])]),
        ]);
        string answers = Cast(graph, graph.AddNode("Concat", [shares, number], Integer("axis", 2)), TensorProto.Types.DataType.Float); // (B, T, K + 1)
        return graph.AddNode("Reshape", [answers, graph.AddInitializer("relative_width", [2], [0L, table.Width])]); // (B, T · (K + 1))
    }

    private static string Cast(OnnxGraphBuilder graph, string value, TensorProto.Types.DataType type) =>
        graph.AddNode("Cast", [value], Integer("to", (long)type));
}
