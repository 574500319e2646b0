using Faithful.Standins.Tests.MachineLearning.Outside;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests.Scoring;

/// <summary>Rows are read ahead in batches of bounded size, and nothing is done that no column asks for.</summary>
public sealed class ReadAheadTests : IDisposable
{
    private const int Ahead = 4;

    private readonly MLContext _context = new(1);
    private readonly CrystalScoringTransformer _transformer = new([ShippedModels.PointGroup], ShippedModels.OnCpu with { ReadAhead = Ahead });
    private readonly CountedView _counted;
    private readonly IDataView _scored;

    public ReadAheadTests()
    {
        _counted = new CountedView(_context.Data.LoadFromEnumerable(
            Enumerable.Range(0, 10).Select(index => new NumberedRow { Structure = TestCrystals.Rows[index % 8].Structure, Number = index, Numbers = [index, -index] })));
        _scored = _transformer.Transform(_counted);
    }

    public void Dispose() => _transformer.Dispose();

    [Fact]
    public void No_more_rows_are_read_than_the_option_says()
    {
        using DataViewRowCursor cursor = _scored.GetRowCursor([_scored.Schema[CrystalColumns.Class]]);
        Assert.Equal(0, _counted.Rows);
        for (int row = 0; row < 10; row++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(Math.Min(10, (row / Ahead + 1) * Ahead), _counted.Rows);
        }

        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
    }

    [Fact]
    public void Other_columns_keep_the_values_of_their_rows()
    {
        Assert.Equal(Enumerable.Range(0, 10), _scored.GetColumn<int>(nameof(NumberedRow.Number)));
        using DataViewRowCursor cursor = _scored.GetRowCursor(_scored.Schema);
        ValueGetter<VBuffer<float>> getNumbers = cursor.GetGetter<VBuffer<float>>(_scored.Schema[nameof(NumberedRow.Numbers)]);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        VBuffer<float> numbers = default;
        DataViewRowId id = default;
        for (int row = 0; cursor.MoveNext(); row++)
        {
            getNumbers(ref numbers);
            getId(ref id);
            Assert.Equal([row, -row], numbers.DenseValues());
            Assert.Equal((ulong)row, id.Low);
            VBufferEditor.CreateFromBuffer(ref numbers).Values.Clear(); // the receiver's own array
            getNumbers(ref numbers);
            Assert.Equal(row, numbers.GetValues()[0]);
        }
    }

    [Fact]
    public void Crystals_are_not_looked_at_when_no_score_is_asked_for()
    {
        using DataViewRowCursor cursor = _scored.GetRowCursor([_scored.Schema[nameof(NumberedRow.Number)]]);
        Assert.Equal([nameof(NumberedRow.Number)], _counted.Asked);
        Assert.True(cursor.MoveNext());
        Assert.False(cursor.IsColumnActive(_scored.Schema[CrystalColumns.Score]));
        Assert.Throws<ArgumentException>(() => cursor.GetGetter<float>(_scored.Schema[CrystalColumns.Value]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(_scored.Schema[nameof(NumberedRow.Number)]));
    }

    [Fact]
    public void Without_rows_there_are_none()
    {
        Assert.Empty(_context.Predictions(_transformer.Transform(_context.View())));
        using DataViewRowCursor cursor = _scored.GetRowCursor(_scored.Schema);
        ValueGetter<float> get = cursor.GetGetter<float>(_scored.Schema[CrystalColumns.Value]);
        float value = 0;
        Assert.Throws<InvalidOperationException>(() => get(ref value));
    }

    [Fact]
    public void The_size_of_batches_changes_no_prediction()
    {
        IDataView rows = _context.View(TestCrystals.Rows);
        Predictions.AssertSame(_context.Predictions(ShippedModels.Opened.Transform(rows)), _context.Predictions(_transformer.Transform(rows)));
    }

    private sealed class NumberedRow
    {
        public string Structure { get; set; } = "";

        public int Number { get; set; }

        public float[] Numbers { get; set; } = [];
    }
}
