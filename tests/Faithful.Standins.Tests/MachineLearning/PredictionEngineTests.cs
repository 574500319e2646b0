using Faithful.Standins.Tests.MachineLearning.Outside;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>One object in, one object out.</summary>
public sealed class PredictionEngineTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void An_engine_predicts_what_the_transformer_makes_of_a_row()
    {
        using PredictionEngine<Input, Output> engine = context.Model.CreatePredictionEngine<Input, Output>(Model());
        Assert.Equal([4, 9, 4], new float[] { 2, -3, 2 }.Select(value => engine.Predict(new Input { A = value }).Square));
        Assert.Equal("1 one", engine.Predict(new Input { A = 1, Name = "one" }).Text);
        Assert.Equal(["A", "Name", "Square", "Text"], engine.OutputSchema.Select(column => column.Name));
    }

    [Fact]
    public void An_engine_takes_transformers_and_mappers_made_outside_of_the_package()
    {
        ITransformer chain = new SquareTransformer("B", "A").Append(Model()).Append(new SquareTransformer("C", "Square"));
        using PredictionEngine<Input, Wide> engine = context.Model.CreatePredictionEngine<Input, Wide>(chain);
        Wide result = engine.Predict(new Input { A = 3 });
        Assert.Equal((9f, 9f, 81f), (result.B, result.Square, result.C));
    }

    [Fact]
    public void A_result_object_is_filled_or_made()
    {
        using PredictionEngine<Input, Output> engine = context.Model.CreatePredictionEngine<Input, Output>(Model());
        var result = new Output { Kept = 5 };
        Output same = result;
        engine.Predict(new Input { A = 2 }, ref result);
        Assert.Same(same, result);
        Assert.Equal((4f, 5), (result.Square, result.Kept)); // what no column fills keeps its value
        Output? made = null;
        engine.Predict(new Input { A = 3 }, ref made!);
        Assert.Equal(9, made.Square);
    }

    [Fact]
    public void Columns_that_are_missing_are_faults_where_they_are_not_ignored()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Model.CreatePredictionEngine<Input, Output>(Model(), ignoreMissingColumns: false));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => context.Model.CreatePredictionEngine<Input, Output>(Model(), new PredictionEngineOptions { IgnoreMissingColumns = false }));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Model.CreatePredictionEngine<NoInput, Output>(Model()));
        Assert.Throws<InvalidOperationException>(() => context.Model.CreatePredictionEngine<Input, WrongOutput>(Model()));
    }

    [Fact]
    public void What_is_null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => context.Model.CreatePredictionEngine<Input, Output>(null));
        using PredictionEngine<Input, Output> engine = context.Model.CreatePredictionEngine<Input, Output>(Model());
        Assert.Throws<ArgumentNullException>(() => engine.Predict(null!));
    }

    [Fact]
    public void A_transformer_that_does_not_map_row_to_row_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Model.CreatePredictionEngine<Input, Output>(new FilterOnly()));

    [Fact]
    public void A_schema_gives_the_input_its_sizes()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new SizedInput { Values = [1, 2, 3] } });
        ITransformer model = context.Transforms.CustomMapping<SizedInput, Output>((source, result) => result.Square = source.Values!.Sum(), null).Fit(data);
        using PredictionEngine<UnsizedInput, Output> loose = context.Model.CreatePredictionEngine<UnsizedInput, Output>(model);
        Assert.Equal("Vector<Single>", loose.OutputSchema["Values"].Type.ToString());
        using PredictionEngine<UnsizedInput, SquareOnly> engine = context.Model.CreatePredictionEngine<UnsizedInput, SquareOnly>(model, data.Schema);
        Assert.Equal("Vector<Single, 3>", engine.OutputSchema["Values"].Type.ToString());
        Assert.Equal(6, engine.Predict(new UnsizedInput { Values = [1, 2, 3] }).Square);
    }

    [Fact]
    public void Definitions_rename_both_sides()
    {
        SchemaDefinition input = SchemaDefinition.Create(typeof(Renamed));
        input["Other"].ColumnName = "A";
        SchemaDefinition output = SchemaDefinition.Create(typeof(Renamed));
        output["Other"].ColumnName = "Square";
        var options = new PredictionEngineOptions { InputSchemaDefinition = input, OutputSchemaDefinition = output };
        using PredictionEngine<Renamed, Renamed> engine =
            context.Model.CreatePredictionEngine<Renamed, Renamed>(new SquareTransformer("Square", "A"), options);
        Assert.Equal(16, engine.Predict(new Renamed { Other = 4 }).Other);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void An_engine_disposes_of_its_transformer_when_it_owns_it(bool owns, int disposals)
    {
        var step = new DisposableSquare();
        PredictionEngine<Input, Output> engine =
            context.Model.CreatePredictionEngine<Input, Output>(step, new PredictionEngineOptions { OwnsTransformer = owns });
        engine.Dispose();
        engine.Dispose();
        Assert.Equal(disposals, step.Disposals);
    }

    [Fact]
    public void Options_have_the_published_defaults()
    {
        var options = new PredictionEngineOptions();
        Assert.Equal((true, true), (options.IgnoreMissingColumns, options.OwnsTransformer));
        Assert.Null(options.InputSchemaDefinition);
        Assert.Null(options.OutputSchemaDefinition);
    }

    private Microsoft.ML.Transforms.CustomMappingTransformer<Input, Made> Model() => context.Transforms.CustomMapping<Input, Made>(
        (source, result) => (result.Square, result.Text) = (source.A * source.A, $"{source.A} {source.Name}"), null)
        .Fit(context.Data.LoadFromEnumerable(Array.Empty<Input>()));

    private sealed class Input
    {
        public float A { get; set; }

        public string? Name { get; set; }
    }

    private sealed class NoInput
    {
        public float Z { get; set; }
    }

    private sealed class Made
    {
        public float Square { get; set; }

        public string? Text { get; set; }
    }

    private sealed class Output
    {
        public float Square { get; set; }

        public string? Text { get; set; }

        public int Kept { get; set; }
    }

    private sealed class SquareOnly
    {
        public float Square { get; set; }
    }

    private sealed class WrongOutput
    {
        public double Square { get; set; }
    }

    private sealed class Wide
    {
        public float B { get; set; }

        public float Square { get; set; }

        public float C { get; set; }
    }

    private sealed class SizedInput
    {
        [VectorType(3)]
        public float[]? Values { get; set; }
    }

    private sealed class UnsizedInput
    {
        public float[]? Values { get; set; }
    }

    private sealed class Renamed
    {
        public float Other { get; set; }
    }

    private class FilterOnly : ITransformer
    {
        public virtual bool IsRowToRowMapper => false;

        public virtual DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public virtual IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException("Filters rows.");

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException("Outside code cannot write into the context.");

        public IDataView Transform(IDataView input) => input;
    }

    private sealed class DisposableSquare : FilterOnly, IDisposable
    {
        public int Disposals { get; private set; }

        public override bool IsRowToRowMapper => true;

        public void Dispose() => Disposals++;

        public override DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => GetRowToRowMapper(inputSchema).OutputSchema;

        public override IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new SquareMapper(inputSchema, "Square", "A");
    }
}
