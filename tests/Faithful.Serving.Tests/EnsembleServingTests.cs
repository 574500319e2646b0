using Faithful.Crystals;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Models.Trees;
using Faithful.Onnx;
using Faithful.Testing;

namespace Faithful.Serving.Tests;

/// <summary>What must hold for models that answer as one, whatever the models.</summary>
public sealed class EnsembleServingTests : IDisposable
{
    private const double Tolerance = 1e-6;

    private static readonly ServingOptions OnCpu = new() { Device = ServingDevice.Cpu };
    private static readonly string[] Names = ["one", "two", "small", "trees"];

    private readonly TemporaryFolder _folder = new();
    private readonly (string Id, Crystal Crystal)[] _crystals = TestModels.Crystals(30, seed: 2);

    public EnsembleServingTests()
    {
        string[] classes = [.. TestModels.Topology.Classes];
        TestModels.Export(_folder["one"], TestModels.Topology, Calibrated(1.7), seed: 1);
        TestModels.Export(_folder["two"], TestModels.Topology with { Classes = [.. classes.Reverse()] }, seed: 2);
        TestModels.Export(_folder["small"], TestModels.Topology, card => card with { Preparation = card.Preparation with { MaxAtoms = 3 } }, seed: 3);
        TreeModel trees = new RandomTrees(4).Model(5, descriptors: "claussen");
        TreeExporter.Export(trees, RandomTrees.Card(trees, TestModels.Topology with { UsesSymmetry = true }), _folder["trees"]);
    }

    public void Dispose() => _folder.Dispose();

