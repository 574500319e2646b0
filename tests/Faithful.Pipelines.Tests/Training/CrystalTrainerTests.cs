using Faithful.Crystals.Symmetry;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Training;
using Faithful.Testing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests.Training;

/// <summary>Trees and networks as trainers of ML.NET, on crystals of the sample.</summary>
public sealed class CrystalTrainerTests : IDisposable
{
    private static readonly CrystalTreesOptions Trees = new()
    {
        Descriptors = "best-no-symmetry",
        NumberOfTrees = 15,
        NumberOfLeaves = 8,
        MinimumExampleCountPerLeaf = 3,
    };

    private static readonly CrystalNetworkOptions Network = new()
    {
        Network = new CgnnOptions { Width = 16, Blocks = 1, Cutoff = 4, Dropout = 0 },
        Training = new TrainingOptions { Epochs = 2, BatchSize = 32 },
        Device = "cpu",
    };

    private static readonly CrystalTrainingOptions PointGroup = new() { Task = "point-group", Scoring = new CrystalScoringOptions() };

    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _data;

    public CrystalTrainerTests()
    {
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Where((_, row) => row % 8 == 0).Select((line, row) =>
            line.Replace("\"labels\":{", FormattableString.Invariant($"\"labels\":{{\"atoms\":{line.Split("\"frac\"")[0].Count(c => c == '"') / 2},\"same\":\"yes\","), StringComparison.Ordinal)).ToArray());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trees_that_classify_are_fitted_and_evaluated_as_any_trainer()
    {
        IDataView data = Classes("point_group");
        using CrystalScoringTransformer model = _ml.MulticlassClassification.Trainers.CrystalTrees(Trees, PointGroup).Fit(data);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(model.Transform(data));
        Assert.InRange(metrics.MicroAccuracy, 0.8, 1); // nine tenths of these crystals were learned from
        ModelCard card = Assert.Single(model.Cards);
        Assert.Equal(("gbt", "best-no-symmetry", "point-group", false), (card.Model, card.Preset, card.Task.Name, card.Task.UsesSymmetry));
        Assert.InRange(card.Training.ValidationFraction, 0.02, 0.2);
        Assert.Equal(64, card.Training.DataSha256.Length);
    }

    [SkippableFact]
    public void Trees_look_at_relatives_and_are_saved_with_them()
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        IDataView data = Classes("prototype");
        CrystalTreesOptions trees = Trees with { Descriptors = "best", LooksAtRelatives = true };
        using CrystalScoringTransformer model = _ml.MulticlassClassification.Trainers.CrystalTrees(trees, new CrystalTrainingOptions { Task = "prototype" }).Fit(data);
        Assert.True(model.Cards[0].NetworkOptions!.Value.GetProperty("looks_at_relatives").GetBoolean());
        CrystalPrediction[] expected = _ml.Predictions(model.Transform(data));
        _ml.Model.SaveCrystals(model, data.Schema, _folder["model.zip"]);
        using var loaded = (CrystalScoringTransformer)_ml.Model.LoadCrystals(_folder["model.zip"], out _);
        CrystalPrediction[] found = _ml.Predictions(loaded.Transform(data));
        Assert.Equal(expected.Select(prediction => prediction.Class), found.Select(prediction => prediction.Class));
        Assert.Equal(expected.SelectMany(prediction => prediction.Probabilities), found.SelectMany(prediction => prediction.Probabilities));

        // One by one, as a service asks.
        using PredictionEngine<CrystalInput, CrystalPrediction> engine = _ml.Model.CreatePredictionEngine<CrystalInput, CrystalPrediction>(loaded);
        CrystalInput row = _ml.Data.CreateEnumerable<CrystalInput>(data, reuseRowObject: false).First();
        Assert.Equal(expected[0].Class, engine.Predict(row).Class);
    }

    [Fact]
    public void Trees_that_estimate_are_fitted_and_evaluated_as_any_trainer()
    {
        IDataView data = _ml.Data.LoadCrystals(_data, ["atoms"]);
        using CrystalScoringTransformer model = _ml.Regression.Trainers
            .CrystalTrees(Trees with { LearningRate = 0.3 }, new CrystalTrainingOptions { LabelColumnName = "atoms", Unit = "1" }).Fit(data);
        RegressionMetrics metrics = _ml.Regression.Evaluate(model.Transform(data), "atoms");
        Assert.InRange(metrics.RSquared, 0.5, 1);
        Assert.Equal(("atoms", "1"), (model.Task.Name, model.Task.Unit));
    }

    [Fact]
    public void Networks_are_fitted_as_any_trainer()
    {
        List<string> lines = [];
        IDataView data = Classes("point_group");
        using CrystalScoringTransformer model = _ml.MulticlassClassification.Trainers
            .CrystalNetwork(Network, PointGroup with { Log = new Lines(lines) }).Fit(data);
        Assert.Equal(2, lines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
        Assert.Equal(("cgnn", 2), (model.Cards[0].Model, model.Cards[0].Training.Epochs));
        Assert.InRange(_ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy, 0, 1);

        IDataView numbers = _ml.Data.LoadCrystals(_data, ["atoms"]);
        using CrystalScoringTransformer regression = _ml.Regression.Trainers
            .CrystalNetwork(Network, new CrystalTrainingOptions { LabelColumnName = "atoms", UsesSymmetry = false }).Fit(numbers);
        Assert.Equal(TaskKind.Regression, regression.Task.Kind);
    }

    [Fact]
    public void What_an_estimator_promises_its_transformer_gives()
    {
        IDataView data = Classes("point_group");
        CrystalTreesEstimator estimator = _ml.MulticlassClassification.Trainers.CrystalTrees(Trees, PointGroup);
        using CrystalScoringTransformer model = estimator.Fit(data);
        SchemaShape promised = estimator.GetOutputSchema(SchemaShapes.Of(data.Schema)), given = SchemaShapes.Of(model.GetOutputSchema(data.Schema));
        Assert.Equal(Describe(given), Describe(promised));

        static string[] Describe(SchemaShape shape) =>
            [.. shape.Select(column => $"{column.Name}: {column.Kind} {column.ItemType} {column.IsKey} {string.Join(",", column.Annotations.Select(a => a.Name).Order())}").Order()];
    }

    [Fact]
    public void Other_data_can_choose_and_must_have_the_same_classes()
    {
        IDataView data = Classes("point_group");
        DataOperationsCatalog.TrainTestData parts = _ml.Data.TrainTestSplit(data, 0.3, seed: 2);
        CrystalTreesEstimator estimator = _ml.MulticlassClassification.Trainers.CrystalTrees(Trees, PointGroup);
        using CrystalScoringTransformer model = estimator.Fit(parts.TrainSet, parts.TestSet);
        Assert.Equal(_ml.MulticlassClassification.Evaluate(model.Transform(parts.TestSet)).MicroAccuracy, model.Cards[0].Metrics["validation"]["accuracy"], 1e-6);
        LabelException error = Assert.Throws<LabelException>(() => estimator.Fit(parts.TrainSet, Classes("prototype")));
        Assert.Contains("the same classes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_do_not_fit_are_said_before_anything_is_read()
    {
        IDataView data = _ml.Data.LoadCrystals(_data);
        CrystalTreesEstimator classifier = _ml.MulticlassClassification.Trainers.CrystalTrees(Trees, PointGroup);
        AssertRefused("Could not find label column 'Label': a key (MapValueToKey makes one).", classifier, data);
        AssertRefused("expected a key (MapValueToKey makes one), got String", Trainer("point_group"), data);
        AssertRefused("expected Single, got String", _ml.Regression.Trainers.CrystalTrees(Trees, new CrystalTrainingOptions { LabelColumnName = "point_group" }), data);
        AssertRefused("Could not find input column 'Crystal'", _ml.MulticlassClassification.Trainers.CrystalTrees(Trees, PointGroup with { StructureColumnName = "Crystal" }), Classes("point_group"));

        static void AssertRefused(string message, CrystalTreesEstimator estimator, IDataView data)
        {
            Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(SchemaShapes.Of(data.Schema))).Message, StringComparison.Ordinal);
            Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(data)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_cannot_be_learned_from_is_said()
    {
        Assert.Contains("at least two classes", Assert.Throws<LabelException>(() => Trainer("Label").Fit(Classes("same"))).Message, StringComparison.Ordinal);
        IDataView none = _ml.Data.SkipRows(Classes("point_group"), 100_000);
        Assert.Contains("enough labels", Assert.Throws<LabelException>(() => Trainer("Label").Fit(none)).Message, StringComparison.Ordinal);
        ArgumentException symmetry = Assert.Throws<ArgumentException>(
            () => _ml.MulticlassClassification.Trainers.CrystalTrees(Trees with { Descriptors = "best" }, PointGroup).Fit(Classes("point_group")));
        Assert.Contains("asks for the symmetry", symmetry.Message, StringComparison.Ordinal);
        Assert.Contains("ValidationFraction must lie in (0, 1), found 1.", Assert.Throws<ArgumentException>(
            () => _ml.MulticlassClassification.Trainers.CrystalTrees(Trees, PointGroup with { ValidationFraction = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("Model must be one of nnn, cgnn, cann, ccnn, found gbt.", Assert.Throws<ArgumentException>(
            () => _ml.Regression.Trainers.CrystalNetwork(new CrystalNetworkOptions { Model = "gbt" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_a_structure_or_a_label_are_left_out_and_counted()
    {
        string[] structures = [.. File.ReadLines(_data)];
        Row[] rows = [.. structures.Select((line, row) => new Row { Structure = row == 3 ? "no crystal" : line, Label = row == 5 ? float.NaN : row % 4 })];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        List<string> lines = [];
        var options = new CrystalTrainingOptions { Task = "any", UsesSymmetry = false, Log = new Lines(lines) };
        using CrystalScoringTransformer model = _ml.Regression.Trainers.CrystalTrees(Trees, options).Fit(data);
        Assert.Contains($"read {rows.Length - 2} crystals; left out 1 without a label and 1 that cannot be read", lines);
        Assert.Throws<Faithful.Crystals.Formats.CrystalFormatException>(
            () => _ml.Regression.Trainers.CrystalTrees(Trees, options with { OnBadStructure = BadStructure.Throw }).Fit(data));
    }

    private CrystalTreesEstimator Trainer(string label) =>
        _ml.MulticlassClassification.Trainers.CrystalTrees(Trees, PointGroup with { LabelColumnName = label });

    private IDataView Classes(string label)
    {
        IDataView data = _ml.Data.LoadCrystals(_data, [label]);
        return _ml.Transforms.Conversion.MapValueToKey("Label", label).Fit(data).Transform(data);
    }

    private sealed class Lines(List<string> lines) : IProgress<string>
    {
        public void Report(string value)
        {
            lock (lines)
            {
                lines.Add(value);
            }
        }
    }

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string Structure { get; set; } = "";

        public float Label { get; set; }
    }
}
