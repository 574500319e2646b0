using System.IO.Compression;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;
using Faithful.Testing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests.Saving;

/// <summary>What was saved scores as it did, wherever it is loaded; what cannot be loaded says why.</summary>
public sealed class SavingTests : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public SavingTests() => _file = _folder["pipeline.zip"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Another_process_gives_the_same_scores_to_the_last_bit()
    {
        string table = _folder.Write("crystals.tsv", TableRow.Table('\t', TestCrystals.WithOneUnreadable));
        using var transformer = new CrystalScoringTransformer([ShippedModels.Topology[0]], ShippedModels.OnCpu);
        _context.Model.SaveCrystals(transformer, null, _file);
        string[] before = OtherProcess.Lines(_context, transformer, table);
        Assert.Equal(TestCrystals.WithOneUnreadable.Length, before.Length);
        Assert.Equal(before, OtherProcess.Score(_file, table));
    }

    [Fact]
    public void An_ensemble_keeps_its_models_and_options_and_needs_its_folders_no_more()
    {
        string[] folders = [.. new[] { 0, 1 }.Select(index => ShippedModels.Copy(ShippedModels.PointGroup, _folder[$"model-{index}"], card => card))];
        CrystalScoringOptions options = ShippedModels.OnCpu with { OnBadStructure = BadStructure.Drop, ReadAhead = 3 };
        CrystalPrediction[] before;
        IDataView data = _context.View(TestCrystals.WithOneUnreadable);
        using (var transformer = new CrystalScoringTransformer(folders, options))
        {
            before = _context.Predictions(transformer.Transform(data));
            _context.Model.SaveCrystals(transformer, data.Schema, _file);
        }

        Array.ForEach(folders, folder => Directory.Delete(folder, recursive: true));
        var loaded = (CrystalScoringTransformer)_context.Model.LoadCrystals(_file, out DataViewSchema? schema);
        Assert.Equal(["Id", "Structure"], schema!.Select(column => column.Name));
        Assert.Equal(options, loaded.Options);
        Assert.Equal(2, loaded.ModelFolders.Count);
        Predictions.AssertSame(before, _context.Predictions(loaded.Transform(data)));
        loaded.Dispose();
        Assert.All(loaded.ModelFolders, folder => Assert.False(Directory.Exists(folder)));
    }

    [Fact]
    public void A_folder_of_an_ensemble_is_scored_and_kept_with_its_members()
    {
        string[] folders = [.. new[] { 0, 1 }.Select(index => ShippedModels.Copy(ShippedModels.Topology[index], _folder[$"model-{index}"], card => card))];
        var ensemble = new EnsembleCard
        {
            Task = ModelCard.Read(folders[0]).Task,
            Method = EnsembleMethod.Stacked,
            Members = [.. folders.Select(folder => EnsembleFolder.Member(_folder["ensemble"], folder))],
            Weights = [0.75, 0.5],
            Fit = new EnsembleFit { Data = "none", DataSha256 = new string('0', 64), Part = "validation", Crystals = 1 },
        };
        AtomicFile.WriteText(Path.Combine(_folder["ensemble"], EnsembleCard.FileName), ensemble.ToJson());
        CrystalPrediction[] before;
        IReadOnlyList<Prediction> served;
        IDataView data = _context.View(TestCrystals.Rows);
        using (var transformer = new CrystalScoringTransformer([_folder["ensemble"]], ShippedModels.OnCpu))
        using (CrystalPredictor predictor = CrystalPredictor.Open(_folder["ensemble"], ShippedModels.OnCpu.Serving))
        {
            before = _context.Predictions(transformer.Transform(data));
            served = predictor.Predict(TestCrystals.Named);
            _context.Model.SaveCrystals(transformer, data.Schema, _file);
        }

        Assert.All(served.Zip(before), pair =>
        {
            Assert.Equal(pair.First.Class, pair.Second.Class);
            Assert.Equal(pair.First.Confidence!.Value, pair.Second.Confidence, 1e-6);
            Assert.Equal(pair.First.Disagreement!.Value, pair.Second.Disagreement, 1e-6);
        });
        Array.ForEach([.. folders, _folder["ensemble"]], folder => Directory.Delete(folder, recursive: true));
        using var loaded = (CrystalScoringTransformer)_context.Model.LoadCrystals(_file, out _);
        Assert.Equal(2, loaded.Cards.Count);
        Predictions.AssertSame(before, _context.Predictions(loaded.Transform(data)));
    }

    [Fact]
    public void A_chain_of_ours_and_ML_NETs_keeps_its_steps_and_scopes()
    {
        IDataView data = _context.View(TestCrystals.Rows);
        EstimatorChain<ITransformer> pipeline = new EstimatorChain<ITransformer>()
            .Append((IEstimator<ITransformer>)_context.Transforms.PurifyCrystals(), TransformerScope.TrainTest)
            .Append((IEstimator<ITransformer>)_context.Transforms.CopyColumns("Text", "Structure"))
            .Append((IEstimator<ITransformer>)_context.Transforms.EmbedCrystals("claussen"), TransformerScope.Training)
            .Append((IEstimator<ITransformer>)_context.Transforms.ScoreCrystals(
                ShippedModels.PointGroup, ShippedModels.OnCpu with { StructureColumnName = "Text" }));
        using TransformerChain<ITransformer> fitted = pipeline.Fit(data);
        _context.Model.SaveCrystals(fitted, data.Schema, _file);
        using var loaded = (TransformerChain<ITransformer>)_context.Model.LoadCrystals(_file, out _);
        Assert.Equal(fitted.Select(step => step.GetType()), loaded.Select(step => step.GetType()));
        foreach (TransformerScope scope in new[] { TransformerScope.Training, TransformerScope.Testing, TransformerScope.Scoring })
        {
            Assert.Equal(fitted.GetModelFor(scope).Select(step => step.GetType()), loaded.GetModelFor(scope).Select(step => step.GetType()));
        }

        Predictions.AssertSame(_context.Predictions(fitted.Transform(data)), _context.Predictions(loaded.Transform(data)));
        using PredictionEngine<CrystalInput, CrystalPrediction> engine =
            _context.Model.CreatePredictionEngine<CrystalInput, CrystalPrediction>(loaded.GetModelFor(TransformerScope.Scoring));
        Assert.NotEmpty(engine.Predict(TestCrystals.Rows[1]).Class);
    }

    [Fact]
    public void A_purification_keeps_what_it_has_learned()
    {
        IDataView data = _context.View([.. TestCrystals.WithOneUnreadable, TestCrystals.Rows[0]]);
        PurifyCrystalsTransformer purification = _context.Transforms.PurifyCrystals().Fit(data);
        _context.Model.SaveCrystals(purification, null, _file);
        var loaded = (PurifyCrystalsTransformer)_context.Model.LoadCrystals(_file, out DataViewSchema? schema);
        Assert.Null(schema);
        Assert.Equal((purification.Report.Read, purification.Report.Kept), (loaded.Report.Read, loaded.Report.Kept));
        Assert.Equal(Assert.Single(purification.Report.Unreadable), Assert.Single(loaded.Report.Unreadable));
        Assert.Equal(purification.Report.Removed.Select(removal => removal.Reason), loaded.Report.Removed.Select(removal => removal.Reason));
        Assert.True(purification.Report.Rules.SequenceEqual(loaded.Report.Rules));
        Assert.Equal(purification.Transform(data).GetColumn<string>("Id"), loaded.Transform(data).GetColumn<string>("Id"));
    }

    [Fact]
    public void Rows_that_were_altered_are_refused()
    {
        _context.Model.SaveCrystals(_context.Transforms.PurifyCrystals().Fit(_context.View(TestCrystals.Rows[..1])), null, _file);
        using (ZipArchive archive = ZipFile.Open(_file, ZipArchiveMode.Update))
        {
            using Stream rows = archive.GetEntry("steps/rows.bin")!.Open();
            rows.Seek(-1, SeekOrigin.End);
            rows.WriteByte(0);
        }

        Assert.Contains("rows.bin", Assert.Throws<ModelFolderException>(() => _context.Model.LoadCrystals(_file, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_embedding_keeps_its_columns()
    {
        EmbedCrystalsTransformer embedding = _context.Transforms.EmbedCrystals(new PreparationOptions { Cutoff = 5 }, ["positions"]).Fit(_context.View());
        _context.Model.SaveCrystals(embedding, null, _file);
        var loaded = (EmbedCrystalsTransformer)_context.Model.LoadCrystals(_file, out _);
        Assert.Equal(embedding.Preparation, loaded.Preparation);
        Assert.Equal(embedding.Options, loaded.Options);
        Assert.Equal("positions", Assert.Single(loaded.Inputs));
    }

    [Fact]
    public void The_same_pipeline_is_the_same_file()
    {
        _context.Model.SaveCrystals(ShippedModels.Opened, null, _file);
        _context.Model.SaveCrystals(ShippedModels.Opened, null, _folder["again.zip"]);
        Assert.Equal(File.ReadAllBytes(_file), File.ReadAllBytes(_folder["again.zip"]));
    }

    [Fact]
    public void A_newer_format_is_refused_by_its_version()
    {
        Rewrite(SavedPipeline.FileName, text => text.Replace("\"format_version\": 1", "\"format_version\": 2", StringComparison.Ordinal));
        ModelFolderException fault = Assert.Throws<ModelFolderException>(() => _context.Model.LoadCrystals(_file, out _));
        Assert.Equal(("format version 1", "version 2, made by a newer version of this program"), (fault.Expected, fault.Found));
    }

    [Fact]
    public void A_newer_model_inside_is_refused_by_its_version()
    {
        Rewrite("steps/models/0/card.json", text => text.Replace("\"format_version\": 1", "\"format_version\": 7", StringComparison.Ordinal));
        Assert.Contains("version 7", Assert.Throws<ModelFolderException>(() => _context.Model.LoadCrystals(_file, out _)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "a zip archive")]
    [InlineData("{\"format_version\":1}", "found none")]
    [InlineData("{}", "a format version")]
    [InlineData("[1", "pipeline.json")]
    [InlineData("{\"format_version\":1,\"transformer\":{\"kind\":\"magic\"}}", "'magic'")]
    [InlineData("{\"format_version\":1,\"transformer\":{\"kind\":\"score\",\"folder\":\"steps\",\"models\":1,\"options\":{\"read_ahead\":0}}}", "card.json")]
    [InlineData("{\"format_version\":1,\"transformer\":{\"kind\":\"embed\",\"options\":{\"read_ahead\":0},\"preparation\":{}}}", "ReadAhead must lie in")]
    public void A_damaged_file_says_what_is_wrong(string contents, string reason)
    {
        if (contents.Length == 0)
        {
            File.WriteAllText(_file, "no archive");
        }
        else
        {
            using ZipArchive archive = ZipFile.Open(_file, ZipArchiveMode.Create);
            using var writer = new StreamWriter(archive.CreateEntry(SavedPipeline.FileName).Open());
            writer.Write(contents);
        }

        ModelFolderException fault = Assert.Throws<ModelFolderException>(() => _context.Model.LoadCrystals(_file, out _));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_ML_NET_is_told_from_ours()
    {
        _context.Model.Save(new TransformerChain<ITransformer>(), null, _file);
        ModelFolderException fault = Assert.Throws<ModelFolderException>(() => _context.Model.LoadCrystals(_file, out _));
        Assert.Contains("loaded by Load", fault.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => _context.Model.LoadCrystals(_folder["nothing.zip"], out _));
    }

    [Fact]
    public void What_cannot_be_saved_leaves_the_file_as_it_was()
    {
        File.WriteAllText(_file, "before");
        using var transformer = new CrystalScoringTransformer([ShippedModels.Copy(ShippedModels.PointGroup, _folder["model"], card => card)], ShippedModels.OnCpu);
        Directory.Delete(_folder["model"], recursive: true);
        Assert.ThrowsAny<IOException>(() => _context.Model.SaveCrystals(transformer, null, _file));
        Assert.Equal("before", File.ReadAllText(_file));
        Assert.Single(Directory.EnumerateFiles(_folder.Path));
    }

    private void Rewrite(string entry, Func<string, string> change)
    {
        _context.Model.SaveCrystals(ShippedModels.Opened, null, _file);
        using ZipArchive archive = ZipFile.Open(_file, ZipArchiveMode.Update);
        string before;
        using (var reader = new StreamReader(archive.GetEntry(entry)!.Open()))
        {
            before = reader.ReadToEnd();
        }

        Assert.NotEqual(before, change(before));
        archive.GetEntry(entry)!.Delete();
        using var writer = new StreamWriter(archive.CreateEntry(entry).Open());
        writer.Write(change(before));
    }
}
