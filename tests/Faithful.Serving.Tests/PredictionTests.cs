using Faithful.Crystals;
using Faithful.Crystals.Transformations;
using Faithful.Models;
using Faithful.Testing;

namespace Faithful.Serving.Tests;

public sealed class PredictionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_crystals_give_no_predictions()
    {
        using CrystalPredictor predictor = Open(TestModels.Topology);
        Assert.Empty(predictor.Predict([]));
        Assert.Empty(predictor.PredictStream([]));
    }

    [Fact]
    public void Probabilities_sum_to_one_and_the_class_is_the_most_probable()
    {
        using CrystalPredictor predictor = Open(TestModels.Topology);
        Assert.All(predictor.Predict(TestModels.Crystals(40, seed: 1)), prediction =>
        {
            Assert.Equal(1, prediction.Probabilities.Sum(), Tolerances.SingleParity);
            Assert.Equal(prediction.Probabilities.Max(), prediction.Confidence);
            Assert.Equal(prediction.Confidence, prediction.Probabilities[predictor.Card.Task.Classes.ToList().IndexOf(prediction.Class!)]);
            Assert.Null(prediction.Value);
            Assert.False(prediction.IsFallback);
        });
    }

    [Fact]
    public void Predictions_carry_the_identifiers_in_the_order_given()
    {
        using CrystalPredictor predictor = Open(TestModels.Energy, new ServingOptions { MaxAtomsPerBatch = 7 });
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(30, seed: 2);
        Assert.Equal(crystals.Select(crystal => crystal.Id), predictor.Predict(crystals).Select(prediction => prediction.Id));
    }

    [Theory]
    [InlineData(1, int.MaxValue)]
    [InlineData(9, int.MaxValue)]
    [InlineData(int.MaxValue, 100)]
    public void Batches_do_not_change_predictions(int maxAtoms, int maxEdges)
    {
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(50, seed: 3);
        using CrystalPredictor whole = Open(TestModels.Topology);
        using var cut = CrystalPredictor.Open(
            _folder.Path, new ServingOptions { Device = ServingDevice.Cpu, MaxAtomsPerBatch = maxAtoms, MaxEdgesPerBatch = maxEdges });
        AssertClose(whole.Predict(crystals), cut.Predict(crystals));
    }

    [Fact]
    public void Neighbours_in_the_list_do_not_change_a_prediction()
    {
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(24, seed: 4);
        using CrystalPredictor predictor = Open(TestModels.Topology);
        IReadOnlyList<Prediction> together = predictor.Predict(crystals);
        AssertClose(together, [.. crystals.Select(crystal => predictor.Predict([crystal])[0])]);
        AssertClose(together, [.. predictor.Predict([.. crystals.Reverse()]).Reverse()]);
    }

    [Fact]
    public void The_stream_gives_what_the_list_gives()
    {
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(CrystalPredictor.StreamWindow + 40, seed: 5);
        using CrystalPredictor predictor = Open(TestModels.Energy);
        AssertClose(predictor.Predict(crystals), [.. predictor.PredictStream(crystals)]);
    }

    [Fact]
    public void The_stream_reads_no_more_than_a_window_ahead()
    {
        int read = 0;
        using CrystalPredictor predictor = Open(TestModels.Energy);
        Crystal copper = TestModels.Cubic("Cu", 2.5);
        IEnumerable<(string, Crystal)> endless = Endless();
        Assert.Equal("0", predictor.PredictStream(endless).First().Id);
        Assert.InRange(read, 1, CrystalPredictor.StreamWindow);

        IEnumerable<(string, Crystal)> Endless()
        {
            for (; ; read++)
            {
                yield return (read.ToString(System.Globalization.CultureInfo.InvariantCulture), copper);
            }
        }
    }

    [Fact]
    public void A_crystal_that_is_too_large_takes_the_majority_class_and_says_why()
    {
        using CrystalPredictor predictor = Open(TestModels.Topology, maxAtoms: 3);
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(12, seed: 6); // 1, 2, …, 6 atoms, again and again
        IReadOnlyList<Prediction> predictions = predictor.Predict(crystals);
        for (int i = 0; i < crystals.Length; i++)
        {
            Assert.Equal(crystals[i].Crystal.Count > 3, predictions[i].IsFallback);
        }

        Prediction fallback = predictions.First(prediction => prediction.IsFallback);
        Assert.Equal("ESFD", fallback.Class);
        Assert.Equal(predictor.Card.Fallback.ClassFrequencies, fallback.Probabilities);
        Assert.Contains("at most 3", fallback.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_crystal_that_is_too_large_takes_the_median()
    {
        using CrystalPredictor predictor = Open(TestModels.Energy, maxAtoms: 1);
        Prediction fallback = predictor.Predict(TestModels.Crystals(2, seed: 7))[1];
        Assert.True(fallback.IsFallback);
        Assert.Equal(-1.25, fallback.Value);
        Assert.Null(fallback.Class);
        Assert.Null(fallback.Confidence);
    }

    [Fact]
    public void Elements_and_densities_outside_the_training_data_are_said()
    {
        using CrystalPredictor predictor = Open(TestModels.Topology); // trained, says its card, on elements 1 to 83 and 2 to 400 Å³ an atom
        IReadOnlyList<Prediction> predictions = predictor.Predict(
        [
            ("known", TestModels.Cubic("Cu", 3)),
            ("new element", TestModels.Cubic("U", 3)),
            ("thin", TestModels.Cubic("Cu", 9)),
            ("dense", TestModels.Cubic("H", 1.2)),
        ]);
        Assert.Empty(predictions[0].Warnings);
        Assert.Contains("element U", Assert.Single(predictions[1].Warnings), StringComparison.Ordinal);
        Assert.Contains("729.0 Å³", Assert.Single(predictions[2].Warnings), StringComparison.Ordinal);
        Assert.Contains("1.7 Å³", Assert.Single(predictions[3].Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lonely_atom_without_neighbours_is_predicted()
    {
        using CrystalPredictor predictor = Open(TestModels.Topology); // cutoff 5 Å
        Prediction prediction = Assert.Single(predictor.Predict([("lonely", TestModels.Cubic("Ne", 6))]));
        Assert.False(prediction.IsFallback);
        Assert.Equal(1, prediction.Probabilities.Sum(), Tolerances.SingleParity);
    }

    [Fact]
    public void A_cancelled_token_stops_every_way_to_predict()
    {
        using CrystalPredictor predictor = Open(TestModels.Topology);
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(3, seed: 8);
        var batch = CrystalBatch.Pack([CrystalPreparation.Prepare(crystals[0].Crystal, predictor.Card.Preparation)]);
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => predictor.Predict(crystals, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => predictor.PredictStream(crystals, cancelled).ToArray());
        Assert.ThrowsAny<OperationCanceledException>(() => predictor.Run(batch, cancelled));
    }

    [Fact]
    public void Raw_logits_and_probabilities_agree()
    {
        using CrystalPredictor predictor = Open(TestModels.Topology);
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(5, seed: 9);
        ModelOutput output = predictor.Run(
            CrystalBatch.Pack([.. crystals.Select(crystal => CrystalPreparation.Prepare(crystal.Crystal, predictor.Card.Preparation))]));
        Assert.Equal(5, output.Crystals);
        Assert.Equal(25, output.Logits.Length);
        Assert.Empty(output.Values);
        for (int row = 0; row < 5; row++)
        {
            double[] exponentials = [.. output.Logits.AsSpan(5 * row, 5).ToArray().Select(logit => Math.Exp(logit))];
            for (int c = 0; c < 5; c++)
            {
                Assert.Equal(exponentials[c] / exponentials.Sum(), output.Probabilities[5 * row + c], Tolerances.SingleParity);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_crystal_described_otherwise_gets_the_same_prediction(bool usesSymmetry)
    {
        using CrystalPredictor predictor = Open(TestModels.Topology with { UsesSymmetry = usesSymmetry });
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(40, seed: 12);
        var random = new RandomCrystals(12);
        AssertClose(
            predictor.Predict(crystals),
            predictor.Predict([.. crystals.Select(crystal => (crystal.Id, random.Redescribe(crystal.Crystal.Supercell(2, 1, 1))))]),
            Tolerances.SingleInvariance);
    }

    /// <summary>Sums over neighbours run in parallel inside the graph: a race there would show as noise.</summary>
    [Fact]
    public void The_same_batch_gives_the_same_numbers_again_and_again()
    {
        using CrystalPredictor predictor = Open(TestModels.Topology);
        var batch = CrystalBatch.Pack([.. TestModels.Crystals(60, seed: 11)
            .Select(crystal => CrystalPreparation.Prepare(crystal.Crystal, predictor.Card.Preparation))]);
        float[] first = predictor.Run(batch).Logits;
        for (int i = 0; i < 15; i++)
        {
            Assert.All(first.Zip(predictor.Run(batch).Logits), pair => Assert.Equal(pair.First, pair.Second, (float)Tolerances.SingleParity));
        }
    }

    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        using CrystalPredictor predictor = Open(TestModels.Topology);
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(18, seed: 10);
        IReadOnlyList<Prediction> expected = predictor.Predict(crystals);
        Parallel.For(0, 8, _ => AssertClose(expected, predictor.Predict(crystals)));
    }

    private CrystalPredictor Open(ModelTask task, ServingOptions? options = null, int maxAtoms = 20)
    {
        TestModels.Export(_folder.Path, task, card => card with { Preparation = card.Preparation with { MaxAtoms = maxAtoms } });
        return CrystalPredictor.Open(_folder.Path, (options ?? new ServingOptions()) with { Device = ServingDevice.Cpu });
    }

    private static void AssertClose(IReadOnlyList<Prediction> expected, IReadOnlyList<Prediction> found, double tolerance = Tolerances.SingleParity)
    {
        Assert.Equal(expected.Count, found.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Id, found[i].Id);
            Assert.Equal(expected[i].Value ?? 0, found[i].Value ?? 0, tolerance);
            Assert.Equal(expected[i].Probabilities.Count, found[i].Probabilities.Count);
            Assert.All(expected[i].Probabilities.Zip(found[i].Probabilities), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }
}
