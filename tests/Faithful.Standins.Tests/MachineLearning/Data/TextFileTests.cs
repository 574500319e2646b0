using Faithful.Testing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.Data;

/// <summary>How fields of a text file become values.</summary>
public sealed class TextFileTests : IDisposable
{
    private readonly MLContext context = new(1);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Members_say_which_fields_they_are_read_from()
    {
        string file = folder.Write("a.csv", "id,energy,x,y,z,stable\nmp-1,-1.5,1,2,3,true\nmp-2,0.25,4,5,6,0\n");
        IDataView data = context.Data.LoadFromTextFile<Material>(file, ',', hasHeader: true);
        Assert.Equal("Id: String, Features: Vector<Single, 3>, Energy: Single, Stable: Boolean", ColumnNames.Types(data.Schema));
        Assert.Null(data.GetRowCount());
        Material[] rows = [.. context.Data.CreateEnumerable<Material>(data, reuseRowObject: false)];
        Assert.Equal(["mp-1", "mp-2"], rows.Select(row => row.Id));
        Assert.Equal([-1.5f, 0.25f], rows.Select(row => row.Energy));
        Assert.Equal([true, false], rows.Select(row => row.Stable));
        Assert.Equal([4f, 5f, 6f], rows[1].Features!);
    }

    [Fact]
    public void A_member_without_fields_is_refused()
    {
        string file = folder.Write("a.csv", "1\n");
        Assert.Throws<InvalidOperationException>(() => context.Data.LoadFromTextFile<WithoutField>(file));
    }

    [Theory]
    [InlineData("1.5", 1.5f)]
    [InlineData("-2e3", -2000f)]
    [InlineData(" 7 ", 7f)]
    [InlineData("", 0f)]
    [InlineData("?", float.NaN)]
    [InlineData("nan", float.NaN)]
    [InlineData("NA", float.NaN)]
    [InlineData("n/a", float.NaN)]
    [InlineData("abc", float.NaN)]
    [InlineData("1.5eV", float.NaN)]
    [InlineData("Infinity", float.PositiveInfinity)]
    [InlineData("-Infinity", float.NegativeInfinity)]
    [InlineData("infinity", float.NaN)]
    [InlineData("1e60", float.PositiveInfinity)]
    public void What_is_no_number_is_NaN_and_an_empty_field_is_zero(string field, float expected) =>
        Assert.Equal(expected, Single<float>($"a,{field},b\n", DataKind.Single));

    [Fact]
    public void Empty_fields_can_be_NaN()
    {
        string file = folder.Write("a.csv", "1,,3\n4\n");
        TextLoader.Options options = new()
        {
            Separators = [','],
            MissingRealsAsNaNs = true,
            Columns = [new TextLoader.Column("X", DataKind.Single, 0, 2), new TextLoader.Column("Y", DataKind.Double, 1), new TextLoader.Column("Name", DataKind.String, 2)],
        };
        IDataView data = context.Data.LoadFromTextFile(file, options);
        float[][] x = [.. data.GetColumn<float[]>("X")];
        Assert.Equal([1f, float.NaN, 3f], x[0]);
        Assert.Equal([4f, float.NaN, float.NaN], x[1]);
        Assert.Equal([double.NaN, double.NaN], data.GetColumn<double>("Y"));
        Assert.Equal(["3", ""], data.GetColumn<string>("Name"));
    }

    [Fact]
    public void Short_lines_are_filled_with_default_values()
    {
        string file = folder.Write("a.csv", "1,2,x\n3\n");
        TextLoader.Column[] columns = [new("Number", DataKind.Int32, 1), new("Name", DataKind.String, 2)];
        IDataView data = context.Data.LoadFromTextFile(file, columns, ',');
        Assert.Equal([2, 0], data.GetColumn<int>("Number"));
        Assert.Equal(["x", ""], data.GetColumn<string>("Name"));
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData("-3", -3)]
    [InlineData("", 0)]
    public void Whole_numbers_are_read_exactly(string field, int expected) => Assert.Equal(expected, Single<int>($"a,{field},b\n", DataKind.Int32));

