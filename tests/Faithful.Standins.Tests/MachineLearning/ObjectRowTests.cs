using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>Objects become rows, and rows objects: LoadFromEnumerable, CreateEnumerable, GetColumn.</summary>
public sealed class ObjectRowTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void Every_type_of_member_comes_back_as_it_was()
    {
        var row = new Everything
        {
            SByte = -1,
            Byte = 2,
            Int16 = -3,
            UInt16 = 4,
            Int32 = -5,
            UInt32 = 6,
            Int64 = -7,
            UInt64 = 8,
            Single = 9.5f,
            Double = float.NaN,
            Boolean = true,
            Text = "text",
            Memory = "memory".AsMemory(),
            TimeSpan = TimeSpan.FromHours(1),
            DateTime = new DateTime(2025, 1, 2),
            DateTimeOffset = new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
            RowId = new DataViewRowId(1, 2),
            Floats = [1, 2, 3],
            Texts = ["a", "", "c"],
            Buffer = new VBuffer<double>(5, 1, [4.0], [2]),
        };
        Everything back = RoundTrip(row).Single();
        foreach (System.Reflection.PropertyInfo property in typeof(Everything).GetProperties().Where(property => property.Name is not ("Memory" or "Buffer")))
        {
            Assert.Equal(property.GetValue(row), property.GetValue(back));
        }

        Assert.Equal("memory", back.Memory.ToString());
        Assert.False(back.Buffer.IsDense);
        Assert.Equal([0, 0, 4, 0, 0], back.Buffer.DenseValues());
    }

    [Fact]
    public void Members_become_columns_of_their_names_and_types()
    {
        DataViewSchema schema = context.Data.LoadFromEnumerable(Array.Empty<Members>()).Schema;
        Assert.Equal(
            ["Field: Single", "Property: Int32", "Renamed: String", "Sized: Vector<Single, 3>", "Grid: Vector<Single, 2, 2>", "Free: Vector<Double>"],
            schema.Select(column => column.ToString()));
    }

    [Fact]
    public void A_missing_text_is_empty_and_so_is_a_missing_array()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new Everything { Texts = [null!] } });
        Assert.Equal(0, data.GetColumn<VBuffer<float>>("Floats").Single().Length);
        Assert.Equal("", data.GetColumn<string[]>("Texts").Single().Single());
        Everything back = context.Data.CreateEnumerable<Everything>(data, false).Single();
        Assert.Equal("", back.Text);
        Assert.Null(back.Floats); // an empty vector makes no array where the object has none
    }

    [Fact]
    public void Types_that_no_column_holds_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromEnumerable(new[] { new NullableMember() }));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromEnumerable(new[] { new ObjectMember() }));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromEnumerable(new[] { new DecimalMember() }));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromEnumerable(new[] { new SameName() }));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromEnumerable(new[] { new VectorScalar() }));
        Assert.Throws<ArgumentNullException>(() => context.Data.LoadFromEnumerable<Members>(null));
    }

    [Fact]
    public void Objects_are_read_when_a_cursor_asks_and_each_time_anew()
    {
        int made = 0;
        IEnumerable<Number> Numbers()
        {
            for (int i = 0; i < 3; i++)
            {
                made++;
                yield return new Number { Value = i };
            }
        }

        IDataView data = context.Data.LoadFromEnumerable(Numbers());
        Assert.Equal(0, made);
        Assert.Null(data.GetRowCount());
        IEnumerable<float> values = data.GetColumn<float>("Value");
        Assert.Equal(0, made);
        Assert.Equal([0, 1, 2], values);
        Assert.Equal([0, 1, 2], values);
        Assert.Equal(6, made);
    }

    [Fact]
    public void A_list_has_a_count_and_shows_what_is_added_to_it()
    {
        List<Number> list = [new() { Value = 1 }];
        IDataView data = context.Data.LoadFromEnumerable(list);
        Assert.Equal(1, data.GetRowCount());
        list.Add(new Number { Value = 2 });
        Assert.Equal(2, data.GetRowCount());
        Assert.Equal([1, 2], data.GetColumn<float>("Value"));
        Assert.False(data.CanShuffle);
    }

    [Fact]
    public void A_cursor_stands_before_the_first_row_and_then_behind_the_last()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new Number { Value = 7 }, new Number { Value = 8 } });
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        ValueGetter<float> get = cursor.GetGetter<float>(data.Schema["Value"]);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        Assert.Equal(-1, cursor.Position);
        float value = 0;
        DataViewRowId id = default;
        Assert.Throws<InvalidOperationException>(() => getId(ref id));
        Assert.True(cursor.MoveNext());
        get(ref value);
        get(ref value);
        getId(ref id);
        Assert.Equal((7f, 0L, 0L, 0ul), (value, cursor.Position, cursor.Batch, id.Low));
        Assert.True(cursor.MoveNext());
        get(ref value);
        Assert.Equal(8, value);
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
    }

    [Fact]
    public void Only_columns_that_were_asked_for_can_be_read_and_only_as_their_type()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new Everything { Single = 1 } });
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema["Single"]]);
        Assert.True(cursor.IsColumnActive(data.Schema["Single"]));
        Assert.False(cursor.IsColumnActive(data.Schema["Double"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<double>(data.Schema["Double"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(data.Schema["Single"]));
        Assert.Throws<ArgumentNullException>(() => data.GetRowCursor(null));
        Assert.Single(data.GetRowCursorSet(data.Schema, 4));
    }

    [Fact]
    public void A_null_object_is_a_fault()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new Number(), null! });
        Assert.Throws<InvalidOperationException>(() => data.GetColumn<float>("Value").Count());
    }

    [Fact]
    public void One_object_is_used_again_when_that_is_wanted()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new Number { Value = 1 }, new Number { Value = 2 } });
        Assert.Single(context.Data.CreateEnumerable<Number>(data, reuseRowObject: true).ToHashSet());
        Assert.Equal(2, context.Data.CreateEnumerable<Number>(data, reuseRowObject: false).ToHashSet().Count);
    }

    [Fact]
    public void A_column_that_is_missing_is_a_fault_unless_it_is_ignored()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new Number { Value = 1 } });
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.CreateEnumerable<Wider>(data, false));
        Wider row = context.Data.CreateEnumerable<Wider>(data, false, ignoreMissingColumns: true).Single();
        Assert.Equal((1f, "kept"), (row.Value, row.More));
    }

    [Fact]
    public void A_member_of_another_type_than_its_column_is_a_fault()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new Number { Value = 1 } });
        Assert.Throws<InvalidOperationException>(() => context.Data.CreateEnumerable<DoubleNumber>(data, false));
        Assert.Throws<InvalidOperationException>(() => context.Data.CreateEnumerable<VectorNumber>(data, false));
        Assert.Throws<ArgumentNullException>(() => context.Data.CreateEnumerable<Number>(null, false));
    }

    [Fact]
    public void A_column_is_read_as_its_type_or_as_its_plain_form()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new Everything { Text = "t", Floats = [1, 2], Texts = ["a", "b"] } });
        Assert.Equal("t", data.GetColumn<string>("Text").Single());
        Assert.Equal("t", data.GetColumn<ReadOnlyMemory<char>>("Text").Single().ToString());
        Assert.Equal([1, 2], data.GetColumn<float[]>("Floats").Single());
        Assert.Equal(2, data.GetColumn<VBuffer<float>>("Floats").Single().Length);
        Assert.Equal(["a", "b"], data.GetColumn<string[]>(data.Schema["Texts"]).Single());
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<int>("Text"));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<double[]>("Floats"));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<float[]>("Single"));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<float>("Nothing"));
    }

    [Fact]
    public void A_sparse_vector_fills_an_array()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new SparseMember { Values = new VBuffer<float>(4, 1, [3f], [2]) } });
        Assert.Equal([0, 0, 3, 0], context.Data.CreateEnumerable<ArrayMember>(data, false).Single().Values!);
        Assert.Equal([0, 0, 3, 0], data.GetColumn<float[]>("Values").Single());
    }

    [Fact]
    public void A_definition_sets_names_sizes_and_annotations()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(ArrayMember));
        definition["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        definition["Values"].AddAnnotation("SlotNames", new[] { "x", "y" }, new VectorDataViewType(TextDataViewType.Instance, 2));
        definition["Values"].ColumnName = "Features";
        IDataView data = context.Data.LoadFromEnumerable(new[] { new ArrayMember { Values = [1, 2] } }, definition);
        DataViewSchema.Column column = data.Schema.Single();
        Assert.Equal(("Features", "Vector<Single, 2>"), (column.Name, column.Type.ToString()));
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        Assert.Equal(["x", "y"], names.DenseValues().Select(name => name.ToString()));
        Assert.Throws<InvalidOperationException>(() => definition["Features"].AddAnnotation("SlotNames", new[] { "x" }, new VectorDataViewType(TextDataViewType.Instance, 1)));
        Assert.Null(definition["Values"]);
    }

    [Fact]
    public void A_definition_that_does_not_fit_its_members_is_refused()
    {
        void Refused<TRow>(string column, Action<SchemaDefinition.Column> change)
            where TRow : class
        {
            SchemaDefinition definition = SchemaDefinition.Create(typeof(TRow));
            change(definition[column]);
            Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromEnumerable(Array.Empty<TRow>(), definition));
        }

        Refused<ArrayMember>("Values", column => column.ColumnType = NumberDataViewType.Single);
        Refused<ArrayMember>("Values", column => column.ColumnType = new VectorDataViewType(NumberDataViewType.Double, 2));
        Refused<Number>("Value", column => column.ColumnType = NumberDataViewType.Int32);
    }

    [Fact]
    public void A_schema_brings_its_types_and_annotations_to_the_members()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(ArrayMember));
        definition["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        definition["Values"].AddAnnotation("SlotNames", new[] { "x", "y" }, new VectorDataViewType(TextDataViewType.Instance, 2));
        DataViewSchema schema = context.Data.LoadFromEnumerable(Array.Empty<ArrayMember>(), definition).Schema;
        IDataView data = context.Data.LoadFromEnumerable(new[] { new ArrayMember { Values = [1, 2] } }, schema);
        Assert.Equal(schema["Values"].Type, data.Schema["Values"].Type);
        Assert.True(data.Schema["Values"].HasSlotNames());
        Assert.Throws<InvalidOperationException>(() => context.Data.LoadFromEnumerable(Array.Empty<Number>(), schema));
        Assert.Throws<ArgumentNullException>(() => context.Data.LoadFromEnumerable(Array.Empty<Number>(), (DataViewSchema)null!));
    }

    private IEnumerable<TRow> RoundTrip<TRow>(params TRow[] rows)
        where TRow : class, new() =>
        context.Data.CreateEnumerable<TRow>(context.Data.LoadFromEnumerable(rows), reuseRowObject: false);

    private sealed class Everything
    {
        public sbyte SByte { get; set; }

        public byte Byte { get; set; }

        public short Int16 { get; set; }

        public ushort UInt16 { get; set; }

        public int Int32 { get; set; }

        public uint UInt32 { get; set; }

        public long Int64 { get; set; }

        public ulong UInt64 { get; set; }

        public float Single { get; set; }

        public double Double { get; set; }

        public bool Boolean { get; set; }

        public string? Text { get; set; }

        public ReadOnlyMemory<char> Memory { get; set; }

        public TimeSpan TimeSpan { get; set; }

        public DateTime DateTime { get; set; }

        public DateTimeOffset DateTimeOffset { get; set; }

        public DataViewRowId RowId { get; set; }

        public float[]? Floats { get; set; }

        public string[]? Texts { get; set; }

        public VBuffer<double> Buffer { get; set; }
    }

    private sealed class Members
    {
        public const int Constant = 1;

        public static readonly int Shared = 2;

#pragma warning disable CA1051, CS0649 // fields become columns too
        public float Field;
#pragma warning restore CA1051, CS0649

        public int Property { get; set; }

        [ColumnName("Renamed")]
        public string? Text { get; set; }

        [NoColumn]
        public object? Left { get; set; }

        [VectorType(3)]
        public float[]? Sized { get; set; }

        [VectorType(2, 2)]
        public float[]? Grid { get; set; }

        public double[]? Free { get; set; }

        private int Hidden { get; set; }

        public int this[int index] => Hidden + index;
    }

    private sealed class Number
    {
        public float Value { get; set; }
    }

    private sealed class Wider
    {
        public float Value { get; set; }

        public string More { get; set; } = "kept";
    }

    private sealed class DoubleNumber
    {
        public double Value { get; set; }
    }

    private sealed class VectorNumber
    {
        public float[]? Value { get; set; }
    }

    private sealed class ArrayMember
    {
        public float[]? Values { get; set; }
    }

    private sealed class SparseMember
    {
        public VBuffer<float> Values { get; set; }
    }

    private sealed class NullableMember
    {
        public float? Value { get; set; }
    }

    private sealed class ObjectMember
    {
        public object? Value { get; set; }
    }

    private sealed class DecimalMember
    {
        public decimal Value { get; set; }
    }

    private sealed class SameName
    {
        public float Value { get; set; }

        [ColumnName("Value")]
        public float Other { get; set; }
    }

    private sealed class VectorScalar
    {
        [VectorType(3)]
        public float Value { get; set; }
    }
}
