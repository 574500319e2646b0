using Faithful.Crystals.Formats;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests.Scoring;

/// <summary>A row whose structure cannot be read gets no answer, is left out or ends the work, as the option says; it is counted.</summary>
public sealed class BadStructureTests
{
    private readonly MLContext _context = new(1);

    [Fact]
    public void Missing_gives_no_number_and_says_why()
    {
        using CrystalScoringTransformer transformer = Transformer(BadStructure.Missing);
        IDataView scored = transformer.Transform(_context.View(TestCrystals.WithOneUnreadable));
        CrystalPrediction[] predictions = _context.Predictions(scored);
        Assert.Equal(TestCrystals.WithOneUnreadable.Select(row => row.Id), predictions.Select(prediction => prediction.Id));
        CrystalPrediction broken = predictions[3];
        Assert.Equal(("", false), (broken.Class, broken.IsFallback));
        Assert.All(broken.Probabilities.Append(broken.Confidence).Append(broken.Value), number => Assert.True(float.IsNaN(number)));
        Assert.Equal(transformer.Task.Classes.Count, broken.Probabilities.Length);
        Assert.StartsWith("broken(5): expected ", broken.Note, StringComparison.Ordinal);
        Assert.Equal(1, transformer.BadStructures);
        Assert.Equal(0u, scored.GetColumn<uint>(CrystalColumns.PredictedLabel).ElementAt(3));
        Assert.Equal(2, transformer.BadStructures);
    }

    [Fact]
    public void Missing_gives_no_value()
    {
        using var transformer = new CrystalScoringTransformer([ShippedModels.Energy], ShippedModels.OnCpu);
        IDataView scored = transformer.Transform(_context.View(TestCrystals.WithOneUnreadable[2..4]));
        Assert.Equal([false, true], scored.GetColumn<float>(CrystalColumns.Score).Select(float.IsNaN));
        Assert.Empty(_context.Predictions(scored)[1].Probabilities);
    }

    [Fact]
    public void Drop_leaves_the_row_out_whichever_columns_are_asked_for()
    {
        using CrystalScoringTransformer transformer = Transformer(BadStructure.Drop);
        IDataView scored = transformer.Transform(_context.View(TestCrystals.WithOneUnreadable));
        string[] kept = [.. TestCrystals.WithOneUnreadable.Where(row => row.Id != "broken").Select(row => row.Id)];
        Assert.Equal(kept, scored.GetColumn<string>(CrystalColumns.Id));
        Assert.Equal(kept, _context.Predictions(scored).Select(prediction => prediction.Id));
        Assert.Null(scored.GetRowCount());
        Assert.Equal(2, transformer.BadStructures);
        Assert.ThrowsAny<Exception>(() => _context.Model.CreatePredictionEngine<CrystalInput, CrystalPrediction>(transformer));
    }

    [Fact]
    public void Throw_ends_the_work_with_the_place_and_the_finding()
    {
        using CrystalScoringTransformer transformer = Transformer(BadStructure.Throw);
        IDataView scored = transformer.Transform(_context.View(TestCrystals.WithOneUnreadable));
        CrystalFormatException fault = Assert.Throws<CrystalFormatException>(() => _context.Predictions(scored));
        Assert.Equal(("broken", 5), (fault.File, fault.Line));
        Assert.Equal(1, transformer.BadStructures);
    }

    [Theory]
    [InlineData("", "an empty text")]
    [InlineData("  \n", "an empty text")]
    [InlineData("{\"id\":\"x\"}", "expected the field \"cell\" or \"lattice\"")]
    [InlineData("data_a\n_cell_length_a 3\n", "x(")]
    [InlineData("{\"id\":\"a\",\"cell\":[3,3,3,90,90,90],\"species\":[\"Po\"],\"frac\":[[0,0,0]]}\n{\"id\":\"b\",\"cell\":[3,3,3,90,90,90],\"species\":[\"Po\"],\"frac\":[[0,0,0]]}", "several")]
    public void A_text_that_is_not_one_crystal_is_unreadable(string text, string reason)
    {
        CrystalReadResult result = CrystalText.Read(text, "x");
        Assert.False(result.IsSuccess);
        Assert.Contains(reason, result.Error!.Message, StringComparison.Ordinal);
        Assert.Throws<CrystalFormatException>(() => CrystalText.Parse(text, "x"));
    }

    [Fact]
    public void A_row_without_identifier_is_named_by_its_place()
    {
        using CrystalScoringTransformer transformer = Transformer(BadStructure.Missing);
        IDataView data = _context.Data.LoadFromEnumerable(TestCrystals.WithOneUnreadable.Select(row => new OnlyStructure { Structure = row.Structure }));
        string[] notes = [.. transformer.Transform(data).GetColumn<string>(CrystalColumns.Note)];
        Assert.StartsWith("row 4(5): ", notes[3], StringComparison.Ordinal);
    }

    private static CrystalScoringTransformer Transformer(BadStructure onBadStructure) =>
        new([ShippedModels.PointGroup], ShippedModels.OnCpu with { OnBadStructure = onBadStructure });

    private sealed class OnlyStructure
    {
        public string Structure { get; set; } = "";
    }
}
