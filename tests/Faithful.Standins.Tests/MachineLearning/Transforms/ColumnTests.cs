using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.Transforms;

/// <summary>Columns copied, joined, kept and dropped.</summary>
public sealed class ColumnTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void Scalars_and_vectors_are_joined_in_the_order_named()
    {
        IDataView data = Rows();
        IDataView joined = context.Transforms.Concatenate("Features", "B", "V", "A").Fit(data).Transform(data);
        Assert.Equal("Vector<Single, 4>", joined.Schema["Features"].Type.ToString());
        Assert.Equal([[2f, 10f, 20f, 1f], [4f, 30f, float.NaN, 3f]], joined.GetColumn<float[]>("Features"));
        Assert.Equal(["B", "", "", "A"], ColumnNames.Slots(joined.Schema["Features"]));
        IDataView again = context.Transforms.Concatenate("All", "Features", "A").Fit(joined).Transform(joined);
        Assert.Equal(["Features.B", "", "", "Features.A", "A"], ColumnNames.Slots(again.Schema["All"]));
    }

    [Fact]
    public void One_vector_alone_keeps_its_names_and_one_number_becomes_a_vector()
    {
        IDataView data = Rows();
        IDataView one = context.Transforms.Concatenate("Features", "A").Append(context.Transforms.Concatenate("Copy", "Features")).Fit(data).Transform(data);
        Assert.Equal("Vector<Single, 1>", one.Schema["Features"].Type.ToString());
        Assert.Equal(["A"], ColumnNames.Slots(one.Schema["Copy"]));
        Assert.Equal([[1f], [3f]], one.GetColumn<float[]>("Copy"));
    }

    [Fact]
    public void A_sparse_vector_stays_sparse()
    {
        IDataView data = context.Data.LoadFromEnumerable<SparseRow>([new() { Wide = new VBuffer<float>(10, 2, [5, 6], [3, 9]), A = 1 }]);
        IDataView joined = context.Transforms.Concatenate("Features", "A", "Wide").Fit(data).Transform(data);
        VBuffer<float> value = joined.GetColumn<VBuffer<float>>("Features").Single();
        Assert.Equal([1f, 0, 0, 0, 5, 0, 0, 0, 0, 0, 6], value.DenseValues());
        Assert.False(value.IsDense);
    }

    [Fact]
    public void Text_can_be_joined_too()
    {
        IDataView data = Rows();
        IDataView joined = context.Transforms.Concatenate("Names", "Name", "Other").Fit(data).Transform(data);
        Assert.Equal([["x", "p"], ["y", "q"]], joined.GetColumn<string[]>("Names"));
    }

    [Fact]
    public void What_cannot_be_joined_is_refused()
    {
        IDataView data = Rows();
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Concatenate("F"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Concatenate("F", "A", ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Concatenate("", "A"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Concatenate("F", "A", "None").Fit(data).Transform(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.Concatenate("F", "A", "Name").Fit(data).Transform(data));
    }

    [Fact]
    public void A_copy_has_the_type_and_the_annotations()
    {
        IDataView data = Rows();
        var chain = context.Transforms.Conversion.MapValueToKey("Key", "Name").Append(context.Transforms.CopyColumns("Copy", "Key"));
        IDataView copy = chain.Fit(data).Transform(data);
        Assert.Equal(copy.Schema["Key"].Type, copy.Schema["Copy"].Type);
        Assert.Equal(["x", "y"], ColumnNames.Keys(copy.Schema["Copy"]));
        Assert.Equal([1u, 2u], copy.GetColumn<uint>("Copy"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.CopyColumns("Copy", "None").Fit(data));
    }

    [Fact]
    public void A_copy_under_a_name_that_is_there_hides_that_column()
    {
        IDataView data = Rows();
        IDataView copy = context.Transforms.CopyColumns("A", "B").Fit(data).Transform(data);
        Assert.Equal([2f, 4f], copy.GetColumn<float>("A"));
        Assert.Equal(2, copy.Schema.Count(column => column.Name == "A"));
    }

    [Fact]
    public void Dropping_keeps_the_order_and_selecting_takes_its_own()
    {
        IDataView data = Rows();
        Assert.Equal(["B", "Name", "Other"], Names(context.Transforms.DropColumns("A", "V").Fit(data).Transform(data)));
        IDataView selected = context.Transforms.SelectColumns("V", "A").Fit(data).Transform(data);
        Assert.Equal(["V", "A"], Names(selected));
        Assert.Equal([1f, 3f], selected.GetColumn<float>("A"));
        Assert.Equal(2, selected.GetRowCount());
    }

    [Fact]
    public void Hidden_columns_are_kept_when_asked_for_and_when_others_are_dropped()
    {
        IDataView data = Rows();
        IDataView hidden = context.Transforms.CopyColumns("A", "B").Fit(data).Transform(data);
        Assert.Equal(["A"], Names(context.Transforms.SelectColumns(["A"], keepHidden: false).Fit(hidden).Transform(hidden)));
        Assert.Equal(["A", "A"], Names(context.Transforms.SelectColumns(["A"], keepHidden: true).Fit(hidden).Transform(hidden)));
        Assert.Equal(["A", "A"], Names(context.Transforms.DropColumns("B", "V", "Name", "Other").Fit(hidden).Transform(hidden)));
    }

    [Fact]
    public void Columns_that_are_not_there_are_refused()
    {
        IDataView data = Rows();
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.DropColumns("None").Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.SelectColumns("A", "None").Fit(data));
        Assert.Throws<InvalidOperationException>(() => context.Transforms.DropColumns());
        Assert.Throws<InvalidOperationException>(() => context.Transforms.SelectColumns());
    }

    [Fact]
    public void The_schema_known_beforehand_is_that_of_the_result()
    {
        IDataView data = Rows();
        EstimatorContract.Check(context.Transforms.Concatenate("Features", "A", "B", "V"), data);
        EstimatorContract.Check(context.Transforms.CopyColumns("Copy", "V"), data);
        EstimatorContract.Check(context.Transforms.DropColumns("A"), data);
        EstimatorContract.Check(context.Transforms.SelectColumns("Name", "V"), data);
    }

    [Fact]
    public void Only_the_columns_needed_are_read()
    {
        IDataView data = context.Data.LoadFromEnumerable<Touchy>([new() { A = 7 }]);
        IDataView joined = context.Transforms.Concatenate("Bad", "Never", "A").Append(context.Transforms.CopyColumns("Copy", "A")).Fit(data).Transform(data);
        Assert.Equal([7f], joined.GetColumn<float>("Copy"));
        Assert.ThrowsAny<Exception>(() => joined.GetColumn<float[]>("Bad").ToArray());
    }

    private static string[] Names(IDataView data) => [.. data.Schema.Select(column => column.Name)];

    private IDataView Rows() => context.Data.LoadFromEnumerable<Row>(
    [
        new() { A = 1, B = 2, V = [10, 20], Name = "x", Other = "p" },
        new() { A = 3, B = 4, V = [30, float.NaN], Name = "y", Other = "q" },
    ]);

    private sealed class Row
    {
        public float A { get; set; }

        public float B { get; set; }

        [VectorType(2)]
        public float[] V { get; set; } = [];

        public string Name { get; set; } = "";

        public string Other { get; set; } = "";
    }

    private sealed class SparseRow
    {
        [VectorType(10)]
        public VBuffer<float> Wide { get; set; }

        public float A { get; set; }
    }

    private sealed class Touchy
    {
        public float A { get; set; }

        public float Never
        {
            get => throw new InvalidOperationException("This column was not asked for.");
            set => _ = value;
        }
    }
}