    [Theory]
    [InlineData("1.0", DataKind.Int32)]
    [InlineData("x", DataKind.Int32)]
    [InlineData("99999999999", DataKind.Int32)]
    [InlineData("300", DataKind.SByte)]
    [InlineData("NaN", DataKind.Int64)]
    [InlineData("maybe", DataKind.Boolean)]
    [InlineData("yesterday", DataKind.DateTime)]
    public void A_type_without_missing_values_refuses_what_it_cannot_hold(string field, DataKind kind)
    {
        string file = folder.Write("a.csv", $"a,{field}\n");
        IDataView data = context.Data.LoadFromTextFile(file, [new TextLoader.Column("X", kind, 1)], ',');
        Exception fault = Assert.ThrowsAny<Exception>(() => Rows(data));
        Assert.True(fault is FormatException or InvalidOperationException, $"{fault.GetType()}: {fault.Message}");
        Assert.Contains(field, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("YES", true)]
    [InlineData("+", true)]
    [InlineData("1", true)]
    [InlineData("False", false)]
    [InlineData("no", false)]
    [InlineData("-1", false)]
    [InlineData("", false)]
    public void Words_and_signs_of_truth(string field, bool expected) => Assert.Equal(expected, Single<bool>($"a,{field},b\n", DataKind.Boolean));

    [Fact]
    public void Keys_count_from_zero_in_the_file_and_from_one_in_the_column()
    {
        string file = folder.Write("a.csv", "0\n4\n5\nNA\nx\n-1\n");
        IDataView data = context.Data.LoadFromTextFile(file, [new TextLoader.Column("K", DataKind.UInt32, [new TextLoader.Range(0)], new KeyCount(5))], ',');
        Assert.Equal(new KeyDataViewType(typeof(uint), 5UL), data.Schema["K"].Type);
        Assert.Equal([1u, 5u, 0u, 0u, 0u, 0u], data.GetColumn<uint>("K"));
    }

    [Fact]
    public void Quotes_hold_separators_and_quotes()
    {
        string file = folder.Write("a.csv", "\"a,b\",1\n\"say \"\"hi\"\"\",2\n plain ,3\n\"open,4\n\"x\"y,5\n\"\",6\n");
        IDataView data = context.Data.LoadFromTextFile(file, [new TextLoader.Column("T", DataKind.String, 0), new TextLoader.Column("N", DataKind.Single, 1)], ',', allowQuoting: true);
        Assert.Equal(["a,b", "say \"hi\"", "plain ", "", "", ""], data.GetColumn<string>("T"));
        Assert.Equal([1f, 2f, 3f, 0f, 5f, 6f], data.GetColumn<float>("N"));
    }

    [Fact]
    public void Without_quoting_quotes_are_letters()
    {
        string file = folder.Write("a.csv", "\"a,b\"\n");
        Assert.Equal(["\"a"], context.Data.LoadFromTextFile(file, [new TextLoader.Column("T", DataKind.String, 0)], ',').GetColumn<string>("T"));
    }

    [Fact]
    public void A_quoted_field_may_hold_lines()
    {
        string file = folder.Write("a.csv", "id,poscar\nmp-1,\"Si2\n1.0\n0 2.7 2.7\"\nmp-2,\"x\"\n");
        TextLoader.Options options = new()
        {
            Separators = [','],
            HasHeader = true,
            AllowQuoting = true,
            ReadMultilines = true,
            Columns = [new TextLoader.Column("Id", DataKind.String, 0), new TextLoader.Column("Structure", DataKind.String, 1)],
        };
        IDataView data = context.Data.LoadFromTextFile(file, options);
        Assert.Equal(["mp-1", "mp-2"], data.GetColumn<string>("Id"));
        Assert.Equal(["Si2\n1.0\n0 2.7 2.7", "x"], data.GetColumn<string>("Structure"));
    }

    [Fact]
    public void Another_escape_character()
    {
        string file = folder.Write("a.csv", "\"say \\\"hi\\\"\",1\n");
        TextLoader.Options options = new() { Separators = [','], AllowQuoting = true, EscapeChar = '\\', Columns = [new TextLoader.Column("T", DataKind.String, 0)] };
        Assert.Equal(["say \"hi\""], context.Data.LoadFromTextFile(file, options).GetColumn<string>("T"));
    }

    [Fact]
    public void A_decimal_comma()
    {
        string file = folder.Write("a.txt", "1,5\n2.5\n");
        TextLoader.Options options = new() { Separators = [';'], DecimalMarker = ',', Columns = [new TextLoader.Column("X", DataKind.Single, 0)] };
        Assert.Equal([1.5f, float.NaN], context.Data.LoadFromTextFile(file, options).GetColumn<float>("X"));
    }

    [Fact]
    public void Comments_and_empty_lines_are_no_rows()
    {
        string file = folder.Write("a.txt", "# first\n\n// second\nname\n1\n\n// third\n2\n#3\n");
        IDataView data = context.Data.LoadFromTextFile(file, [new TextLoader.Column("T", DataKind.String, 0)], hasHeader: true);
        Assert.Equal(["1", "2", "#3"], data.GetColumn<string>("T"));
    }

    [Fact]
    public void The_number_of_rows_can_be_limited()
    {
        string file = folder.Write("a.txt", "1\n2\n3\n");
        TextLoader.Options options = new() { MaxRows = 2, Columns = [new TextLoader.Column("X", DataKind.Single, 0)] };
        Assert.Equal([1f, 2f], context.Data.LoadFromTextFile(file, options).GetColumn<float>("X"));
    }

    [Fact]
    public void Ranges_go_to_the_end_and_slots_are_named_by_the_header()
    {
        string file = folder.Write("a.csv", "id,a,b,c\nx,1,2,3\n");
        TextLoader.Options options = new()
        {
            Separators = [','],
            HasHeader = true,
            Columns =
            [
                new TextLoader.Column("All", DataKind.Single, [new TextLoader.Range(1, null)]),
                new TextLoader.Column("Two", DataKind.Single, [new TextLoader.Range(3), new TextLoader.Range(1)]),
                new TextLoader.Column("One", DataKind.Single, [new TextLoader.Range(2, 2)]),
            ],
        };
        IDataView data = context.Data.LoadFromTextFile(file, options);
        Assert.Equal("All: Vector<Single, 3>, Two: Vector<Single, 2>, One: Vector<Single, 1>", ColumnNames.Types(data.Schema));
        Assert.Equal(["a", "b", "c"], ColumnNames.Slots(data.Schema["All"]));
        Assert.Equal(["c", "a"], ColumnNames.Slots(data.Schema["Two"]));
        Assert.Equal([3f, 1f], data.GetColumn<float[]>("Two").Single());
    }

    [Fact]
    public void Without_columns_the_first_field_is_the_label()
    {
        string file = folder.Write("a.txt", "1\t2\t3\n4\t5\t6\n");
        IDataView data = context.Data.LoadFromTextFile(file);
        Assert.Equal("Label: Single, Features: Vector<Single, 2>", ColumnNames.Types(data.Schema));
        Assert.Equal([1f, 4f], data.GetColumn<float>("Label"));
    }

    [Fact]
    public void Nothing_is_read_before_a_cursor_moves()
    {
        string file = folder.Write("a.txt", "1\n");
        IDataView data = context.Data.LoadFromTextFile(file, [new TextLoader.Column("X", DataKind.Single, 0)]);
        folder.Write("a.txt", "2\n3\n");
        Assert.Equal([2f, 3f], data.GetColumn<float>("X"));
        Assert.Equal([2f, 3f], data.GetColumn<float>("X"));
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_at_once() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromTextFile(folder["none.csv"], [new TextLoader.Column("X", DataKind.Single, 0)]));

    [Fact]
    public void An_empty_file_has_no_rows()
    {
        string file = folder.Write("a.txt", "");
        Assert.Empty(context.Data.LoadFromTextFile(file, [new TextLoader.Column("X", DataKind.Single, 0)], hasHeader: true).GetColumn<float>("X"));
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        string file = folder.Write("a.txt", "1,2\n3\n");
        TextLoader.Column[] x = [new("X", DataKind.Single, 0)];
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromTextFile(file, x, separatorChar: '7'));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromTextFile(file, new TextLoader.Options { Columns = x, DecimalMarker = '|' }));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromTextFile(file, new TextLoader.Options { Columns = x, EscapeChar = '\t' }));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromTextFile(file, [new TextLoader.Column("X", DataKind.Single, [])]));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromTextFile(
            file, [new TextLoader.Column("X", DataKind.Single, [new TextLoader.Range(0, 2), new TextLoader.Range(1)])]));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromTextFile(file, [new TextLoader.Column("X", DataKind.Single, [new TextLoader.Range(0, null)])]));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromTextFile(file, new TextLoader.Options
        {
            Separators = [','],
            Columns = [new TextLoader.Column("X", DataKind.Single, [new TextLoader.Range(0, null)])],
        }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextLoader.Range(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextLoader.Range(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyCount(0));
    }

    private T Single<T>(string text, DataKind kind)
    {
        string file = folder.Write("single.csv", text);
        return context.Data.LoadFromTextFile(file, [new TextLoader.Column("X", kind, 1)], ',').GetColumn<T>("X").Single();
    }

    private static void Rows(IDataView data)
    {
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        while (cursor.MoveNext())
        {
        }
    }

    private sealed class Material
    {
        [LoadColumn(0)]
        public string Id { get; set; } = "";

        [LoadColumn(2, 4), VectorType(3)]
        public float[]? Features { get; set; }

        [LoadColumn(1)]
        public float Energy { get; set; }

        [LoadColumn(5)]
        public bool Stable { get; set; }
    }

    private sealed class WithoutField
    {
        public float X { get; set; }
    }
}
