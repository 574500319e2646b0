using Faithful.Models;
using Microsoft.ML;

namespace Faithful.Pipelines.Tests.Scoring;

/// <summary>Who owns what, and what holds after it is gone.</summary>
public sealed class LifetimeTests
{
    private readonly MLContext _context = new(1);

    [Fact]
    public void A_folder_that_was_handed_over_goes_with_the_transformer()
    {
        string folder = Copy();
        CrystalScoringTransformer transformer = CrystalScoringTransformer.TakeOwnership(folder, ShippedModels.OnCpu);
        Assert.Equal("point-group", transformer.Task.Name);
        transformer.Dispose();
        transformer.Dispose();
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_folder_that_was_handed_over_goes_when_it_holds_no_model()
    {
        string folder = Copy();
        File.WriteAllText(Path.Combine(folder, ModelCard.ModelFileName), "");
        Assert.Throws<ModelFolderException>(() => CrystalScoringTransformer.TakeOwnership(folder, ShippedModels.OnCpu));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_model_folder_stays_where_it_is()
    {
        new CrystalScoringTransformer([ShippedModels.PointGroup], ShippedModels.OnCpu).Dispose();
        Assert.True(File.Exists(Path.Combine(ShippedModels.PointGroup, ModelCard.FileName)));
    }

    [Fact]
    public void After_the_transformer_its_views_fail()
    {
        var transformer = new CrystalScoringTransformer([ShippedModels.PointGroup], ShippedModels.OnCpu);
        IDataView scored = transformer.Transform(_context.View(TestCrystals.Rows));
        transformer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _context.Predictions(scored));
    }

    [Fact]
    public void An_engine_takes_the_transformer_with_it_and_a_pool_only_its_own()
    {
        var transformer = new CrystalScoringTransformer([ShippedModels.PointGroup], ShippedModels.OnCpu);
        var pool = new CrystalPredictionEnginePool(_context, transformer);
        pool.Dispose();
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Predict(TestCrystals.Rows[0]));
        PredictionEngine<CrystalInput, CrystalPrediction> engine = _context.Model.CreatePredictionEngine<CrystalInput, CrystalPrediction>(transformer);
        Assert.NotEmpty(engine.Predict(TestCrystals.Rows[0]).Class);
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => new CrystalPredictionEnginePool(_context, transformer).Predict(TestCrystals.Rows[0]));
    }

    [Fact]
    public void ML_NETs_own_files_name_the_way_that_works()
    {
        NotSupportedException fault = Assert.Throws<NotSupportedException>(() => _context.Model.Save(ShippedModels.Opened, null, new MemoryStream()));
        Assert.Contains("SaveCrystals", fault.Message, StringComparison.Ordinal);
    }

    private static string Copy() =>
        ShippedModels.Copy(ShippedModels.PointGroup, Directory.CreateTempSubdirectory("faithful-").FullName, card => card);
}
