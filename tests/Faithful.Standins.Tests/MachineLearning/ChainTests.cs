using Faithful.Standins.Tests.MachineLearning.Outside;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>Chains of estimators and of transformers.</summary>
public sealed class ChainTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void Each_estimator_is_fitted_on_what_those_before_it_make()
    {
        EstimatorChain<SquareTransformer> chain = Square("B", "A").Append(Square("C", "B")).Append(Square("D", "C"));
        TransformerChain<SquareTransformer> model = chain.Fit(Data);
        Assert.Equal([256, 6561], model.Transform(Data).GetColumn<float>("D")); // 2 and 3 to the power of 8
        Assert.Equal(3, model.Count());
        Assert.Same(model.Last(), model.LastTransformer);
    }

    [Fact]
    public void A_chain_keeps_the_contract_of_estimators() =>
        EstimatorContract.Check(Square("B", "A").Append(Square("C", "B")), Data, context.Data.LoadFromEnumerable(new[] { new Other() }));

    [Fact]
    public void A_step_that_does_not_fit_is_found_before_any_row_is_read()
    {
        var counted = new CountedView(Data);
        int fits = 0;
        EstimatorChain<SquareTransformer> chain = Square("B", "A").WithOnFitDelegate(_ => fits++).Append(Square("D", "C"));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(counted));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.GetOutputSchema(SchemaShapes.Of(Data)));
        Assert.Equal((0, 0), (counted.Cursors, fits));
    }

    [Fact]
    public void Nothing_is_computed_before_a_cursor_asks()
    {
        var counted = new CountedView(Data);
        IDataView output = Square("B", "A").Append(Square("C", "B")).Fit(counted).Transform(counted);
        Assert.Equal(0, counted.Cursors);
        Assert.Equal(2, output.GetColumn<float>("C").Count());
        Assert.Equal((1, 2), (counted.Cursors, counted.Rows));
    }

    [Fact]
    public void Steps_behind_a_checkpoint_read_from_memory_while_the_chain_is_fitted()
    {
        var plain = new CountedView(Data);
        ReadingEstimator[] readers = [new(), new()];
        Square("B", "A").Append(readers[0]).Append(readers[1]).Fit(plain);
        Assert.Equal((2, 4), (plain.Cursors, plain.Rows));
        var cached = new CountedView(Data);
        EstimatorChain<SquareTransformer> chain = Square("B", "A").AppendCacheCheckpoint(context).Append(readers[0]).Append(readers[1]);
        TransformerChain<SquareTransformer> model = chain.Fit(cached);
        Assert.Equal((1, 2), (cached.Cursors, cached.Rows));
        Assert.Equal(3, model.Count());
        Assert.Throws<InvalidOperationException>(() => new EstimatorChain<ITransformer>().AppendCacheCheckpoint(context));
        Assert.Throws<ArgumentNullException>(() => Square("B", "A").AppendCacheCheckpoint(null));
    }

    [Fact]
    public void A_delegate_sees_each_transformer_that_is_made()
    {
        List<SquareTransformer> seen = [];
        EstimatorChain<SquareTransformer> chain = Square("B", "A").WithOnFitDelegate(seen.Add).Append(Square("C", "B"));
        TransformerChain<SquareTransformer> model = chain.Fit(Data);
        Assert.Same(model.First(), Assert.Single(seen));
        Assert.IsType<SquareEstimator>(chain.LastEstimator);
    }

    [Fact]
    public void An_empty_chain_passes_everything_on()
    {
        var chain = new EstimatorChain<ITransformer>();
        Assert.Null(chain.LastEstimator);
        TransformerChain<ITransformer> model = chain.Fit(Data);
        Assert.Null(model.LastTransformer);
        Assert.Empty(model);
        Assert.Equal([2, 3], model.Transform(Data).GetColumn<float>("A"));
        Assert.Equal(Data.Schema.Count, model.GetOutputSchema(Data.Schema).Count);
    }

    [Fact]
    public void Steps_take_part_in_the_scopes_that_they_are_for()
    {
        EstimatorChain<SquareTransformer> chain = new EstimatorChain<ITransformer>()
            .Append(Square("B", "A"))
            .Append(Square("C", "A"), TransformerScope.TrainTest)
            .Append(Square("D", "B"));
        TransformerChain<SquareTransformer> model = chain.Fit(Data);
        Assert.Equal(["A", "B", "D"], Names(model.Transform(Data)));
        Assert.Equal(["A", "B", "C", "D"], Names(model.Transform(Data, TransformerScope.Training)));
        Assert.Equal(["A", "B", "D"], model.GetOutputSchema(Data.Schema).Select(column => column.Name));
        Assert.Equal(2, model.GetModelFor(TransformerScope.Scoring).Count());
        Assert.Equal(3, model.GetModelFor(TransformerScope.Everything).Count());
    }

    [Fact]
    public void Transformers_are_chained_as_they_are()
    {
        TransformerChain<SquareTransformer> model = new SquareTransformer("B", "A").Append(new SquareTransformer("C", "B"));
        Assert.Equal([16, 81], model.Transform(Data).GetColumn<float>("C"));
        Assert.Equal(3, model.Append(new SquareTransformer("D", "C")).Count());
        Assert.Equal(2, new TransformerChain<ITransformer>(new SquareTransformer("B", "A"), new SquareTransformer("C", "B")).Count());
        Assert.Throws<InvalidOperationException>(() => new TransformerChain<TransformerChain<ITransformer>>(new SquareTransformer("B", "A")));
        Assert.Throws<InvalidOperationException>(() => new TransformerChain<ITransformer>([new SquareTransformer("B", "A")], []));
    }

    [Fact]
    public void A_chain_disposes_of_its_steps_once()
    {
        var step = new DisposableStep();
        TransformerChain<DisposableStep> chain = new TransformerChain<ITransformer>().Append(step);
        chain.Dispose();
        chain.Dispose();
        Assert.Equal(1, step.Disposals);
    }

    [Fact]
    public void What_is_missing_is_refused()
    {
        var chain = new EstimatorChain<ITransformer>();
        Assert.Throws<ArgumentNullException>(() => chain.Append<SquareTransformer>(null));
        Assert.Throws<ArgumentNullException>(() => new TransformerChain<ITransformer>().Transform(null));
        Assert.Throws<ArgumentNullException>(() => new TransformerChain<ITransformer>().GetOutputSchema(null));
        Assert.Throws<ArgumentNullException>(() => Square("B", "A").Append((IEstimator<ITransformer>)null!));
    }

    [Fact]
    public void A_chain_maps_row_to_row_when_all_its_steps_do()
    {
        ITransformer chain = new SquareTransformer("B", "A").Append(new SquareTransformer("C", "B"));
        Assert.True(chain.IsRowToRowMapper);
        IRowToRowMapper mapper = chain.GetRowToRowMapper(Data.Schema);
        Assert.Equal(["A", "B", "C"], mapper.OutputSchema.Select(column => column.Name));
        Assert.Equal(["A"], mapper.GetDependencies([mapper.OutputSchema["C"]]).Select(column => column.Name));
        ITransformer other = new TransformerChain<ITransformer>(new SquareTransformer("B", "A"), new DisposableStep());
        Assert.False(other.IsRowToRowMapper);
        Assert.Throws<InvalidOperationException>(() => other.GetRowToRowMapper(Data.Schema));
    }

    private IDataView Data => context.Data.LoadFromEnumerable(new[] { new Row { A = 2 }, new Row { A = 3 } });

    private SquareEstimator Square(string output, string input) => new(context, output, input);

    private static IEnumerable<string> Names(IDataView data) => data.Schema.Select(column => column.Name);

    private sealed class Row
    {
        public float A { get; set; }
    }

    private sealed class Other
    {
        public float Z { get; set; }
    }

    // Reads all rows to be fitted, as a trainer does.
    private sealed class ReadingEstimator : IEstimator<SquareTransformer>
    {
        private int fits;

        public SquareTransformer Fit(IDataView input)
        {
            Assert.Equal(2, input.GetColumn<float>("B").Count());
            return new SquareTransformer($"Read{fits++}", "B");
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    private sealed class DisposableStep : ITransformer, IDisposable
    {
        public int Disposals { get; private set; }

        public bool IsRowToRowMapper => false;

        public void Dispose() => Disposals++;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException("Filters rows.");

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException("Outside code cannot write into the context.");

        public IDataView Transform(IDataView input) => input;
    }
}
