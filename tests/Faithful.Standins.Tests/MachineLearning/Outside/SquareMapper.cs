using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.Outside;

/// <summary>The input's columns, and one more at the end.</summary>
internal sealed class SquareMapper : IRowToRowMapper
{
    private readonly DataViewSchema.Column source;

    public SquareMapper(DataViewSchema inputSchema, string output, string input)
    {
        source = inputSchema.GetColumnOrNull(input)
            ?? throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Could not find input column '{input}'");
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        builder.AddColumn(output, NumberDataViewType.Single);
        InputSchema = inputSchema;
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        HashSet<int> asked = [.. dependingColumns.Select(column => column.Index)];
        bool isSquared = asked.Contains(InputSchema.Count);
        return [.. InputSchema.Where(column => asked.Contains(column.Index) || (isSquared && column.Index == source.Index))];
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new SquareRow(input, this, activeColumns);

    public ValueGetter<float> Squared(DataViewRow input)
    {
        ValueGetter<float> get = input.GetGetter<float>(input.Schema[source.Index]);
        return (ref float value) =>
        {
            get(ref value);
            value *= value;
        };
    }
}
