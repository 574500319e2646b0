namespace Microsoft.ML.Data;

/// <summary>Which columns of a schema are asked for.</summary>
internal static class ActiveColumns
{
    public static bool[] Of(IEnumerable<DataViewSchema.Column> columns, DataViewSchema schema)
    {
        Contracts.CheckValue(columns, nameof(columns));
        var active = new bool[schema.Count];
        foreach (var column in columns)
        {
            Contracts.Check(column.Index < active.Length, $"The requested column: {column} is not part of the schema, which has {schema.Count} columns.");
            active[column.Index] = true;
        }

        return active;
    }

    /// <summary>The getter under its type; throws as every cursor of the package does where that is not the column's.</summary>
    public static ValueGetter<TValue> Typed<TValue>(Delegate getter, DataViewSchema.Column column)
    {
        Contracts.CheckParam(getter is not null, nameof(column), $"requested column not active: {column.Name}");
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException(
                $"Invalid TValue in GetGetter for column #{column.Index} '{column.Name}': '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
    }
}
