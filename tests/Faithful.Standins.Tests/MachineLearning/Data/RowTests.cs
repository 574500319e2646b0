using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.Data;

/// <summary>Rows that are left out, put in another order, or held in memory.</summary>
public sealed class RowTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void Skip_and_take_part_the_rows()
    {
        IDataView data = Numbers(10);
        Assert.Equal([0f, 1f, 2f], Values(context.Data.TakeRows(data, 3)));
        Assert.Equal([7f, 8f, 9f], Values(context.Data.SkipRows(data, 7)));
        Assert.Equal([2f, 3f], Values(context.Data.TakeRows(context.Data.SkipRows(data, 2), 2)));
        Assert.Equal(10, Values(context.Data.TakeRows(data, 100)).Length);
        Assert.Empty(Values(context.Data.SkipRows(data, 100)));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.TakeRows(data, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.SkipRows(data, -1));
        Assert.Throws<ArgumentNullException>(() => context.Data.SkipRows(null, 1));
    }

    [Fact]
    public void A_range_holds_its_lower_bound_and_not_its_upper_one()
    {
        IDataView data = context.Data.LoadFromEnumerable(new float[] { 1, 2, float.NaN, 3, float.PositiveInfinity }.Select(x => new Row { X = x, Wide = x }));
        Assert.Equal([1f, 2f], Values(context.Data.FilterRowsByColumn(data, "X", 1, 3)));
        Assert.Equal([3f], Values(context.Data.FilterRowsByColumn(data, "Wide", 2.5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByColumn(data, "X", 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByColumn(data, "Count", 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByColumn(data, "Name", 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByColumn(data, "None", 0, 1));
    }

    [Fact]
    public void Rows_with_missing_values_are_dropped()
    {
        IDataView data = context.Data.LoadFromEnumerable<Row>(
        [
            new() { X = 1, Wide = 1, Key = 0, Two = [1, 2] },
            new() { X = float.NaN, Wide = 1, Key = 1, Two = [1, 2] },
            new() { X = 3, Wide = double.NaN, Key = 1, Two = [1, 2] },
            new() { X = 4, Wide = 1, Key = 3, Two = [1, 2] },
            new() { X = 5, Wide = 1, Key = 1, Two = [1, float.NaN] },
            new() { X = 6, Wide = 1, Key = 2, Two = [0, 0] },
        ]);
        Assert.Equal([1f, 3f, 4f, 5f, 6f], Values(context.Data.FilterRowsByMissingValues(data, "X")));
        Assert.Equal([1f, 6f], Values(context.Data.FilterRowsByMissingValues(data, "X", "Wide", "Key", "Two")));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByMissingValues(data, "Name"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByMissingValues(data, "None"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByMissingValues(data));
    }

    [Fact]
    public void Filters_ask_for_the_columns_that_they_test_and_hand_out_those_asked_for()
    {
        IDataView data = context.Data.FilterRowsByColumn(Numbers(5), "X", 2, 4);
        Assert.Equal(["row 2", "row 3"], data.GetColumn<string>("Name"));
        Assert.Null(data.GetRowCount());
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema.Where(column => column.Name == "Name"));
        Assert.Equal(-1, cursor.Position);
        Assert.True(cursor.MoveNext());
        Assert.Equal(0, cursor.Position);
        Assert.False(cursor.IsColumnActive(data.Schema["X"]));
        Assert.ThrowsAny<Exception>(() => cursor.GetGetter<float>(data.Schema["X"]));
        Assert.ThrowsAny<Exception>(() => cursor.GetGetter<float>(data.Schema["Name"]));
    }

    [Fact]
    public void Shuffling_keeps_the_rows_and_the_seed_decides_the_order()
    {
        IDataView data = Numbers(50);
        float[] order = Values(context.Data.ShuffleRows(data, seed: 3));
        Assert.NotEqual(Values(data), order);
        Assert.Equal(Values(data), order.Order());
        Assert.Equal(order, Values(context.Data.ShuffleRows(data, seed: 3)));
        Assert.NotEqual(order, Values(context.Data.ShuffleRows(data, seed: 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.ShuffleRows(data, shufflePoolSize: 0));
    }

    [Fact]
    public void A_cache_reads_its_source_once()
    {
        int reads = 0;
        IEnumerable<Row> Source()
        {
            reads++;
            for (int i = 0; i < 4; i++)
            {
                yield return new Row { X = i, Two = [i, i + 1], Name = $"row {i}" };
            }
        }

        IDataView data = context.Data.Cache(context.Data.LoadFromEnumerable(Source()), "X", "Two");
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal([0f, 1f, 2f, 3f], Values(data));
            Assert.Equal([[0f, 1f], [1f, 2f], [2f, 3f], [3f, 4f]], data.GetColumn<float[]>("Two"));
        }

        Assert.Equal(1, reads);
        Assert.Equal(["row 0", "row 1", "row 2", "row 3"], data.GetColumn<string>("Name"));
        Assert.Equal(4, data.GetRowCount());
        Assert.True(data.CanShuffle);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.Cache(data, "None"));
    }

    [Fact]
    public void A_cache_gives_its_rows_in_any_order()
    {
        IDataView data = context.Data.Cache(Numbers(30));
        DataViewSchema.Column x = data.Schema["X"];
        using DataViewRowCursor cursor = data.GetRowCursor([x], new Random(5));
        ValueGetter<float> getter = cursor.GetGetter<float>(x);
        List<float> order = [];
        float value = 0;
        while (cursor.MoveNext())
        {
            getter(ref value);
            order.Add(value);
        }

        Assert.NotEqual(Values(data), order);
        Assert.Equal(Values(data), order.Order());
        Assert.ThrowsAny<InvalidOperationException>(() => getter(ref value));
    }

    private static float[] Values(IDataView data) => [.. data.GetColumn<float>("X")];

    private IDataView Numbers(int count) =>
        context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Row { X = i, Name = $"row {i}" }).ToArray());

    private sealed class Row
    {
        public float X { get; set; }

        public double Wide { get; set; }

        public int Count { get; set; }

        [KeyType(3)]
        public uint Key { get; set; }

        [VectorType(2)]
        public float[] Two { get; set; } = [0, 0];

        public string Name { get; set; } = "";
    }
}
