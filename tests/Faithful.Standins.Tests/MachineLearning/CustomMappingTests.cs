using Faithful.Standins.Tests.MachineLearning.Outside;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>Transforms by the user's own code.</summary>
public sealed class CustomMappingTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void The_members_of_the_result_become_columns()
    {
        IDataView output = Mapping().Fit(Data).Transform(Data);
        Assert.Equal(["A: Single", "B: Single", "Sum: Single", "Text: String"], output.Schema.Select(column => column.ToString()));
        Assert.Equal([3, 7], output.GetColumn<float>("Sum"));
        Assert.Equal(["1+2", "3+4"], output.GetColumn<string>("Text"));
    }

    [Fact]
    public void It_keeps_the_contract_of_estimators()
    {
        EstimatorContract.Check(
            Mapping(),
            Data,
            context.Data.LoadFromEnumerable(new[] { new OnlyA() }),
            context.Data.LoadFromEnumerable(new[] { new DoubleInput() }),
            context.Data.LoadFromEnumerable(new[] { new VectorInput() }));
    }

    [Fact]
    public void A_row_is_mapped_once_however_many_of_its_columns_are_read_and_never_when_none_is()
    {
        int calls = 0;
        CustomMappingEstimator<Input, Output> estimator = context.Transforms.CustomMapping<Input, Output>((_, _) => Interlocked.Increment(ref calls), null);
        IDataView output = estimator.Fit(Data).Transform(Data);
        Assert.Equal(0, calls);
        Assert.Equal(2, output.GetColumn<float>("A").Count());
        Assert.Equal(0, calls);
        Assert.Equal(2, context.Data.CreateEnumerable<Output>(output, false).Count());
        Assert.Equal(2, calls);
    }

    [Fact]
    public void Only_the_columns_that_it_needs_are_read()
    {
        var counted = new CountedView(Data);
        CustomMappingEstimator<OnlyA, Output> estimator = context.Transforms.CustomMapping<OnlyA, Output>((source, result) => result.Sum = source.A, null);
        IDataView output = estimator.Fit(counted).Transform(counted);
        Assert.Equal(0, counted.Cursors);
        Assert.Equal([1, 3], output.GetColumn<float>("Sum"));
        Assert.Equal(["A"], counted.Asked);
        Assert.Equal(2, output.GetColumn<float>("B").Count());
        Assert.Equal(["B"], counted.Asked);
    }

    [Fact]
    public void A_column_of_a_name_that_is_there_hides_the_old_one_and_stands_behind_it()
    {
        IDataView output = context.Transforms.CustomMapping<Input, OnlyA>((source, result) => result.A = -source.A, null).Fit(Data).Transform(Data);
        Assert.Equal([("A", true), ("A", false), ("B", false)], output.Schema.Select(column => (column.Name, column.IsHidden)));
        Assert.Equal([-1, -3], output.GetColumn<float>("A"));
        Assert.Equal([1, 3], output.GetColumn<float>(output.Schema[0]));
    }

    [Fact]
    public void Vectors_of_any_size_are_taken_where_no_size_is_asked_for()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new Sized { Values = [1, 2, 3] } });
        CustomMappingEstimator<Unsized, Output> estimator = context.Transforms.CustomMapping<Unsized, Output>(
            (source, result) => result.Sum = source.Values!.Sum(), null);
        EstimatorContract.Check(estimator, data);
        Assert.Equal(6, estimator.Fit(data).Transform(data).GetColumn<float>("Sum").Single());
    }

    [Fact]
    public void Definitions_rename_the_columns_of_both_sides()
    {
        SchemaDefinition input = SchemaDefinition.Create(typeof(OnlyA));
        input["A"].ColumnName = "B";
        SchemaDefinition output = SchemaDefinition.Create(typeof(Sized));
        output["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        output["Values"].ColumnName = "Pair";
        CustomMappingEstimator<OnlyA, Sized> estimator = context.Transforms.CustomMapping<OnlyA, Sized>(
            (source, result) => result.Values = [source.A, -source.A], null, input, output);
        EstimatorContract.Check(estimator, Data);
        IDataView transformed = estimator.Fit(Data).Transform(Data);
        Assert.Equal("Vector<Single, 2>", transformed.Schema["Pair"].Type.ToString());
        Assert.Equal([4, -4], transformed.GetColumn<float[]>("Pair").Last());
    }

    [Fact]
    public void Keys_of_the_result_count_from_0()
    {
        IDataView output = context.Transforms.CustomMapping<Input, KeyOutput>((source, result) => result.Key = (uint)source.A, null).Fit(Data).Transform(Data);
        Assert.Equal([2u, 0u], output.GetColumn<uint>("Key")); // 1 is the second of three, 3 lies beyond
    }

    [Fact]
    public void A_fault_in_the_code_comes_through()
    {
        IDataView output = context.Transforms.CustomMapping<Input, Output>((_, _) => throw new FormatException("own"), null).Fit(Data).Transform(Data);
        Exception fault = Assert.ThrowsAny<Exception>(() => output.GetColumn<float>("Sum").Count());
        Assert.IsType<FormatException>(fault.GetBaseException()); // other threads may read ahead, and then another fault holds it
        Assert.Equal("own", fault.GetBaseException().Message);
        Assert.Throws<ArgumentNullException>(() => context.Transforms.CustomMapping<Input, Output>(null, null));
    }

    [Fact]
    public void A_factory_gives_its_mapping()
    {
        var result = new Output();
        new SumFactory().GetMapping()(new Input { A = 5, B = 6 }, result);
        Assert.Equal(11, result.Sum);
        Assert.Equal("sum", typeof(SumFactory).GetCustomAttributes(true).OfType<ExtensionBaseAttribute>().Single().ContractName);
    }

    [Fact]
    public void A_saved_mapping_finds_its_code_by_its_contract()
    {
        CustomMappingEstimator<Input, Output> estimator = context.Transforms.CustomMapping(new SumFactory().GetMapping(), "sum");
        using var file = new MemoryStream();
        context.Model.Save(estimator.Fit(Data), Data.Schema, file);
        file.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(file, out DataViewSchema schema);
        Assert.Equal(["A", "B"], schema.Select(column => column.Name));
        Assert.Equal([3, 7], loaded.Transform(Data).GetColumn<float>("Sum"));
    }

    [Fact]
    public void A_mapping_without_a_contract_cannot_be_saved_and_one_without_a_factory_not_loaded()
    {
        Assert.Throws<InvalidOperationException>(() => context.Model.Save(Mapping().Fit(Data), Data.Schema, new MemoryStream()));
        CustomMappingEstimator<Input, Output> estimator = context.Transforms.CustomMapping(new SumFactory().GetMapping(), "no factory");
        using var file = new MemoryStream();
        context.Model.Save(estimator.Fit(Data), Data.Schema, file);
        file.Position = 0;
        Assert.IsType<InvalidOperationException>(Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(file, out _)).GetBaseException());
    }

    [Fact]
    public void An_assembly_can_be_registered_again()
    {
        context.ComponentCatalog.RegisterAssembly(typeof(CustomMappingTests).Assembly);
        context.ComponentCatalog.RegisterAssembly(typeof(CustomMappingTests).Assembly);
    }

    private IDataView Data => context.Data.LoadFromEnumerable(new[] { new Input { A = 1, B = 2 }, new Input { A = 3, B = 4 } });

    private CustomMappingEstimator<Input, Output> Mapping() => context.Transforms.CustomMapping<Input, Output>(
        (source, result) => (result.Sum, result.Text) = (source.A + source.B, $"{source.A}+{source.B}"), contractName: null);

    [CustomMappingFactoryAttribute("sum")]
    private sealed class SumFactory : CustomMappingFactory<Input, Output>
    {
        public override Action<Input, Output> GetMapping() => (source, result) => result.Sum = source.A + source.B;
    }

    private sealed class Input
    {
        public float A { get; set; }

        public float B { get; set; }
    }

    private sealed class Output
    {
        public float Sum { get; set; }

        public string? Text { get; set; }
    }

    private sealed class OnlyA
    {
        public float A { get; set; }
    }

    private sealed class DoubleInput
    {
        public double A { get; set; }

        public float B { get; set; }
    }

    private sealed class VectorInput
    {
        public float[]? A { get; set; }

        public float B { get; set; }
    }

    private sealed class Sized
    {
        [VectorType(3)]
        public float[]? Values { get; set; }
    }

    private sealed class Unsized
    {
        public float[]? Values { get; set; }
    }

    private sealed class KeyOutput
    {
        [KeyType(3)]
        public uint Key { get; set; }
    }
}
