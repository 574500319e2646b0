namespace Microsoft.ML.Data;

/// <summary>
/// Gives each row a number from 0 to 1, by which data is split: a random one, or one that rows of equal value in a column share.
/// </summary>
/// <remarks>
/// A key column is cut at its values in order, as ML.NET does; of other types the value is hashed. The hash and the random numbers
/// are not those of ML.NET, so the parts hold other rows than there. Rows whose key or number is missing are in no part.
/// </remarks>
internal sealed class RowFractions
{
    private readonly IDataView data;
    private readonly DataViewSchema.Column[] columns;
    private readonly Func<DataViewRowCursor, Func<double>> createReader;

    private RowFractions(IDataView data, DataViewSchema.Column[] columns, Func<DataViewRowCursor, Func<double>> createReader)
    {
        this.data = data;
        this.columns = columns;
        this.createReader = createReader;
    }

    public static RowFractions Of(IDataView data, string columnName, int? seed, LocalEnvironment environment)
    {
        var start = RowHash.Start(seed ?? environment.Seed ?? environment.CreateRandom().Next());
        if (columnName is null)
        {
            return new RowFractions(data, [], cursor => () => RowHash.Fraction(RowHash.Add(start, (ulong)cursor.Position)));
        }

        var column = data.Schema.GetColumnOrNull(columnName)
            ?? throw Contracts.MissingColumn("samplingKeyColumn", "SamplingKeyColumn", columnName);
        return new RowFractions(data, [column], column.Type is KeyDataViewType key
            ? cursor => KeyReader(cursor, column, key)
            : cursor => RawTypes.Call<Func<double>>(typeof(RowFractions), column.Type is VectorDataViewType ? nameof(VectorReader) : nameof(ScalarReader),
                column.Type.ItemType().RawType, cursor, column, start));
    }

    /// <summary>The rows below a fraction, and the others.</summary>
    public (IDataView Train, IDataView Test) Split(double testFraction) => Part(0, testFraction);

    public IEnumerable<(IDataView Train, IDataView Test)> Folds(int count) =>
        Enumerable.Range(0, count).Select(fold => Part((double)fold / count, (double)(fold + 1) / count));

    private (IDataView Train, IDataView Test) Part(double from, double to) =>
        (Where(fraction => fraction < from || fraction >= to), Where(fraction => fraction >= from && fraction < to));

    // The random numbers belong to places in the data, so its order must stay.
    private FilteredDataView Where(Func<double, bool> belongs) => new(data, columns, cursor =>
    {
        var read = createReader(cursor);
        return () => belongs(read());
    }, keepsOrder: columns.Length == 0);

    private static Func<double> KeyReader(DataViewRowCursor cursor, DataViewSchema.Column column, KeyDataViewType type)
    {
        var getter = KeyGetter.Scalar(cursor, column);
        var key = 0UL;
        return () =>
        {
            getter(ref key);
            return key > 0 && key <= type.Count ? (key - 0.5) / type.Count : double.NaN;
        };
    }

    private static Func<double> ScalarReader<T>(DataViewRowCursor cursor, DataViewSchema.Column column, ulong start)
    {
        var getter = cursor.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return value is float.NaN or double.NaN ? double.NaN : RowHash.Fraction(RowHash.Add(start, value));
        };
    }

    private static Func<double> VectorReader<T>(DataViewRowCursor cursor, DataViewSchema.Column column, ulong start)
    {
        var getter = cursor.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            getter(ref values);
            return RowHash.Fraction(values.DenseValues().Aggregate(start, RowHash.Add));
        };
    }
}