    public static TheoryData<EnsembleMethod> Methods => [EnsembleMethod.Mean, EnsembleMethod.Weighted, EnsembleMethod.Stacked];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Neighbours_order_batches_and_threads_do_not_change_a_prediction(EnsembleMethod method)
    {
        Write("all", method, Names);
        using CrystalPredictor predictor = Open("all");
        using CrystalPredictor cut = CrystalPredictor.Open(_folder["all"], OnCpu with { MaxAtomsPerBatch = 5, IntraOpThreads = 1 });
        IReadOnlyList<Prediction> together = predictor.Predict(_crystals);
        AssertSame(together, cut.Predict(_crystals));
        AssertSame(together, [.. _crystals.Select(crystal => predictor.Predict([crystal])[0])]);
        AssertSame(together, [.. predictor.Predict([.. _crystals.Reverse()]).Reverse()]);
        AssertSame(together, [.. predictor.PredictStream(_crystals)]);
        Parallel.For(0, 4, _ => AssertSame(together, predictor.Predict(_crystals)));
        Assert.All(together, prediction =>
        {
            Assert.Equal(("tqc", "ensemble", false), (prediction.Task, prediction.Model, prediction.IsFallback));
            Assert.Equal(1, prediction.Probabilities.Sum(), Tolerance);
            Assert.InRange(prediction.Disagreement!.Value, 0, 1);
        });
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    [InlineData("trees")]
    public void An_ensemble_of_one_is_its_member(string member)
    {
        Write("alone", EnsembleMethod.Mean, [member]);
        AssertSame(Predict(member), Predict("alone"));
        Assert.All(Predict("alone"), prediction => Assert.Equal(0, prediction.Disagreement));
    }

    [Fact]
    public void All_weight_on_one_member_is_that_member()
    {
        Write("all", EnsembleMethod.Weighted, Names, [0, 1, 0, 0]);
        AssertSame(Predict("two"), Predict("all"));
        Write("all", EnsembleMethod.Stacked, Names, [0, 1, 0, 0]);
        AssertSame(Predict("two"), Predict("all"), 1e-5); // probabilities below 1e-6 count as that
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_order_of_the_members_changes_nothing(EnsembleMethod method)
    {
        double[] weights = method == EnsembleMethod.Mean ? [0.25, 0.25, 0.25, 0.25] : [0.4, 0.3, 0.2, 0.1];
        Write("forth", method, Names, weights);
        Write("back", method, [.. Names.Reverse()], [.. weights.Reverse()]);
        IReadOnlyList<Prediction> forth = Predict("forth"), back = Predict("back");
        AssertSame(forth, back);
        Assert.All(forth.Zip(back), pair => Assert.Equal(pair.First.Disagreement!.Value, pair.Second.Disagreement!.Value, Tolerance));
    }

    [Fact]
    public void A_mean_averages_calibrated_probabilities_over_the_members_that_take_the_crystal()
    {
        Write("all", EnsembleMethod.Mean, ["one", "small"]);
        IReadOnlyList<Prediction> one = Predict("one"), small = Predict("small"), all = Predict("all");
        Assert.Contains(small, prediction => prediction.IsFallback);
        for (int i = 0; i < all.Count; i++)
        {
            Assert.False(all[i].IsFallback);
            Assert.Equal(small[i].IsFallback, all[i].Warnings.Any(warning => warning.StartsWith("1 of 2 members cannot take the crystal", StringComparison.Ordinal)));
            for (int c = 0; c < 5; c++)
            {
                double expected = small[i].IsFallback ? one[i].Probabilities[c] : (one[i].Probabilities[c] + small[i].Probabilities[c]) / 2;
                Assert.Equal(expected, all[i].Probabilities[c], Tolerance);
            }
        }
    }

    [Fact]
    public void A_crystal_that_no_member_takes_gets_the_fallback()
    {
        Write("all", EnsembleMethod.Stacked, ["small"]);
        IReadOnlyList<Prediction> small = Predict("small"), all = Predict("all");
        Assert.All(small.Zip(all).Where(pair => pair.First.IsFallback), pair =>
        {
            Assert.True(pair.Second.IsFallback);
            Assert.Equal(pair.First.Class, pair.Second.Class);
            Assert.Equal(pair.First.Warnings, pair.Second.Warnings);
        });
        Assert.Equal(small.Count(prediction => prediction.IsFallback), all.Count(prediction => prediction.IsFallback));
    }

    [Fact]
    public void Values_are_combined_and_get_the_interval_of_the_ensemble()
    {
        TestModels.Export(_folder["a"], TestModels.Energy, seed: 1);
        TestModels.Export(_folder["b"], TestModels.Energy, seed: 2);
        Write("energy", EnsembleMethod.Stacked, ["a", "b"], [0.75, 0.5], card => card with { Biases = [0.125], Calibration = HalfWidth(0.3) }, TestModels.Energy);
        IReadOnlyList<Prediction> a = Predict("a"), b = Predict("b"), both = Predict("energy");
        for (int i = 0; i < both.Count; i++)
        {
            Assert.Equal(0.75 * a[i].Value!.Value + 0.5 * b[i].Value!.Value + 0.125, both[i].Value!.Value, Tolerance);
            Assert.Equal(Math.Abs(a[i].Value!.Value - b[i].Value!.Value) / 2, both[i].Disagreement!.Value, Tolerance);
            Assert.Equal((0.3, 0.9, true), (both[i].HalfWidth, both[i].Coverage, both[i].IsCalibrated));
        }
    }

    [Fact]
    public void An_altered_member_is_refused()
    {
        Write("all", EnsembleMethod.Mean, ["one", "two"]);
        ModelCard card = ModelCard.Read(_folder["two"]);
        AtomicFile.WriteText(Path.Combine(_folder["two"], ModelCard.FileName), (card with { Preset = "other" }).ToJson());
        Assert.Contains("fit the ensemble anew", AssertRefused("all").Found, StringComparison.Ordinal);
        AtomicFile.WriteText(Path.Combine(_folder["two"], ModelCard.FileName), card.ToJson());
        using (Open("all"))
        {
        }

        byte[] model = File.ReadAllBytes(Path.Combine(_folder["one"], ModelCard.ModelFileName));
        model[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(_folder["one"], ModelCard.ModelFileName), model);
        Assert.Contains("SHA-256", AssertRefused("all").Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Ensembles_of_ensembles_and_of_themselves_are_refused()
    {
        Write("inner", EnsembleMethod.Mean, ["one"]);
        Assert.Contains("an ensemble", Assert.Throws<ModelFolderException>(() => EnsembleFolder.Member(_folder["outer"], _folder["inner"])).Found, StringComparison.Ordinal);
        foreach (string member in (string[])["../inner", "../outer", "."])
        {
            EnsembleCard card = EnsembleCard.Read(_folder["inner"]) with { Members = [new() { Folder = member, CardSha256 = new string('0', 64) }] };
            AtomicFile.WriteText(Path.Combine(_folder["outer"], EnsembleCard.FileName), card.ToJson());
            Assert.Contains("an ensemble", AssertRefused("outer").Found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_that_is_both_and_a_member_that_is_not_there_are_refused()
    {
        Write("one", EnsembleMethod.Mean, ["two"]);
        Assert.Equal("both", AssertRefused("one").Found);
        Write("lost", EnsembleMethod.Mean, ["two"]);
        Directory.Delete(_folder["two"], recursive: true);
        Assert.Equal("no card.json", AssertRefused("lost").Found);
    }

    [Fact]
    public void A_member_for_other_classes_is_refused()
    {
        Write("all", EnsembleMethod.Mean, ["one"], alter: card => card with { Task = card.Task with { Classes = ["a", "b"] } });
        Assert.Contains("has other classes", AssertRefused("all").Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_that_want_one_preparation_share_it()
    {
        Write("all", EnsembleMethod.Mean, ["one", "two", "trees", "one"]);
        using CrystalPredictor predictor = Open("all");
        List<PreparationOptions> asked = [];
        var source = new PredictionInputs(_crystals);
        predictor.Predict(new PredictionInputs(_crystals.Length, preparation =>
        {
            asked.Add(preparation);
            return [.. source.Of(preparation)];
        }));
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public void An_ensemble_has_no_card_and_no_raw_output_of_its_own()
    {
        Write("all", EnsembleMethod.Mean, ["one", "two"]);
        using CrystalPredictor predictor = Open("all");
        Assert.Throws<InvalidOperationException>(() => predictor.Card);
        Assert.Throws<InvalidOperationException>(() => predictor.PredictPrepared([]));
        Assert.Equal(2, predictor.Cards.Length);
        Assert.Equal(TestModels.Topology.Classes, predictor.Task.Classes);
    }

    private static Func<ModelCard, ModelCard> Calibrated(double temperature) => card => card with { Calibration = Temperature(temperature) };

    private static ModelCalibration Temperature(double value) => new() { Method = CalibrationMethod.Temperature, Value = value, Part = "validation", Crystals = 9 };

    private static ModelCalibration HalfWidth(double value) =>
        new() { Method = CalibrationMethod.Conformal, Value = value, Coverage = 0.9, Part = "validation", Crystals = 9 };

    private static void AssertSame(IReadOnlyList<Prediction> expected, IReadOnlyList<Prediction> found, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Select(prediction => prediction.Id), found.Select(prediction => prediction.Id));
        for (int i = 0; i < expected.Count; i++)
        {
            // Compared by name: a member may count the classes in another order.
            double[] left = [.. expected[i].Probabilities.Order()], right = [.. found[i].Probabilities.Order()];
            Assert.Equal(expected[i].Class, found[i].Class);
            Assert.All(left.Zip(right), pair => Assert.Equal(pair.First, pair.Second, tolerance));
            Assert.Equal(expected[i].Confidence!.Value, found[i].Confidence!.Value, tolerance);
        }
    }

    private ModelFolderException AssertRefused(string name) => Assert.Throws<ModelFolderException>(() => Open(name).Dispose());

    private CrystalPredictor Open(string name) => CrystalPredictor.Open(_folder[name], OnCpu);

    private IReadOnlyList<Prediction> Predict(string name)
    {
        using CrystalPredictor predictor = Open(name);
        return predictor.Predict(_crystals);
    }

    private void Write(
        string name, EnsembleMethod method, string[] members, double[]? weights = null, Func<EnsembleCard, EnsembleCard>? alter = null, ModelTask? task = null)
    {
        var card = new EnsembleCard
        {
            Task = task ?? TestModels.Topology,
            Method = method,
            Members = [.. members.Select(member => EnsembleFolder.Member(_folder[name], _folder[member]))],
            Weights = weights ?? EnsembleRule.EqualWeights(members.Length),
            Fit = new EnsembleFit { Data = "none", DataSha256 = new string('0', 64), Part = "validation", Crystals = 1 },
        };
        AtomicFile.WriteText(Path.Combine(_folder[name], EnsembleCard.FileName), (alter?.Invoke(card) ?? card).ToJson());
    }
}
