using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>Maps single rows, as prediction engines ask for them.</summary>
/// <typeparam name="TResult">The result of a row.</typeparam>
/// <param name="mapping">The mapping, which leaves no rows out.</param>
/// <param name="input">The schema of the rows.</param>
internal sealed class CrystalRowMapper<TResult>(ICrystalMapping<TResult> mapping, DataViewSchema input) : IRowToRowMapper
    where TResult : class
{
    private readonly AddedColumns<TResult> _columns = new(mapping, input);

    public DataViewSchema InputSchema => _columns.InputSchema;

    public DataViewSchema OutputSchema => _columns.Schema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        bool[] active = _columns.Active(dependingColumns);
        return _columns.Needed(active, _columns.WantsResults(active));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Schema == InputSchema
            ? new Row(input, mapping, _columns, _columns.Active(activeColumns))
            : throw new ArgumentException("The row has another schema than the mapper was made for.", nameof(input));
    }

    private sealed class Row : DataViewRow
    {
        private readonly DataViewRow _input;
        private readonly AddedColumns<TResult> _columns;
        private readonly bool[] _active;
        private readonly Delegate?[] _getters;

        public Row(DataViewRow input, ICrystalMapping<TResult> mapping, AddedColumns<TResult> columns, bool[] active)
        {
            (_input, _columns, _active) = (input, columns, active);
            if (!columns.WantsResults(active))
            {
                _getters = columns.Getters(active, NothingAsked);
                return;
            }

            Func<CrystalRow> read = mapping.Inputs.Reader(input);
            (long Position, TResult? Result) last = (-1, null);
            _getters = columns.Getters(active, () =>
            {
                // A row is mapped once for all its columns; its position tells it from the one before.
                if (last.Result is null || last.Position != input.Position)
                {
                    last = (input.Position, mapping.Map([read()], wantsResults: true)[0]);
                }

                return last.Result!;
            });
        }

        public override DataViewSchema Schema => _columns.Schema;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[_columns.Checked(column)];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            int added = _columns.Checked(column) - _columns.InputSchema.Count;
            return added < 0
                ? _input.GetGetter<TValue>(_columns.InputSchema[column.Index])
                : TypedGetter.Of<TValue>(_getters[added], column);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _input.Dispose();
            }

            base.Dispose(disposing);
        }

        private static TResult NothingAsked() => throw new InvalidOperationException("No added column is active.");
    }
}
