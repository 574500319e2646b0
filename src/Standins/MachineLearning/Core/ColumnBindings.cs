namespace Microsoft.ML.Data;

/// <summary>
/// The schema that columns added to an input make: one of a name that the input has stands right after that column and hides it,
/// the others stand at the end.
/// </summary>
internal sealed class ColumnBindings
{
    // For each column of the schema its index in the input, or the complement of its index among the added.
    private readonly int[] sourceOf;
    private readonly int[] indexOfAdded;

    public ColumnBindings(DataViewSchema input, DataViewSchema.DetachedColumn[] added)
    {
        InputSchema = input;
        var sources = Enumerable.Range(0, input.Count).ToList();
        string Name(int source) => source >= 0 ? input[source].Name : added[~source].Name;
        for (var i = 0; i < added.Length; i++)
        {
            var last = sources.FindLastIndex(source => Name(source) == added[i].Name);
            sources.Insert(last < 0 ? sources.Count : last + 1, ~i);
        }

        sourceOf = [.. sources];
        indexOfAdded = [.. Enumerable.Range(0, added.Length).Select(i => sources.IndexOf(~i))];
        Schema = DataViewSchema.Of(sources.Select(source => source >= 0 ? new DataViewSchema.DetachedColumn(input[source]) : added[~source]));
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema Schema { get; }

    public bool IsAdded(int column, out int index)
    {
        var source = sourceOf[column];
        index = source >= 0 ? source : ~source;
        return source < 0;
    }

    public int IndexOfAdded(int added) => indexOfAdded[added];

    /// <summary>Flags, a column of the schema each.</summary>
    public bool[] Active(IEnumerable<DataViewSchema.Column> columns) => ActiveColumns.Of(columns, Schema);

    /// <summary>The input columns that pass through, and those that the active added ones are made from.</summary>
    public IEnumerable<DataViewSchema.Column> InputsOf(bool[] active, IRowMapper mapper)
    {
        var isNeeded = mapper.GetDependencies(added => active[indexOfAdded[added]]);
        var passes = new bool[InputSchema.Count];
        for (var column = 0; column < active.Length; column++)
        {
            if (active[column] && sourceOf[column] >= 0)
            {
                passes[sourceOf[column]] = true;
            }
        }

        return [.. InputSchema.Where(column => passes[column.Index] || isNeeded(column.Index))];
    }
}
