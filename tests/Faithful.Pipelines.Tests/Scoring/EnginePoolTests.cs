using Microsoft.ML;

namespace Faithful.Pipelines.Tests.Scoring;

/// <summary>A pool answers many threads at once as one engine answers one.</summary>
public sealed class EnginePoolTests
{
    private readonly MLContext _context = new(1);

    [Fact]
    public void Many_threads_get_the_answers_of_one()
    {
        using var pool = new CrystalPredictionEnginePool(_context, ShippedModels.Opened);
        CrystalPrediction[] expected = [.. TestCrystals.Rows[..6].Select(pool.Predict)];
        var found = new CrystalPrediction[4 * expected.Length];
        var threads = Enumerable.Range(0, 8).Select(first => new Thread(() =>
        {
            for (int index = first; index < found.Length; index += 8)
            {
                found[index] = pool.Predict(TestCrystals.Rows[index % expected.Length]);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        for (int index = 0; index < found.Length; index++)
        {
            Predictions.AssertSame(expected[index % expected.Length], found[index]);
        }
    }

    [Fact]
    public void A_crystal_that_cannot_be_read_breaks_no_engine()
    {
        using var transformer = new CrystalScoringTransformer([ShippedModels.PointGroup], ShippedModels.OnCpu with { OnBadStructure = BadStructure.Throw });
        using var pool = new CrystalPredictionEnginePool(_context, transformer);
        CrystalPrediction before = pool.Predict(TestCrystals.Rows[0]);
        Assert.Throws<Faithful.Crystals.Formats.CrystalFormatException>(() => pool.Predict(new CrystalInput { Structure = TestCrystals.Unreadable }));
        Predictions.AssertSame(before, pool.Predict(TestCrystals.Rows[0]));
    }

    [Fact]
    public void A_transformer_that_maps_no_rows_is_refused()
    {
        using var transformer = new CrystalScoringTransformer([ShippedModels.PointGroup], ShippedModels.OnCpu with { OnBadStructure = BadStructure.Drop });
        Assert.ThrowsAny<Exception>(() => new CrystalPredictionEnginePool(_context, transformer));
    }
}
