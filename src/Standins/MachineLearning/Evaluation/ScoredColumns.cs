namespace Microsoft.ML.Data;

/// <summary>Finds and checks the columns that an evaluation reads.</summary>
internal static class ScoredColumns
{
    public static DataViewSchema.Column Find(IDataView data, string role, string name, string parameter)
    {
        Contracts.CheckNonEmpty(name, parameter);
        var column = data.Schema.GetColumnOrNull(name);
        Contracts.CheckParam(column is not null, "schema", $"{role} column '{name}' not found");
        return column.Value;
    }

    public static void Check(DataViewSchema.Column column, string role, bool fits, string expected)
    {
        if (!fits)
        {
            throw Contracts.SchemaMismatch("schema", role, column.Name, expected, column.Type.ToString());
        }
    }

    /// <summary>Text annotations of a vector, or null where there are none of the kind.</summary>
    public static string[] NamesOrNull(DataViewSchema.Column column, string kind)
    {
        if (column.Annotations.Schema.GetColumnOrNull(kind)?.Type is not VectorDataViewType { IsKnownSize: true, ItemType: TextDataViewType })
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(kind, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
