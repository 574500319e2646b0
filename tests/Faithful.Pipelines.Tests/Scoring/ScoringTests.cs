using Faithful.Models;
using Faithful.Serving;
using Faithful.Testing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests.Scoring;

/// <summary>One model says the same of a crystal however it is asked.</summary>
public sealed class ScoringTests
{
    private readonly MLContext _context = new(1);

    [Fact]
    public void View_engine_and_predictor_agree_on_a_classification() => CheckAgreement([ShippedModels.PointGroup]);

    [Fact]
    public void View_engine_and_predictor_agree_on_a_regression() => CheckAgreement([ShippedModels.Energy]);

    [Fact]
    public void An_ensemble_is_the_plain_mean_of_its_models() => CheckAgreement(ShippedModels.Topology);

    [Fact]
    public void Columns_that_metrics_read_repeat_those_for_people()
    {
        CrystalScoringTransformer transformer = ShippedModels.Opened;
        IDataView scored = transformer.Transform(_context.View(TestCrystals.Rows));
        CrystalPrediction[] predictions = _context.Predictions(scored);
        Assert.Equal(predictions.Select(prediction => prediction.Probabilities), scored.GetColumn<float[]>(CrystalColumns.Score));
        IReadOnlyList<string> classes = transformer.Task.Classes;
        Assert.Equal(predictions.Select(prediction => prediction.Class), scored.GetColumn<uint>(CrystalColumns.PredictedLabel).Select(key => classes[(int)key - 1]));
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema[CrystalColumns.PredictedLabel].GetKeyValues(ref names);
        Assert.Equal(classes, names.DenseValues().Select(name => name.ToString()));
        scored.Schema[CrystalColumns.Score].GetSlotNames(ref names);
        Assert.Equal(classes, names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void Metrics_of_a_classification_count_what_the_predictions_say()
    {
        CrystalScoringTransformer transformer = ShippedModels.Opened;
        string[] labels = ["m-3m", "m-3m", "m-3m", "6/mmm", "m-3m", "4/mmm", "-43m", "1"];
        IDataView data = _context.Data.LoadFromEnumerable(TestCrystals.Rows.Zip(
            labels, (row, label) => new LabelledRow { Id = row.Id, Structure = row.Structure, PointGroup = label }));

        // Keys in the model's order of classes, or the metrics would compare different classes.
        IDataView classes = _context.Data.LoadFromEnumerable(transformer.Task.Classes.Select(name => new ClassName { Name = name }));
        IDataView keyed = _context.Transforms.Conversion.MapValueToKey("Label", nameof(LabelledRow.PointGroup), keyData: classes).Fit(data).Transform(data);
        IDataView scored = transformer.Transform(keyed);
        MulticlassClassificationMetrics metrics = _context.MulticlassClassification.Evaluate(scored);
        int right = _context.Predictions(scored).Zip(labels).Count(pair => pair.First.Class == pair.Second);
        Assert.Equal((double)right / labels.Length, metrics.MicroAccuracy, 1e-12);
        Assert.True(right > 0);
    }

    [Fact]
    public void Metrics_of_a_regression_measure_what_the_predictions_say()
    {
        using CrystalScoringTransformer transformer = Transformer(ShippedModels.Energy);
        IDataView data = _context.Data.LoadFromEnumerable(TestCrystals.Rows.Select(
            (row, index) => new LabelledRow { Id = row.Id, Structure = row.Structure, Label = -index / 4f }));
        IDataView scored = transformer.Transform(data);
        double error = _context.Predictions(scored).Select((prediction, index) => Math.Abs(prediction.Value + index / 4f)).Average();
        Assert.Equal(error, _context.Regression.Evaluate(scored).MeanAbsoluteError, 1e-6);
    }

    [Fact]
    public void Models_of_different_tasks_are_no_ensemble()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => _context.Transforms.ScoreCrystals([ShippedModels.PointGroup, ShippedModels.Energy]));
        Assert.Contains("formation-energy", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _context.Transforms.ScoreCrystals([]));
        Assert.Throws<ModelFolderException>(() => _context.Transforms.ScoreCrystals("no-such-folder"));
    }

