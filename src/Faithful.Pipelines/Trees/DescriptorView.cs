using Faithful.Models.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>
/// Descriptors and one label a crystal as ML.NET's trainers read them: <c>Features</c> (a vector of Single with slot names),
/// <c>Label</c>, and <c>Weight</c> (Single) where crystals do not all count the same. A number stands for missing values, because
/// FastTree leaves rows with NaN out.
/// </summary>
/// <typeparam name="TLabel">The type of the label: bool or float.</typeparam>
internal sealed class DescriptorView<TLabel> : IDataView
{
    public const string Features = "Features";
    public const string Label = "Label";
    public const string Weight = "Weight";

    private readonly DescribedCrystals _crystals;
    private readonly Func<double, TLabel> _label;
    private readonly float _missingValue;
    private readonly Func<double, float>? _weight;
    private readonly RelativeColumns? _relatives;

    /// <summary>Views crystals.</summary>
    /// <param name="crystals">The crystals.</param>
    /// <param name="label">The label of a target.</param>
    /// <param name="missingValue">What stands for a missing value.</param>
    /// <param name="weight">The weight of a target; null where all count the same.</param>
    /// <param name="relatives">What stands behind the descriptors; null for nothing.</param>
    public DescriptorView(
        DescribedCrystals crystals, Func<double, TLabel> label, float missingValue, Func<double, float>? weight = null, RelativeColumns? relatives = null)
    {
        (_crystals, _label, _missingValue, _weight, _relatives) = (crystals, label, missingValue, weight, relatives);
        string[] names = [.. crystals.Descriptors.Names, .. relatives is null ? [] : RelativeTable.Names(relatives.Table.Classes)];
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(Features, new VectorDataViewType(NumberDataViewType.Single, names.Length), NameAnnotations.Slots(names));
        schema.AddColumn(Label, typeof(TLabel) == typeof(bool) ? BooleanDataViewType.Instance : NumberDataViewType.Single);
        if (weight is not null)
        {
            schema.AddColumn(Weight, NumberDataViewType.Single);
        }

        Schema = schema.ToSchema();
    }

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public long? GetRowCount() => _crystals.Rows.Count;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new bool[Schema.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
        {
            active[column.Index] = true;
        }

        return new Cursor(this, active);
    }

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DescriptorView<TLabel> view, bool[] active) : DataViewRowCursor
    {
        private int _row = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override bool MoveNext()
        {
            int rows = view._crystals.Rows.Count;
            _row = Math.Min(_row + 1, rows);
            return _row < rows;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Index switch
            {
                0 => (ValueGetter<VBuffer<float>>)GetFeatures,
                1 => (ValueGetter<TLabel>)((ref TLabel value) => value = view._label(view._crystals.Targets[_row])),
                _ => (ValueGetter<float>)((ref float value) => value = view._weight!(view._crystals.Targets[_row])),
            };
            return TypedGetter.Of<TValue>(active[column.Index] ? getter : null, column);
        }

        private void GetFeatures(ref VBuffer<float> value)
        {
            float[] row = view._crystals.Rows[_row];
            float[] relatives = view._relatives?.Training[_row] ?? [];
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, row.Length + relatives.Length);
            for (int column = 0; column < row.Length; column++)
            {
                editor.Values[column] = float.IsNaN(row[column]) ? view._missingValue : row[column];
            }

            relatives.CopyTo(editor.Values[row.Length..]);
            value = editor.Commit();
        }
    }
}
