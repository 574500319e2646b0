using System.Text.Json;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Onnx;
using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>Trees and networks stand beside each other in <c>predict</c>, in <c>evaluate</c> and in its ensembles.</summary>
public sealed class TreeModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;
    private readonly CrystalRecord[] _records;
    private readonly TreeModel _trees;

    public TreeModelTests()
    {
        _data = _folder["data.jsonl"];
        string sample = Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl");
        File.WriteAllLines(_data, File.ReadLines(sample).Take(40));
        _records = [.. CrystalSource.Read(_data).Select(result => result.GetRecordOrThrow())];
        ModelTask task = TestModels.Topology with { Name = "space_group", UsesSymmetry = true, Classes = [.. _records.Select(record => record.Labels["space_group"]).Distinct()] };
        _trees = new RandomTrees(9).Model(task.Classes.Count);
        TreeExporter.Export(_trees, RandomTrees.Card(_trees, task), _folder["gbt"]);
        TestModels.Export(_folder["cgnn"], task with { UsesSymmetry = false }, card => card with { Preparation = card.Preparation with { MaxAtoms = 400 } });
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Predictions_come_from_both()
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        ProgramRun run = ProgramRun.Of("predict", _data, "--model", _folder["gbt"], "--model", _folder["cgnn"], "--device", "cpu", "--json");
        Assert.Equal(0, run.ExitCode);
        JsonElement[] predictions = [.. run.Json.EnumerateArray()];
        Assert.Equal(_records.SelectMany(record => new[] { (record.Id, "gbt"), (record.Id, "cgnn") }), predictions.Select(
            prediction => (prediction.GetProperty("id").GetString()!, prediction.GetProperty("model").GetString()!)));
        var expected = new float[_trees.OutputWidth];
        for (int i = 0; i < _records.Length; i++)
        {
            _trees.Evaluate(_trees.Descriptors.Compute(_records[i].Crystal), expected);
            Assert.Equal(expected.Max(), predictions[2 * i].GetProperty("confidence").GetDouble(), 1e-5);
        }
    }

    [SkippableFact]
    public void Both_are_measured_alone_and_together_again_and_again()
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        ProgramRun[] runs = [.. Enumerable.Range(0, 2).Select(_ => ProgramRun.Of(
            "evaluate", "--model", _folder["gbt"], "--model", _folder["cgnn"], "--data", _data, "--device", "cpu", "--json"))];
        Assert.All(runs, run => Assert.Equal(0, run.ExitCode));
        Assert.Equal(runs[0].Output, runs[1].Output); // the second time from the packed descriptors
        JsonElement[] results = [.. runs[0].Json.EnumerateArray()];
        Assert.Equal(["gbt", "cgnn", "ensemble"], results.Select(result => result.GetProperty("model").GetString()));
        Assert.All(results, result => Assert.Equal((40, 0), (result.GetProperty("n").GetInt32(), result.GetProperty("fallback").GetInt32())));
        string[] classes = [.. ModelCard.Read(_folder["gbt"]).Task.Classes];
        var shares = new float[_trees.OutputWidth];
        int right = _records.Count(record =>
        {
            _trees.Evaluate(_trees.Descriptors.Compute(record.Crystal), shares);
            return classes[Array.IndexOf(shares, shares.Max())] == record.Labels["space_group"];
        });
        Assert.Equal(right / 40.0, results[0].GetProperty("metrics").GetProperty("accuracy").GetDouble(), 1e-6);
    }

    [Fact]
    public void A_model_of_other_columns_is_refused_in_one_line()
    {
        string card = _folder[Path.Combine("gbt", ModelCard.FileName)];
        File.WriteAllText(card, File.ReadAllText(card).Replace(_trees.Descriptors.Digest, "0123456789abcdef", StringComparison.Ordinal));
        ProgramRun run = ProgramRun.Of("predict", _data, "--model", _folder["gbt"]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("found one trained on others (digest 0123456789abcdef)", Assert.Single(run.Faults), StringComparison.Ordinal);
    }
}
