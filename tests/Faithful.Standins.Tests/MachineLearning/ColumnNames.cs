using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>What schemas and their annotations say, as text.</summary>
internal static class ColumnNames
{
    public static string Types(DataViewSchema schema) =>
        string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}: {column.Type}"));

    public static string[] Slots(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    public static string[] Keys(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
