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
            Contracts.Check(column.Index < active.Length,
                $"Column {column.Index} '{column.Name}' is asked for, but the schema has {schema.Count} columns.");
            active[column.Index] = true;
        }

        return active;
    }

    /// <summary>The getter under its type; throws as every cursor of the package does where that is not the column's.</summary>
    public static ValueGetter<TValue> Typed<TValue>(Delegate getter, DataViewSchema.Column column)
    {
        Contracts.CheckParam(getter is not null, nameof(column), $"Column '{column.Name}' was not asked for when the cursor was opened.");
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException(
                $"Column '{column.Name}' holds {getter.GetType().GetGenericArguments()[0]}, but a getter of {typeof(TValue)} is asked for.");
    }
}
