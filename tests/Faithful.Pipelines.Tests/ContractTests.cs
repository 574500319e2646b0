using Faithful.Models;
using Faithful.Standins.Tests.MachineLearning;
using Microsoft.ML;

namespace Faithful.Pipelines.Tests;

/// <summary>What holds for every estimator holds for ours, and data that they cannot take are refused by their schema alone.</summary>
public sealed class ContractTests
{
    private readonly MLContext _context = new(1);
    private readonly IDataView _valid;
    private readonly IDataView[] _invalid;

    public ContractTests()
    {
        _valid = _context.View(TestCrystals.WithOneUnreadable[1..4]);
        _invalid =
        [
            _context.Data.LoadFromEnumerable([new WithoutStructure()]),
            _context.Data.LoadFromEnumerable([new WithNumber()]),
            _context.Data.LoadFromEnumerable([new WithVector()]),
            _context.Data.LoadFromEnumerable([new WithNumberedId()]),
        ];
    }

    [Fact]
    public void Scoring_of_a_classification() => Check(_context.Transforms.ScoreCrystals(ShippedModels.PointGroup, ShippedModels.OnCpu));

    [Fact]
    public void Scoring_of_a_regression() => Check(_context.Transforms.ScoreCrystals(ShippedModels.Energy, ShippedModels.OnCpu));

    [Fact]
    public void Scoring_that_leaves_rows_out() =>
        Check(_context.Transforms.ScoreCrystals(ShippedModels.PointGroup, ShippedModels.OnCpu with { OnBadStructure = BadStructure.Drop, ReadAhead = 2 }));

    [Fact]
    public void Embedding_in_descriptors() => Check(_context.Transforms.EmbedCrystals());

    [Fact]
    public void Embedding_in_arrays() =>
        Check(_context.Transforms.EmbedCrystals(new PreparationOptions { Cutoff = 4 }, options: new() { OnBadStructure = BadStructure.Drop }));

    [Fact]
    public void Purification() => Check(_context.Transforms.PurifyCrystals());

    [Fact]
    public void A_column_of_the_same_name_is_hidden()
    {
        IDataView scored = _context.Transforms.ScoreCrystals(ShippedModels.PointGroup, ShippedModels.OnCpu)
            .Append(_context.Transforms.ScoreCrystals(ShippedModels.Energy, ShippedModels.OnCpu)).Fit(_valid).Transform(_valid);
        Assert.Equal("Single", scored.Schema[CrystalColumns.Score].Type.ToString());
        Assert.Equal(2, scored.Schema.Count(column => column.Name == CrystalColumns.Note));
    }

    private void Check(IEstimator<ITransformer> estimator) => EstimatorContract.Check(estimator, _valid, _invalid);

    private sealed class WithoutStructure
    {
        public string Id { get; set; } = "";
    }

    private sealed class WithNumber
    {
        public float Structure { get; set; }
    }

    private sealed class WithVector
    {
        public string[] Structure { get; set; } = [];
    }

    private sealed class WithNumberedId
    {
        public int Id { get; set; }

        public string Structure { get; set; } = "";
    }
}