    [Fact]
    public void Classes_are_matched_by_name_where_models_order_them_otherwise()
    {
        using var folder = new TemporaryFolder();
        string other = ShippedModels.Copy(ShippedModels.PointGroup, folder["other"], card => card with
        {
            Task = card.Task with { Classes = [.. card.Task.Classes.Reverse()] },
        });
        CrystalScoringTransformer one = ShippedModels.Opened;
        using CrystalScoringTransformer reversed = Transformer(other), both = Transformer(ShippedModels.PointGroup, other);
        IDataView data = _context.View(TestCrystals.Rows[..2]);
        CrystalPrediction[] first = _context.Predictions(one.Transform(data)), second = _context.Predictions(reversed.Transform(data));
        CrystalPrediction[] mean = _context.Predictions(both.Transform(data));
        for (int row = 0; row < mean.Length; row++)
        {
            float[] expected = [.. first[row].Probabilities.Zip(second[row].Probabilities.Reverse(), (left, right) => (left + right) / 2)];
            Assert.All(expected.Zip(mean[row].Probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    [Fact]
    public void A_crystal_that_one_model_cannot_take_gets_the_answer_of_the_others()
    {
        using var folder = new TemporaryFolder();
        string small = ShippedModels.Copy(ShippedModels.PointGroup, folder["small"], card => card with { Preparation = card.Preparation with { MaxAtoms = 1 } });
        using CrystalScoringTransformer transformer = Transformer(ShippedModels.PointGroup, small), alone = Transformer(small);
        IDataView data = _context.View(TestCrystals.Rows[..1]);
        CrystalPrediction silicon = _context.Predictions(transformer.Transform(data))[0];
        CrystalPrediction expected = _context.Predictions(ShippedModels.Opened.Transform(data))[0];
        Assert.False(silicon.IsFallback);
        Assert.Contains("1 of 2 members cannot take the crystal", silicon.Note, StringComparison.Ordinal);
        Assert.Contains("at most 1", silicon.Note, StringComparison.Ordinal);
        Assert.All(expected.Probabilities.Zip(silicon.Probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.True(_context.Predictions(alone.Transform(data))[0].IsFallback);
    }

    [Fact]
    public void Options_have_documented_defaults_and_name_all_faults()
    {
        var options = new CrystalScoringOptions();
        Assert.Equal(
            ("Structure", "Id", BadStructure.Missing, 256, ServingDevice.Auto),
            (options.StructureColumnName, options.IdColumnName, options.OnBadStructure, options.ReadAhead, options.Serving.Device));
        Assert.Empty(options.Validate());
        Assert.Equal(
            [
                "StructureColumnName must name a column, found none.",
                "OnBadStructure must be Missing, Drop or Throw, found 9.",
                "ReadAhead must lie in 1..65536, found 0.",
                "MaxAtomsPerBatch must be at least 1, found 0.",
            ],
            (options with { StructureColumnName = "", OnBadStructure = (BadStructure)9, ReadAhead = 0, Serving = new() { MaxAtomsPerBatch = 0 } }).Validate());
    }

    private static CrystalScoringTransformer Transformer(params string[] folders) => new(folders, ShippedModels.OnCpu);

    private void CheckAgreement(string[] folders)
    {
        using CrystalScoringTransformer transformer = Transformer(folders);
        IReadOnlyList<Prediction>[] ofModels = [.. folders.Select(folder =>
        {
            using CrystalPredictor predictor = CrystalPredictor.Open(folder, ShippedModels.OnCpu.Serving);
            return predictor.Predict(TestCrystals.Named);
        })];
        CrystalPrediction[] expected =
        [
            .. Enumerable.Range(0, TestCrystals.Named.Length).Select(row =>
                Predictions.Mean(transformer.Task, [.. ofModels.Select(predictions => predictions[row])])),
        ];
        Predictions.AssertSame(expected, _context.Predictions(transformer.Transform(_context.View(TestCrystals.Rows))));
        using PredictionEngine<CrystalInput, CrystalPrediction> engine =
            _context.Model.CreatePredictionEngine<CrystalInput, CrystalPrediction>(transformer);
        Predictions.AssertSame(expected, [.. TestCrystals.Rows.Select(engine.Predict)]);
    }

    private sealed class ClassName
    {
        public string Name { get; set; } = "";
    }

    private sealed class LabelledRow
    {
        public string Id { get; set; } = "";

        public string Structure { get; set; } = "";

        public string PointGroup { get; set; } = "";

        public float Label { get; set; }
    }
}
