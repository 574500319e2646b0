using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using static Microsoft.ML.Transforms.ValueToKeyMappingEstimator;

namespace Faithful.Standins.Tests.MachineLearning.Transforms;

/// <summary>Values as keys and back.</summary>
public sealed class KeyMappingTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void Keys_count_from_one_in_the_order_of_occurrence()
    {
        IDataView keys = Map(Labels("SEBR", "ES", "SEBR", "", "LCEBR"), KeyOrdinality.ByOccurrence);
        Assert.Equal([1u, 2u, 1u, 0u, 3u], keys.GetColumn<uint>("Key"));
        Assert.Equal(new KeyDataViewType(typeof(uint), 3UL), keys.Schema["Key"].Type);
        Assert.Equal(["SEBR", "ES", "LCEBR"], ColumnNames.Keys(keys.Schema["Key"]));
        Assert.True(keys.Schema["Key"].HasKeyValues());
    }

    [Fact]
    public void By_value_text_is_ordered_character_by_character()
    {
        IDataView keys = Map(Labels("b", "a", "Z", "é", "ab", "A"), KeyOrdinality.ByValue);
        Assert.Equal(["A", "Z", "a", "ab", "b", "é"], ColumnNames.Keys(keys.Schema["Key"]));
        Assert.Equal([5u, 3u, 2u, 6u, 4u, 1u], keys.GetColumn<uint>("Key"));
    }

    [Fact]
    public void Numbers_are_ordered_as_numbers_and_NaN_is_missing()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { 10f, -1, float.NaN, 2, 0, 10 }.Select(x => new Row { Number = x, Count = (int)(x > 0 ? x : -1) }));
        IDataView keys = context.Transforms.Conversion.MapValueToKey("Key", "Number", keyOrdinality: KeyOrdinality.ByValue).Fit(data).Transform(data);
        Assert.Equal([4u, 1u, 0u, 3u, 2u, 4u], keys.GetColumn<uint>("Key"));
        VBuffer<float> values = default;
        keys.Schema["Key"].GetKeyValues(ref values);
        Assert.Equal([-1f, 0f, 2f, 10f], values.DenseValues());
        Assert.False(keys.Schema["Key"].HasKeyValues());
        Assert.True(keys.Schema["Key"].HasKeyValues(NumberDataViewType.Single));
        keys = context.Transforms.Conversion.MapValueToKey("Key", "Count").Fit(data).Transform(data);
        Assert.Equal([1u, 2u, 2u, 3u, 2u, 1u], keys.GetColumn<uint>("Key"));
    }

    [Fact]
    public void Truth_is_a_key_too()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { true, false, true }.Select(x => new Row { Truth = x }));
        IDataView keys = context.Transforms.Conversion.MapValueToKey("Truth", keyOrdinality: KeyOrdinality.ByValue).Fit(data).Transform(data);
        Assert.Equal([2u, 1u, 2u], keys.GetColumn<uint>("Truth"));
    }

    [Fact]
    public void What_was_not_learned_is_missing()
    {
        ValueToKeyMappingTransformer map = context.Transforms.Conversion.MapValueToKey("Key", "Label").Fit(Labels("a", "b"));
        Assert.Equal([2u, 0u, 1u, 0u], map.Transform(Labels("b", "c", "a", "")).GetColumn<uint>("Key"));
    }

    [Fact]
    public void No_more_keys_than_allowed_are_learned()
    {
        IDataView data = Labels("d", "c", "b", "a");
        IDataView keys = context.Transforms.Conversion.MapValueToKey("Key", "Label", maximumNumberOfKeys: 2, keyOrdinality: KeyOrdinality.ByValue).Fit(data).Transform(data);
        Assert.Equal([2u, 1u, 0u, 0u], keys.GetColumn<uint>("Key"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Conversion.MapValueToKey("Key", "Label", maximumNumberOfKeys: 0).Fit(data));
    }

    [Fact]
    public void Empty_data_makes_a_key_with_one_value_that_does_not_occur()
    {
        ValueToKeyMappingTransformer map = context.Transforms.Conversion.MapValueToKey("Key", "Label").Fit(Labels());
        IDataView keys = map.Transform(Labels("a"));
        Assert.Equal(new KeyDataViewType(typeof(uint), 1UL), keys.Schema["Key"].Type);
        Assert.Null(keys.Schema["Key"].Annotations.Schema.GetColumnOrNull("KeyValues"));
        Assert.Equal([0u], keys.GetColumn<uint>("Key"));
    }

    [Fact]
    public void Keys_can_be_given()
    {
        IDataView given = context.Data.LoadFromEnumerable<Given>([new() { Value = "z" }, new() { Value = "a" }, new() { Value = "z" }]);
        IDataView data = Labels("a", "b", "z");
        IDataView keys = context.Transforms.Conversion.MapValueToKey("Key", "Label", keyData: given).Fit(data).Transform(data);
        Assert.Equal([2u, 0u, 1u], keys.GetColumn<uint>("Key"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Conversion.MapValueToKey("Key", "Label", keyData: context.Data.LoadFromEnumerable(new[] { new Row() })));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Conversion.MapValueToKey("Key", "Number", keyData: given).Fit(data));
    }

    [Fact]
    public void All_slots_of_a_vector_share_their_keys()
    {
        IDataView data = context.Data.LoadFromEnumerable<Row>([new() { Species = ["Si", "O"] }, new() { Species = ["O", "Fe"] }]);
        IDataView keys = context.Transforms.Conversion.MapValueToKey("Species").Fit(data).Transform(data);
        Assert.Equal("Vector<Key<UInt32, 0-2>, 2>", keys.Schema["Species"].Type.ToString());
        Assert.Equal([[1u, 2u], [2u, 3u]], keys.GetColumn<uint[]>("Species"));
        IDataView back = context.Transforms.Conversion.MapKeyToValue("Species").Fit(keys).Transform(keys);
        Assert.Equal([["Si", "O"], ["O", "Fe"]], back.GetColumn<string[]>("Species"));
    }

    [Fact]
    public void Several_columns_are_mapped_in_one_pass()
    {
        int passes = 0;
        IEnumerable<Row> Source()
        {
            passes++;
            yield return new Row { Label = "a", Number = 2 };
        }

        IDataView data = context.Data.LoadFromEnumerable(Source());
        var map = context.Transforms.Conversion.MapValueToKey([new InputOutputColumnPair("A", "Label"), new InputOutputColumnPair("Number")]).Fit(data);
        Assert.Equal(1, passes);
        Assert.Equal([1u], map.Transform(data).GetColumn<uint>("A"));
        Assert.Equal([1u], map.Transform(data).GetColumn<uint>("Number"));
    }

    [Fact]
    public void Values_come_back_and_a_missing_key_is_a_missing_value()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { 1.5f, float.NaN, 2 }.Select((x, i) => new Row { Number = x, Count = i, Label = x > 1.8f ? "" : $"{x}" }));
        EstimatorChain<KeyToValueMappingTransformer> chain = context.Transforms.Conversion
            .MapValueToKey([new InputOutputColumnPair("Number"), new InputOutputColumnPair("Count"), new InputOutputColumnPair("Label")])
            .Append(context.Transforms.Conversion.MapKeyToValue([new InputOutputColumnPair("Number"), new InputOutputColumnPair("Count"), new InputOutputColumnPair("Label")]));
        IDataView back = chain.Fit(data).Transform(data);
        Assert.Equal([1.5f, float.NaN, 2f], back.GetColumn<float>("Number"));
        Assert.Equal([0, 1, 2], back.GetColumn<int>("Count"));
        Assert.Equal(["1.5", "NaN", ""], back.GetColumn<string>("Label"));
        TransformerChain<KeyToValueMappingTransformer> learned = chain.Fit(context.Data.TakeRows(data, 1));
        IDataView unseen = learned.Transform(data);
        Assert.Equal([1.5f, float.NaN, float.NaN], unseen.GetColumn<float>("Number"));
        Assert.Equal([0, 0, 0], unseen.GetColumn<int>("Count"));
        Assert.Equal(["1.5", "", ""], unseen.GetColumn<string>("Label"));
    }

    [Fact]
    public void The_schema_known_beforehand_is_that_of_the_result()
    {
        IDataView data = Labels("a", "b");
        EstimatorContract.Check(context.Transforms.Conversion.MapValueToKey("Key", "Label"), data);
        EstimatorContract.Check(context.Transforms.Conversion.MapValueToKey("Species"), context.Data.LoadFromEnumerable<Row>([new() { Species = ["Si", "O"] }]));
        IDataView keys = Map(data, KeyOrdinality.ByOccurrence);
        EstimatorContract.Check(context.Transforms.Conversion.MapKeyToValue("Value", "Key"), keys);
    }

    [Fact]
    public void Columns_that_do_not_fit_are_refused()
    {
        IDataView data = Labels("a");
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Conversion.MapValueToKey("Key", "None").Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Conversion.MapKeyToValue("Value", "None").Fit(data));
        Assert.Throws<InvalidOperationException>(() => context.Transforms.Conversion.MapKeyToValue("Value", "Label").Fit(data));
        Assert.Throws<InvalidOperationException>(() => context.Transforms.Conversion.MapKeyToValue("Value", "Plain").Fit(data));
        ValueToKeyMappingTransformer map = context.Transforms.Conversion.MapValueToKey("Key", "Number").Fit(data);
        IDataView other = context.Transforms.CopyColumns("Number", "Label").Fit(data).Transform(data);
        Assert.Throws<InvalidOperationException>(() => map.Transform(other));
    }

    private IDataView Map(IDataView data, KeyOrdinality order) =>
        context.Transforms.Conversion.MapValueToKey("Key", "Label", keyOrdinality: order).Fit(data).Transform(data);

    private IDataView Labels(params string[] labels) => context.Data.LoadFromEnumerable(Array.ConvertAll(labels, label => new Row { Label = label }));

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public float Number { get; set; }

        public int Count { get; set; }

        public bool Truth { get; set; }

        [KeyType(4)]
        public uint Plain { get; set; }

        [VectorType(2)]
        public string[] Species { get; set; } = ["", ""];
    }

    private sealed class Given
    {
        public string Value { get; set; } = "";
    }
}
