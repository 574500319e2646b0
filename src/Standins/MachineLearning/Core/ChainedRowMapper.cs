namespace Microsoft.ML.Data;

/// <summary>Row mappers one after another.</summary>
internal sealed class ChainedRowMapper(DataViewSchema inputSchema, IReadOnlyList<IRowToRowMapper> mappers) : IRowToRowMapper
{
    public DataViewSchema InputSchema { get; } = inputSchema;

    public DataViewSchema OutputSchema { get; } = mappers.Count == 0 ? inputSchema : mappers[^1].OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckValue(activeColumns, nameof(activeColumns));
        Contracts.Check(input.Schema == InputSchema, "The row is of another schema than the mapper was made for.");
        var active = new IEnumerable<DataViewSchema.Column>[mappers.Count];
        var columns = activeColumns;
        for (var i = mappers.Count - 1; i >= 0; i--)
        {
            active[i] = columns;
            columns = mappers[i].GetDependencies(columns);
        }

        var row = input;
        for (var i = 0; i < mappers.Count; i++)
        {
            row = mappers[i].GetRow(row, active[i]);
        }

        return row;
    }
}
