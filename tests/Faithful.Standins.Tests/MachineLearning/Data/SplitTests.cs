using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.Data;

/// <summary>Splits of data into parts to train on and parts to test with.</summary>
public sealed class SplitTests
{
    private const int Count = 2000;
    private readonly MLContext context = new(1);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void A_split_parts_the_rows_in_about_the_proportion_asked_for(double fraction)
    {
        DataOperationsCatalog.TrainTestData split = context.Data.TrainTestSplit(Rows(), fraction);
        int[] train = Ids(split.TrainSet);
        int[] test = Ids(split.TestSet);
        Assert.Equal(Enumerable.Range(0, Count), train.Concat(test).Order());
        // Five standard deviations of the binomial distribution.
        Assert.InRange(test.Length, (Count * fraction) - (5 * Math.Sqrt(Count * fraction * (1 - fraction))), (Count * fraction) + (5 * Math.Sqrt(Count * fraction * (1 - fraction))));
        Assert.Equal(Order(train), train);
        Assert.Equal(ColumnNames.Types(Rows().Schema), ColumnNames.Types(split.TestSet.Schema));
    }

    [Fact]
    public void The_seed_decides_the_split_and_the_context_has_one()
    {
        int[] Test(MLContext own, int? seed) => Ids(own.Data.TrainTestSplit(Rows(), 0.3, seed: seed).TestSet);
        Assert.Equal(Test(context, 5), Test(new MLContext(), 5));
        Assert.NotEqual(Test(context, 5), Test(context, 6));
        Assert.Equal(Test(new MLContext(7), null), Test(new MLContext(7), null));
        Assert.Equal(Test(new MLContext(7), null), Test(new MLContext(8), 7));
        IDataView once = new MLContext().Data.TrainTestSplit(Rows(), 0.3).TestSet;
        Assert.Equal(Ids(once), Ids(once));
    }

    [Theory]
    [InlineData("Text")]
    [InlineData("Whole")]
    [InlineData("Key")]
    [InlineData("Vector")]
    public void Rows_of_equal_value_stay_together(string column)
    {
        DataOperationsCatalog.TrainTestData split = context.Data.TrainTestSplit(Rows(), 0.4, column, seed: 2);
        int[] train = [.. split.TrainSet.GetColumn<int>("Whole").Distinct()];
        int[] test = [.. split.TestSet.GetColumn<int>("Whole").Distinct()];
        Assert.Empty(train.Intersect(test));
        Assert.Equal(50, train.Length + test.Length);
        Assert.InRange(test.Length, 5, 35);
        foreach (DataOperationsCatalog.TrainTestData fold in context.Data.CrossValidationSplit(Rows(), 3, column, seed: 2))
        {
            Assert.Empty(fold.TrainSet.GetColumn<int>("Whole").Distinct().Intersect(fold.TestSet.GetColumn<int>("Whole").Distinct()));
        }
    }

    [Fact]
    public void A_key_column_is_cut_in_the_order_of_its_keys()
    {
        uint[] test = [.. context.Data.TrainTestSplit(Rows(), 0.2, "Key").TestSet.GetColumn<uint>("Key").Distinct().Order()];
        Assert.Equal(Enumerable.Range(1, 10).Select(key => (uint)key), test);
    }

    [Fact]
    public void Rows_with_a_missing_key_are_in_no_part()
    {
        IDataView data = context.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Row { Id = i, Key = i % 2 == 0 ? 7 : uint.MaxValue }));
        DataOperationsCatalog.TrainTestData split = context.Data.TrainTestSplit(data, 0.3, "Key");
        Assert.Equal(10, Ids(split.TrainSet).Length + Ids(split.TestSet).Length);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_row_is_in_the_test_set_of_one_fold(int folds)
    {
        IReadOnlyList<DataOperationsCatalog.TrainTestData> splits = context.Data.CrossValidationSplit(Rows(), folds, seed: 3);
        Assert.Equal(folds, splits.Count);
        Assert.Equal(Enumerable.Range(0, Count), splits.SelectMany(split => Ids(split.TestSet)).Order());
        foreach (DataOperationsCatalog.TrainTestData split in splits)
        {
            Assert.Equal(Enumerable.Range(0, Count), Ids(split.TrainSet).Concat(Ids(split.TestSet)).Order());
            Assert.InRange(Ids(split.TestSet).Length, Count / folds * 0.8, Count / folds * 1.2);
        }
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        IDataView data = Rows();
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.TrainTestSplit(data, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.TrainTestSplit(data, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.TrainTestSplit(data, 0.5, "None"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.CrossValidationSplit(data, 1));
        Assert.Throws<ArgumentNullException>(() => context.Data.TrainTestSplit(null));
    }

    [Fact]
    public void Empty_data_splits_into_empty_parts()
    {
        DataOperationsCatalog.TrainTestData split = context.Data.TrainTestSplit(context.Data.LoadFromEnumerable(Array.Empty<Row>()));
        Assert.Empty(Ids(split.TrainSet));
        Assert.Empty(Ids(split.TestSet));
    }

    private static int[] Ids(IDataView data) => [.. data.GetColumn<int>("Id")];

    private static int[] Order(int[] ids) => [.. ids.Order()];

    private IDataView Rows() => context.Data.LoadFromEnumerable(Enumerable.Range(0, Count).Select(i => new Row
    {
        Id = i,
        Whole = i % 50,
        Text = $"group {i % 50}",
        Key = (uint)(i % 50),
        Vector = [i % 50, 1],
    }));

    private sealed class Row
    {
        public int Id { get; set; }

        public int Whole { get; set; }

        public string Text { get; set; } = "";

        [KeyType(50)]
        public uint Key { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [0, 0];
    }
}
