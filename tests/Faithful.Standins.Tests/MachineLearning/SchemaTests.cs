using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>Schemas: columns by place and by name, and what is known of them.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void The_last_column_of_a_name_is_found_and_hides_the_others()
    {
        DataViewSchema schema = Schema(("A", NumberDataViewType.Single), ("B", TextDataViewType.Instance), ("A", BooleanDataViewType.Instance));
        Assert.Equal(3, schema.Count);
        Assert.Equal(["A", "B", "A"], schema.Select(column => column.Name));
        Assert.Equal([true, false, false], schema.Select(column => column.IsHidden));
        Assert.Equal(2, schema["A"].Index);
        Assert.Same(BooleanDataViewType.Instance, schema["A"].Type);
        Assert.Same(NumberDataViewType.Single, schema[0].Type);
        Assert.Equal(1, schema.GetColumnOrNull("B")!.Value.Index);
    }

    [Fact]
    public void A_column_that_is_not_there_is_null_or_a_fault()
    {
        DataViewSchema schema = Schema(("A", NumberDataViewType.Single));
        Assert.Null(schema.GetColumnOrNull("a"));
        Assert.Throws<ArgumentOutOfRangeException>(() => schema["a"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => schema[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => schema[-1]);
        Assert.Throws<ArgumentNullException>(() => schema.GetColumnOrNull(""));
        Assert.Throws<ArgumentNullException>(() => schema[""]);
    }

    [Fact]
    public void A_column_has_a_name_and_a_type()
    {
        var builder = new DataViewSchema.Builder();
        Assert.Throws<ArgumentNullException>(() => builder.AddColumn("", NumberDataViewType.Single));
        Assert.Throws<ArgumentNullException>(() => builder.AddColumn("A", null));
        Assert.Throws<ArgumentNullException>(() => new DataViewSchema.DetachedColumn("", NumberDataViewType.Single));
        Assert.Throws<ArgumentNullException>(() => new DataViewSchema.DetachedColumn("A", null));
        Assert.Empty(builder.ToSchema());
    }

    [Fact]
    public void Columns_of_a_schema_can_be_added_to_another()
    {
        DataViewSchema first = Schema(("A", NumberDataViewType.Single), ("B", TextDataViewType.Instance));
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("C", BooleanDataViewType.Instance);
        builder.AddColumns(first);
        builder.AddColumns([new DataViewSchema.DetachedColumn(first["A"]), new DataViewSchema.DetachedColumn("D", NumberDataViewType.Double)]);
        Assert.Equal(["C", "A", "B", "A", "D"], builder.ToSchema().Select(column => column.Name));
    }

    [Fact]
    public void Columns_and_schemas_say_what_they_are()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", NumberDataViewType.Single);
        builder.AddColumn("B", TextDataViewType.Instance, Names("first"));
        DataViewSchema schema = builder.ToSchema();
        Assert.Equal("2 columns", schema.ToString());
        Assert.Equal("A: Single", schema[0].ToString());
        Assert.Equal("B: String {Names}", schema[1].ToString());
    }

    [Fact]
    public void Annotations_are_values_by_name_and_type()
    {
        DataViewSchema.Annotations annotations = Names("first", "second");
        VBuffer<ReadOnlyMemory<char>> names = default;
        annotations.GetValue("Names", ref names);
        Assert.Equal(["first", "second"], names.DenseValues().Select(name => name.ToString()));
        annotations.GetGetter<VBuffer<ReadOnlyMemory<char>>>(annotations.Schema[0])(ref names);
        Assert.Equal(2, names.Length);
        float number = 0;
        Assert.Throws<InvalidOperationException>(() => annotations.GetValue("Names", ref number));
        Assert.Throws<InvalidOperationException>(() => annotations.GetValue("Others", ref names));
        Assert.Equal("Names", annotations.ToString());
        Assert.Empty(DataViewSchema.Annotations.Empty.Schema);
    }

    [Fact]
    public void Annotations_are_selected_from_others()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue("One", NumberDataViewType.Single, 1f);
        builder.AddPrimitiveValue("Two", NumberDataViewType.Single, 2f);
        builder.Add(null, _ => true);
        var second = new DataViewSchema.Annotations.Builder();
        second.Add(builder.ToAnnotations(), name => name == "Two");
        DataViewSchema.Annotations selected = second.ToAnnotations();
        Assert.Equal(["Two"], selected.Schema.Select(column => column.Name));
        float value = 0;
        selected.GetValue("Two", ref value);
        Assert.Equal(2f, value);
    }

    [Fact]
    public void A_getter_has_the_type_of_its_annotation()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        ValueGetter<int> get = (ref int value) => value = 1;
        Assert.Throws<ArgumentException>(() => builder.Add("A", NumberDataViewType.Single, get));
        Assert.ThrowsAny<Exception>(() => builder.Add("A", NumberDataViewType.Single, (Delegate)get));
        Assert.Throws<ArgumentException>(() => builder.AddPrimitiveValue("A", NumberDataViewType.Single, 1));
        Assert.Throws<ArgumentNullException>(() => builder.Add("", NumberDataViewType.Int32, get));
        Assert.Throws<ArgumentNullException>(() => builder.Add<int>("A", NumberDataViewType.Int32, null));
        builder.Add("A", NumberDataViewType.Int32, (Delegate)get);
        Assert.Single(builder.ToAnnotations().Schema);
    }

    [Fact]
    public void Slot_names_count_where_there_is_one_for_every_slot()
    {
        DataViewSchema.Column Column(DataViewType type, DataViewSchema.Annotations annotations)
        {
            var builder = new DataViewSchema.Builder();
            builder.AddColumn("A", type, annotations);
            return builder.ToSchema()[0];
        }

        DataViewSchema.Annotations two = TextsOf("SlotNames", "x", "y");
        DataViewSchema.Column named = Column(new VectorDataViewType(NumberDataViewType.Single, 2), two);
        Assert.True(named.HasSlotNames());
        VBuffer<ReadOnlyMemory<char>> names = default;
        named.GetSlotNames(ref names);
        Assert.Equal(["x", "y"], names.DenseValues().Select(name => name.ToString()));
        Assert.False(Column(new VectorDataViewType(NumberDataViewType.Single, 3), two).HasSlotNames());
        Assert.False(Column(new VectorDataViewType(NumberDataViewType.Single), two).HasSlotNames());
        Assert.False(Column(NumberDataViewType.Single, two).HasSlotNames());

        DataViewSchema.Annotations values = TextsOf("KeyValues", "x", "y");
        Assert.True(Column(new KeyDataViewType(typeof(uint), 2), values).HasKeyValues());
        Assert.False(Column(new KeyDataViewType(typeof(uint), 3), values).HasKeyValues());
        Assert.False(Column(new KeyDataViewType(typeof(uint), 2), values).HasKeyValues(NumberDataViewType.Single));
        Assert.False(Column(NumberDataViewType.UInt32, values).HasKeyValues());
        Assert.False(named.IsNormalized());
    }

    private static DataViewSchema Schema(params (string Name, DataViewType Type)[] columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach ((string name, DataViewType type) in columns)
        {
            builder.AddColumn(name, type);
        }

        return builder.ToSchema();
    }

    private static DataViewSchema.Annotations Names(params string[] names) => TextsOf("Names", names);

    private static DataViewSchema.Annotations TextsOf(string kind, params string[] texts)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(kind, new VectorDataViewType(TextDataViewType.Instance, texts.Length), (ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new VBuffer<ReadOnlyMemory<char>>(texts.Length, [.. texts.Select(text => text.AsMemory())]));
        return builder.ToAnnotations();
    }
}
