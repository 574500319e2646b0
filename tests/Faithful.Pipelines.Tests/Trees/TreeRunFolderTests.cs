using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Networks.Training;
using Faithful.Testing;

namespace Faithful.Pipelines.Tests.Trees;

public sealed class TreeRunFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trees_read_back_as_they_were_written()
    {
        foreach (ModelTask task in new[] { SyntheticCrystals.Classes, SyntheticCrystals.Value })
        {
            (TreeTrainingResult result, TreeRunDescription description) = Train(task);
            string path = _folder[$"{task.Kind}"];
            TreeRunFolder.Write(path, description, result);
            TreeRunFolder run = TreeRunFolder.Open(path);
            Assert.Equal(result.Measurements, run.ReadMeasurements());
            Assert.Equal(description.Trees, run.ReadDescription().Trees);
            TreeModel read = run.ReadModel();
            var (expected, found) = (new float[read.OutputWidth], new float[read.OutputWidth]);
            foreach (float[] row in SyntheticCrystals.Draw(task, 50, 9).Rows)
            {
                result.Model.Evaluate(row, expected);
                read.Evaluate(row, found);
                Assert.Equal(expected, found);
            }

            ModelCard card = run.Card();
            Assert.Equal((result.Trees, result.Best.Trees), (card.Training.Epochs, card.Training.BestEpoch));
            Assert.Equal(card.ToJson(), ModelCard.Parse(card.ToJson(), "card").ToJson());
        }
    }

    [Fact]
    public void Relatives_read_back_as_they_were_written()
    {
        (_, TreeRunDescription description) = Train(SyntheticCrystals.Classes);
        CrystalTreesOptions options = SyntheticCrystals.Options with { Descriptors = "best", LooksAtRelatives = true };
        DescribedCrystals training = RelativeColumnsTests.Draw(150, 1);
        TreeTrainingResult result = TreeTraining.Run(training, RelativeColumnsTests.Draw(50, 2), SyntheticCrystals.Classes, options);
        TreeRunFolder run = TreeRunFolder.Write(
            _folder["relatives"], description with { Trees = options, Preparation = PreparationOptions.OfDescriptors(training.Descriptors) }, result);
        TreeModel read = run.ReadModel();
        var (expected, found) = (new float[3], new float[3]);
        foreach (float[] row in RelativeColumnsTests.Draw(80, 3).Rows)
        {
            result.Model.Evaluate(row, expected);
            read.Evaluate(row, found);
            Assert.Equal(expected, found);
        }

        Assert.Equal(result.Model.Relatives!.Counts.ToArray(), read.Relatives!.Counts.ToArray());
        Assert.True(run.Card().NetworkOptions!.Value.GetProperty("looks_at_relatives").GetBoolean());
        string trees = File.ReadAllText(_folder["relatives/trees.json"]);
        _folder.Write("relatives/trees.json", trees.Replace("\"site_electrons\"", "\"colour\"", StringComparison.Ordinal));
        Assert.Contains("colour", Assert.Throws<RunFolderException>(run.ReadModel).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_never_overwritten()
    {
        (TreeTrainingResult result, TreeRunDescription description) = Train(SyntheticCrystals.Value);
        TreeRunFolder.Write(_folder["run"], description, result);
        Assert.Throws<RunFolderException>(() => TreeRunFolder.Write(_folder["run"], description, result));
    }

    [Fact]
    public void A_damaged_run_says_which_file()
    {
        (TreeTrainingResult result, TreeRunDescription description) = Train(SyntheticCrystals.Value);
        TreeRunFolder run = TreeRunFolder.Write(_folder["run"], description, result);
        string trees = File.ReadAllText(_folder["run/trees.json"]);
        AssertDamaged("trees.json", "trees.json", trees[..^9], () => run.ReadModel());
        AssertDamaged("trees.json", "(0123)", trees.Replace(SyntheticCrystals.Set.Digest, "0123", StringComparison.Ordinal), () => run.ReadModel());
        AssertDamaged("trees.json", "version 9", trees.Replace("\"format_version\":1", "\"format_version\":9", StringComparison.Ordinal), () => run.ReadModel());
        AssertDamaged("metrics.jsonl", "metrics.jsonl(1)", "nothing", () => run.ReadMeasurements());
        AssertDamaged("metrics.jsonl", "0 without", "", () => run.ReadMeasurements());
        Assert.False(TreeRunFolder.IsOne(_folder["other"]));
        _folder.Write("other/options.json", """{"model":"cgnn"}""");
        Assert.False(TreeRunFolder.IsOne(_folder["other"]));
        Assert.Contains("expected the run folder of a model gbt", Assert.Throws<RunFolderException>(() => TreeRunFolder.Open(_folder["other"])).Message, StringComparison.Ordinal);
    }

    private void AssertDamaged(string file, string message, string content, Action read)
    {
        _folder.Write($"run/{file}", content);
        Assert.Contains(message, Assert.Throws<RunFolderException>(read).Message, StringComparison.Ordinal);
    }

    private static (TreeTrainingResult Result, TreeRunDescription Description) Train(ModelTask task)
    {
        DescribedCrystals training = SyntheticCrystals.Draw(task, 200, 1);
        return (
            TreeTraining.Run(training, SyntheticCrystals.Draw(task, 60, 2), task, SyntheticCrystals.Options),
            new TreeRunDescription
            {
                Model = TreeModel.Name,
                Preset = "claussen",
                Task = task,
                Trees = SyntheticCrystals.Options,
                Preparation = PreparationOptions.OfDescriptors(SyntheticCrystals.Set),
                Fallback = FallbackPrediction.Of(task, training.Targets),
                Data = new TrainingSummary
                {
                    Data = "synthetic",
                    DataSha256 = "00",
                    Crystals = 200,
                    Epochs = 0,
                    BestEpoch = 0,
                    Seed = 0,
                    TestFraction = 0.1,
                    ValidationFraction = 0.1,
                    Elements = [1],
                    SmallestVolumePerAtom = 1,
                    LargestVolumePerAtom = 2,
                },
            });
    }
}
