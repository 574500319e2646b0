using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>The columns that models add: their order, their types, and what is known of them.</summary>
public sealed class ScoreColumnTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void A_regression_adds_its_score()
    {
        var model = context.Regression.Trainers.FastTree(nameof(Row.Value), nameof(Row.Features), numberOfTrees: 2, numberOfLeaves: 2).Fit(Data);
        DataViewSchema.Column[] added = Added(model);
        Assert.Equal([("Score", "Single")], Types(added));
        Assert.Equal(["Regression", "Score"], Texts(added[0]));
    }

    [Fact]
    public void A_binary_classification_adds_its_label_score_and_probability()
    {
        var model = Binary().Fit(Data);
        DataViewSchema.Column[] added = Added(model);
        Assert.Equal([("PredictedLabel", "Boolean"), ("Score", "Single"), ("Probability", "Single")], Types(added));
        Assert.Equal(["BinaryClassification", "PredictedLabel"], Texts(added[0]));
        Assert.Equal(["BinaryClassification", "Score"], Texts(added[1]));
        Assert.Equal(["BinaryClassification", "Probability"], Texts(added[2]));
        Assert.Equal([false, false, true], added.Select(column => column.IsNormalized()));
        IDataView scored = model.Transform(Data);
        Assert.Equal(scored.GetColumn<float>("Score").Select(score => score > 0), scored.GetColumn<bool>("PredictedLabel"));
    }

    [Fact]
    public void A_multiclass_classification_adds_a_key_and_a_score_for_every_class()
    {
        var model = Multiclass().Fit(Data);
        DataViewSchema.Column[] added = Added(model);
        Assert.Equal([("PredictedLabel", "Key<UInt32, 0-2>"), ("Score", "Vector<Single, 3>")], Types(added));
        Assert.Equal(["MulticlassClassification", "PredictedLabel"], Texts(added[0]));
        Assert.Equal(["MulticlassClassification", "Score"], Texts(added[1]));
        Assert.True(added[0].HasKeyValues());
        VBuffer<ReadOnlyMemory<char>> names = default;
        added[0].GetKeyValues(ref names);
        Assert.Equal(["red", "green", "blue"], names.DenseValues().Select(name => name.ToString()));
        added[1].GetSlotNames(ref names);
        Assert.Equal(["red", "green", "blue"], names.DenseValues().Select(name => name.ToString()));
        added[1].Annotations.GetValue("TrainingLabelValues", ref names);
        Assert.Equal(3, names.Length);
        IDataView scored = model.Transform(Data);
        Assert.Equal(scored.GetColumn<float[]>("Score").Select(scores => (uint)Array.IndexOf(scores, scores.Max()) + 1), scored.GetColumn<uint>("PredictedLabel"));
    }

    [Fact]
    public void Models_keep_the_contract_of_estimators()
    {
        IDataView other = context.Data.LoadFromEnumerable(new[] { new Other() });
        EstimatorContract.Check(
            context.Regression.Trainers.FastTree(nameof(Row.Value), nameof(Row.Features), numberOfTrees: 2, numberOfLeaves: 2), Data, other);
        EstimatorContract.Check(Binary(), Data, other);
        EstimatorContract.Check(Multiclass(), Data, other);
    }

    [Fact]
    public void The_columns_of_one_model_bear_one_number_and_those_of_the_next_another()
    {
        var model = Binary().Fit(Data);
        IDataView once = model.Transform(Data);
        IDataView twice = model.Transform(once);
        Assert.Equal(1u, SetId(once.Schema["Score"]));
        Assert.Equal(SetId(once.Schema["Score"]), SetId(once.Schema["Probability"]));
        Assert.Equal(2u, SetId(twice.Schema["Score"]));
        Assert.True(twice.Schema.Single(column => column.Name == "Score" && SetId(column) == 1).IsHidden);
    }

    [Fact]
    public void A_model_wants_the_features_that_it_was_trained_on()
    {
        var model = Binary().Fit(Data);
        Assert.Equal(("Features", "Vector<Single, 2>"), (model.FeatureColumnName, model.FeatureColumnType.ToString()));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.GetOutputSchema(context.Data.LoadFromEnumerable(new[] { new Other() }).Schema));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.GetOutputSchema(context.Data.LoadFromEnumerable(new[] { new WrongSize() }).Schema));
        Assert.Throws<ArgumentNullException>(() => model.Transform(null));
    }

    [Fact]
    public void Sparse_features_score_as_dense_ones()
    {
        var model = Binary().Fit(Data);
        IDataView sparse = context.Data.LoadFromEnumerable(Rows.Select(row => new SparseRow
        {
            Features = row.Features![0] == 0 ? new VBuffer<float>(2, 1, [row.Features[1]], [1]) : new VBuffer<float>(2, row.Features),
        }));
        Assert.Equal(model.Transform(Data).GetColumn<float>("Score"), model.Transform(sparse).GetColumn<float>("Score"));
    }

    private static Row[] Rows { get; } =
    [
        .. Enumerable.Range(0, 60).Select(i => new Row
        {
            Features = [i % 3, i * 7 % 11],
            Value = i % 3 * 2,
            IsLarge = i % 3 == 2,
            Color = new[] { "red", "green", "blue" }[i % 3],
        }),
    ];

    private IDataView Data => context.Transforms.Conversion.MapValueToKey("Class", nameof(Row.Color)).Fit(Plain).Transform(Plain);

    private IDataView Plain => context.Data.LoadFromEnumerable(Rows);

    private Microsoft.ML.Trainers.FastTree.FastTreeBinaryTrainer Binary() =>
        context.BinaryClassification.Trainers.FastTree(nameof(Row.IsLarge), nameof(Row.Features), numberOfTrees: 2, numberOfLeaves: 3);

    private Microsoft.ML.Trainers.OneVersusAllTrainer Multiclass() =>
        context.MulticlassClassification.Trainers.OneVersusAll(Binary(), "Class");

    private DataViewSchema.Column[] Added(ITransformer model)
    {
        DataViewSchema schema = model.GetOutputSchema(Data.Schema);
        return [.. schema.Where(column => Data.Schema.GetColumnOrNull(column.Name) is null)];
    }

    private static IEnumerable<(string, string)> Types(IEnumerable<DataViewSchema.Column> columns) =>
        columns.Select(column => (column.Name, column.Type.ToString()!));

    private static IEnumerable<string> Texts(DataViewSchema.Column column)
    {
        foreach (string kind in new[] { "ScoreColumnKind", "ScoreValueKind" })
        {
            ReadOnlyMemory<char> text = default;
            column.Annotations.GetValue(kind, ref text);
            yield return text.ToString();
        }
    }

    private static uint SetId(DataViewSchema.Column column)
    {
        uint id = 0;
        column.Annotations.GetValue("ScoreColumnSetId", ref id);
        return id;
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[]? Features { get; set; }

        public float Value { get; set; }

        public bool IsLarge { get; set; }

        public string? Color { get; set; }
    }

    private sealed class SparseRow
    {
        [VectorType(2)]
        public VBuffer<float> Features { get; set; }
    }

    private sealed class Other
    {
        public float Value { get; set; }

        public bool IsLarge { get; set; }
    }

    private sealed class WrongSize
    {
        [VectorType(3)]
        public float[]? Features { get; set; }
    }
}
