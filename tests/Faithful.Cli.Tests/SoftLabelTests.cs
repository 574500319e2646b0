using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>Training with the answers of other models for crystals that have no label.</summary>
public sealed class SoftLabelTests : IDisposable
{
    private const string Classes = "even,odd";

    private readonly TemporaryFolder _folder = new();
    private readonly string _data;
    private readonly string[] _ids;

    public SoftLabelTests()
    {
        // The first sixty have a label.
        string[] lines = [.. File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(90)];
        _ids = [.. lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, lines.Select((line, row) => Regex.Replace(
            line, "\"labels\":\\{", row < 60 ? $"\"labels\":{{\"parity\":\"{(row % 2 == 0 ? "even" : "odd")}\"," : "\"labels\":{")));
        Assert.Equal(0, ProgramRun.Of("dataset", "split", _data, "--validation", "0.2", "--test", "0.2", "--out", _folder["split.json"]).ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Crystals_of_the_training_part_are_learned_and_no_others()
    {
        SplitFile split = SplitFile.Read(_folder["split.json"]);
        HashSet<string> unlabelled = [.. _ids.Skip(60)];
        int expected = split.Training.Count(unlabelled.Contains);
        Assert.InRange(expected, 1, 29);
        ProgramRun run = Train("run", Soft(_ids, "0.25,0.75"), "--split", _folder["split.json"]);
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        Assert.Contains($"{expected} more crystals have no label", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, ProgramRun.Of("export", "--run", _folder["run"], "--out", _folder["model"]).ExitCode);
        ModelCard card = ModelCard.Read(_folder["model"]);
        Assert.Equal((expected, "soft.csv"), (card.Training.SoftLabels!.Crystals, card.Training.SoftLabels.Source));
        Assert.Equal(split.Training.Count(id => !unlabelled.Contains(id)), card.Training.Crystals);
        Assert.Contains("answers of other models", File.ReadAllText(_folder["model/README.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_split_file_nothing_like_a_crystal_that_is_held_back_is_learned()
    {
        ProgramRun run = Train("run", Soft(_ids, "0.25,0.75"));
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        int learned = int.Parse(Regex.Match(run.Error, @"(\d+) more crystals have no label").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(learned, 1, 30);
    }

    [Fact]
    public void The_answers_decide_what_is_learned()
    {
        Train("certain", Soft(_ids, "1,0"));
        Train("other", Soft(_ids, "0,1"));
        Assert.NotEqual(File.ReadAllText(_folder["certain/metrics.csv"]), File.ReadAllText(_folder["other/metrics.csv"]));
    }

    [Theory]
    [InlineData("id,even\nx,1\n", "one column of the probabilities of odd")]
    [InlineData("id,even,odd,nnn:odd\nx,1,0,0\n", "found odd, nnn:odd")]
    [InlineData("id,even,odd\nnobody,1,0\n", "found none, of 30 crystals without a label")]
    [InlineData("id,even,odd\n{id},0.5,0.6\n", "expected probabilities that add up to 1 in the column \"parity\", found 1.1")]
    [InlineData("id,even,odd\n{id},2,-1\n", "expected a probability in 0..1 in the column \"even\", found \"2\"")]
    [InlineData("id,even,odd\n{id},1,\n", "expected a probability in 0..1 in the column \"odd\", found \"\"")]
    public void What_is_no_answer_ends_training_before_it_begins(string text, string message)
    {
        string id = SplitFile.Read(_folder["split.json"]).Training.First(_ids.Skip(60).Contains);
        ProgramRun run = Train("run", _folder.Write("soft.csv", text.Replace("{id}", id, StringComparison.Ordinal)), "--split", _folder["split.json"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    private string Soft(IEnumerable<string> ids, string probabilities) =>
        _folder.Write("soft.csv", $"id,{Classes}\n" + string.Concat(ids.Select(id => $"{id},{probabilities}\n")));

    private ProgramRun Train(string run, string soft, params string[] more) => ProgramRun.Of(
    [
        "train", "--task", "parity", "--data", _data, "--out", _folder[run], "--model", "nnn", "--device", "cpu", "--epochs", "1", "--batch-size", "32",
        "--set", "dropout=0", "--set", "width=16", "--soft-labels", soft, .. more,
    ]);
}
