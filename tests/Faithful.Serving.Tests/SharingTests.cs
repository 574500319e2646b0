using Faithful.Crystals;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Models.Trees;
using Faithful.Onnx;
using Faithful.Testing;

namespace Faithful.Serving.Tests;

/// <summary>What must hold for predictors that were opened together: each as if it were alone, at the price of each model once.</summary>
public sealed class SharingTests : IDisposable
{
    private static readonly ServingOptions OnCpu = new() { Device = ServingDevice.Cpu };

    // "lonely" is no folder of its own in Names: two ensembles have it.
    private static readonly string[] Names = ["all", "one", "pair", "trees", "two"];

    private readonly TemporaryFolder _folder = new();
    private readonly (string Id, Crystal Crystal)[] _crystals = TestModels.Crystals(30, seed: 6);

    public SharingTests()
    {
        TestModels.Export(_folder["one"], TestModels.Topology, card => card with { Calibration = Temperature(1.7) }, seed: 1);
        TestModels.Export(_folder["two"], TestModels.Topology with { Classes = [.. TestModels.Topology.Classes.Reverse()] }, seed: 2);
        TestModels.Export(_folder["lonely"], TestModels.Topology, card => card with { Preparation = card.Preparation with { MaxAtoms = 3 } }, seed: 3);
        TreeModel trees = new RandomTrees(4).Model(5, descriptors: "claussen");
        TreeExporter.Export(trees, RandomTrees.Card(trees, TestModels.Topology with { UsesSymmetry = true }), _folder["trees"]);
        Write("all", "one", "two", "lonely", "trees");
        Write("pair", "two", "lonely");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_predicts_to_the_last_bit_what_it_predicts_alone(bool appliesCalibration)
    {
        ServingOptions options = OnCpu with { AppliesCalibration = appliesCalibration };
        IReadOnlyList<CrystalPredictor> together = Open(options, Names);
        var inputs = new PredictionInputs(_crystals);
        foreach (CrystalPredictor predictor in together)
        {
            using CrystalPredictor alone = CrystalPredictor.Open(predictor.Folder, options);
            IReadOnlyList<Prediction> expected = alone.Predict(_crystals);
            AssertSame(expected, predictor.Predict(inputs));
            AssertSame(expected, predictor.Predict(inputs));
            AssertSame(expected, predictor.Predict(_crystals));
            AssertSame(expected, [.. Enumerable.Range(0, _crystals.Length)
                .Select(index => predictor.Join([.. predictor.Models.Select(model => inputs.Predictions(model, default)[index])]))]);
        }

        Close(together);
    }

    [Fact]
    public void A_model_is_opened_once_and_computes_the_same_crystals_once()
    {
        IReadOnlyList<CrystalPredictor> together = Open(OnCpu, Names);
        Assert.Equal(Names.Select(name => _folder[name]), together.Select(predictor => predictor.Folder));
        Assert.Equal(4, together.SelectMany(predictor => predictor.Models).Distinct().Count()); // with "lonely"
        var inputs = new PredictionInputs(_crystals);
        IReadOnlyList<Prediction> one = together[1].Predict(inputs);
        Assert.Same(one, inputs.Predictions(together[0].Models[0], default));
        Assert.Same(together[4].Predict(inputs), inputs.Predictions(together[2].Models[0], default));
        Assert.NotSame(one, together[1].Predict(new PredictionInputs(_crystals)));
        Close(together);
    }

    [Fact]
    public void A_predictor_that_is_disposed_leaves_the_others_what_they_share()
    {
        IReadOnlyList<CrystalPredictor> together = Open(OnCpu, Names);
        IReadOnlyList<Prediction>[] expected = [.. together.Select(predictor => predictor.Predict(_crystals))];
        for (int i = 0; i < together.Count; i++)
        {
            together[i].Dispose();
            together[i].Dispose();
            Assert.Throws<ObjectDisposedException>(() => together[i].Predict(_crystals));
            for (int other = i + 1; other < together.Count; other++)
            {
                AssertSame(expected[other], together[other].Predict(_crystals));
            }
        }

        Assert.All(together.SelectMany(predictor => predictor.Models), model => Assert.Throws<ObjectDisposedException>(() => model.Predict([])));
    }

    [Fact]
    public void Threads_may_ask_for_the_same_crystals()
    {
        IReadOnlyList<CrystalPredictor> together = Open(OnCpu, Names);
        IReadOnlyList<Prediction>[] expected = [.. together.Select(predictor => predictor.Predict(_crystals))];
        var inputs = new PredictionInputs(_crystals);
        Parallel.For(0, 4 * together.Count, i => AssertSame(expected[i % together.Count], together[i % together.Count].Predict(inputs)));
        Close(together);
    }

    [Fact]
    public void Who_cancels_does_not_cancel_for_others()
    {
        IReadOnlyList<CrystalPredictor> together = Open(OnCpu, Names);
        var inputs = new PredictionInputs(_crystals);
        Assert.Throws<OperationCanceledException>(() => together[0].Predict(inputs, new CancellationToken(canceled: true)));
        AssertSame(together[0].Predict(_crystals), together[0].Predict(inputs));
        Close(together);
    }

    [Fact]
    public void A_bad_folder_is_refused_with_every_ensemble_that_needs_it_and_the_others_open()
    {
        byte[] model = File.ReadAllBytes(Path.Combine(_folder["one"], ModelCard.ModelFileName));
        model[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(_folder["one"], ModelCard.ModelFileName), model);
        List<ModelFolderException> refused = [];
        IReadOnlyList<CrystalPredictor> others = CrystalPredictor.OpenAll([.. Names.Select(name => _folder[name]), _folder["nowhere"]], OnCpu, refused.Add);
        Assert.Equal(["pair", "trees", "two"], others.Select(predictor => Path.GetFileName(predictor.Folder)));
        Assert.Equal(3, refused.Count); // all, one, nowhere
        Assert.Equal(2, refused.Count(error => error.Expected.Contains("SHA-256", StringComparison.Ordinal)));
        Close(others);
        Assert.Contains("SHA-256", Assert.Throws<ModelFolderException>(() => Open(OnCpu, "two", "one")).Expected, StringComparison.Ordinal);
        Assert.Throws<ModelFolderException>(() => Open(OnCpu, "two", "nowhere"));
        Assert.Throws<ArgumentException>(() => Open(OnCpu with { MaxAtomsPerBatch = 0 }, "two"));
        Assert.Empty(Open(OnCpu));
    }

    private static ModelCalibration Temperature(double value) => new() { Method = CalibrationMethod.Temperature, Value = value, Part = "validation", Crystals = 9 };

    private static void Close(IReadOnlyList<CrystalPredictor> predictors)
    {
        foreach (CrystalPredictor predictor in predictors)
        {
            predictor.Dispose();
        }
    }

    private static void AssertSame(IReadOnlyList<Prediction> expected, IReadOnlyList<Prediction> found)
    {
        Assert.Equal(expected.Count, found.Count);
        Assert.All(expected.Zip(found), pair =>
        {
            (Prediction left, Prediction right) = pair;
            Assert.Equal(left.Probabilities, right.Probabilities);
            Assert.Equal(left.Warnings, right.Warnings);
            Assert.Equal(left with { Probabilities = [], Warnings = [] }, right with { Probabilities = [], Warnings = [] });
        });
    }

    private IReadOnlyList<CrystalPredictor> Open(ServingOptions options, params string[] names) => CrystalPredictor.OpenAll(names.Select(name => _folder[name]), options);

    private void Write(string name, params string[] members)
    {
        // A calibration that belongs to the ensemble alone: the member by itself has none.
        EnsembleMember[] list = [.. members.Select(member => EnsembleFolder.Member(_folder[name], _folder[member]) with { Calibration = Temperature(0.6) })];
        var card = new EnsembleCard
        {
            Task = TestModels.Topology,
            Method = EnsembleMethod.Mean,
            Members = list,
            Weights = EnsembleRule.EqualWeights(members.Length),
            Fit = new EnsembleFit { Data = "none", DataSha256 = new string('0', 64), Part = "validation", Crystals = 1 },
        };
        AtomicFile.WriteText(Path.Combine(_folder[name], EnsembleCard.FileName), card.ToJson());
    }
}
