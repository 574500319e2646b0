namespace Microsoft.ML.Data;

/// <summary>Makes columns independently of each other.</summary>
internal sealed class ColumnMapper(params MappedColumn[] columns) : IRowMapper
{
    public DataViewSchema.DetachedColumn[] GetOutputColumns() => Array.ConvertAll(columns, column => column.Output);

    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
    {
        var needed = columns.Where((_, index) => activeOutput(index)).SelectMany(column => column.Inputs).ToHashSet();
        return needed.Contains;
    }

    public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput) =>
        [.. columns.Select((column, index) => activeOutput(index) ? column.CreateGetter(input) : null)];
}
