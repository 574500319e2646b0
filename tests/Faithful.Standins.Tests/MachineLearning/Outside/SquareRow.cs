using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.Outside;

/// <summary>A row made outside of the package.</summary>
internal sealed class SquareRow(DataViewRow input, SquareMapper mapper, IEnumerable<DataViewSchema.Column> active) : DataViewRow
{
    private readonly HashSet<int> activeColumns = [.. active.Select(column => column.Index)];

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => activeColumns.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        column.Index < mapper.InputSchema.Count
            ? input.GetGetter<TValue>(input.Schema[column.Index])
            : (ValueGetter<TValue>)(Delegate)mapper.Squared(input);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input.Dispose();
        }

        base.Dispose(disposing);
    }
}
