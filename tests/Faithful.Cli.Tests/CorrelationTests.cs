using System.Text.Json;
using System.Text.RegularExpressions;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>How the labels of a data set go together.</summary>
public sealed class CorrelationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public CorrelationTests()
    {
        // The parity decides the sign and the number; every tenth crystal has no sign.
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(200).Select((line, row) => Regex.Replace(
            line, "\"labels\":\\{", FormattableString.Invariant($"\"labels\":{{\"parity\":\"{(row % 2 == 0 ? "even" : "odd")}\",\"energy\":{row % 2 - 0.5},{(row % 10 == 9 ? "" : $"\"sign\":\"{(row % 2 == 0 ? "minus" : "plus")}\",")}"))));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Labels_that_decide_each_other_are_found_over_the_crystals_that_have_both()
    {
        ProgramRun run = ProgramRun.Of("dataset", "correlations", _data, "--of", "parity,sign,energy", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonElement[] relations = [.. run.Json.GetProperty("relations").EnumerateArray()];
        Assert.Equal([("parity", "sign", 180), ("parity", "energy", 200), ("sign", "energy", 180)], relations.Select(relation =>
            (relation.GetProperty("first").GetString(), relation.GetProperty("second").GetString(), relation.GetProperty("n").GetInt32())));
        Assert.Equal(1, relations[0].GetProperty("cramers_v").GetDouble());
        Assert.Equal((100, 0), (relations[0].GetProperty("counts").GetProperty("even").GetProperty("minus").GetInt32(), relations[0].GetProperty("counts").GetProperty("even").GetProperty("plus").GetInt32()));
        Assert.Equal(1, relations[1].GetProperty("eta_squared").GetDouble());
        Assert.Equal(-0.5, relations[1].GetProperty("means").GetProperty("even").GetProperty("mean").GetDouble());
    }

    [Fact]
    public void The_tables_are_there_as_text_and_in_markdown()
    {
        string text = ProgramRun.Of("dataset", "correlations", _data, "--of", "parity,energy").Output;
        Assert.Contains("mean energy", text, StringComparison.Ordinal);
        string[] lines = ProgramRun.Of("dataset", "correlations", _data, "--of", "parity,sign", "--format", "markdown").Output.Split('\n');
        Assert.Equal("| labels | crystals | measure | value | p | mutual information, nat |", lines[0]);
        Assert.Contains("| even | 100 (100.0 %) | 0 (0.0 %) | 100 |", lines);
    }

    [Theory]
    [InlineData(2, "two or more labels", "parity")]
    [InlineData(2, "two or more labels", "parity,parity")]
    [InlineData(1, "at least one label", "parity,hardness")]
    public void What_cannot_be_related_is_said(int exitCode, string expected, string of)
    {
        ProgramRun run = ProgramRun.Of("dataset", "correlations", _data, "--of", of);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.Faults), StringComparison.Ordinal);
    }
}
