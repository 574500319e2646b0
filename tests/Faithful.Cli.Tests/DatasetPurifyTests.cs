using System.Text.Json;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class DatasetPurifyTests : IDisposable
{
    // Copper three times, once in a larger cell; iron twice with labels that disagree; gold that floats; two atoms on top of each other.
    private static readonly string[] Lines =
    [
        Line("cu-10", 2.55, 60, "Cu", "[[0,0,0]]", "\"phase\":\"solid\",\"gap\":0.01"),
        Line("cu-9", 2.56, 60, "Cu", "[[0.5,0,0]]", "\"phase\":\"solid\",\"gap\":0.04"),
        """{"id":"cu-1","cell":[3.6,3.6,3.6,90,90,90],"species":["Cu","Cu","Cu","Cu"],"frac":[[0,0,0],[0,0.5,0.5],[0.5,0,0.5],[0.5,0.5,0]]}""",
        Line("fe-1", 2.87, 90, "Fe", "[[0,0,0]]", "\"phase\":\"solid\",\"gap\":0.01"),
        Line("fe-2", 2.88, 90, "Fe", "[[0,0,0]]", "\"phase\":\"liquid\",\"gap\":0.02"),
        Line("au-1", 9, 90, "Au", "[[0,0,0]]", "\"phase\":\"gas\",\"gap\":0,\"space_group\":221"),
        Line("h-1", 3, 90, "H\",\"H", "[[0,0,0],[0.1,0,0]]", "\"phase\":\"gas\",\"gap\":9"),
        Line("na-1", 3.7, 90, "Na", "[[0,0,0]]", "\"phase\":\"solid\",\"gap\":0,\"space_group\":229"),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_account_says_what_is_kept_and_why_the_rest_is_not()
    {
        JsonElement account = ProgramRun.Of("dataset", "purify", Source(), "--label", "phase", "--json").Json;
        Assert.Equal("phase", account.GetProperty("label").GetString());
        Assert.Equal((8, 7, 0), (Number(account, "read"), Number(account, "labelled"), Number(account, "errors")));
        Assert.Equal((2, 2, 0), (Number(account, "kept"), Number(account, "kept_labelled"), Number(account, "changed")));
        Assert.Equal(
            [("atoms_too_close", 1), ("volume_out_of_range", 1), ("no_symmetry", 0), ("not_primitive", 0),
                ("too_many_atoms", 0), ("repeated_id", 0), ("duplicate", 4), ("distorted_copy", 0)],
            account.GetProperty("removed").EnumerateObject().Select(rule => (rule.Name, rule.Value.GetInt32())));
        JsonElement duplicate = account.GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("rule").GetString() == "duplicate");
        Assert.Equal((2, 2), (Number(duplicate, "materials"), Number(duplicate, "disagreeing")));
        JsonElement difference = Assert.Single(account.GetProperty("space_group_label_differs").EnumerateArray());
        Assert.Equal(("na-1", "229", 221), (Text(difference, "id"), Text(difference, "label"), Number(difference, "found")));
        Assert.True(account.GetProperty("seconds").GetDouble() >= 0);
    }

    [Fact]
    public void Several_labels_give_an_account_each_from_one_pass()
    {
        JsonElement[] accounts = [.. ProgramRun.Of("dataset", "purify", Source(), "--label", "phase", "--label", "gap", "--json").Json.EnumerateArray()];
        Assert.Equal(["phase", "gap"], accounts.Select(account => Text(account, "label")));
        Assert.Equal([2, 3], accounts.Select(account => Number(account, "kept"))); // the gaps of iron agree within 0.05
    }

    [Fact]
    public void Without_a_label_nothing_disagrees_and_the_user_is_told()
    {
        ProgramRun run = ProgramRun.Of("dataset", "purify", Source(), "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, Number(run.Json, "kept"));
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("label").ValueKind);
        Assert.Contains(run.ErrorLines, line => line.Contains("the columns are gap, phase, space_group", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_written_is_pure()
    {
        string pure = _folder["pure.jsonl.gz"], again = _folder["again.jsonl.gz"];
        Assert.Equal(0, ProgramRun.Of("dataset", "purify", Source(), "--label", "gap", "--out", pure).ExitCode);
        JsonElement account = ProgramRun.Of("dataset", "purify", pure, "--label", "gap", "--out", again, "--json").Json;
        Assert.Equal((3, 3), (Number(account, "read"), Number(account, "kept")));
        Assert.Equal(File.ReadAllBytes(pure), File.ReadAllBytes(again));
    }

    [Fact]
    public void The_report_names_every_removal_and_change()
    {
        string source = Source();
        Assert.Equal(0, ProgramRun.Of("dataset", "purify", source, "--report", _folder["report.jsonl"]).ExitCode);
        JsonElement[] rows = [.. File.ReadAllLines(_folder["report.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["cu-10", "cu-9", "fe-2", "au-1", "h-1", "cu-1"], rows.Select(row => Text(row, "id")));
        Assert.Equal(("changed", "not_primitive", "4 atoms reduced to 1"), (Text(rows[^1], "action"), Text(rows[^1], "rule"), Text(rows[^1], "reason")));
        Assert.Equal("cu-1", Text(rows[0], "kept_as"));
        Assert.Equal(["cu-1", "cu-9"], rows[0].GetProperty("duplicates").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal($"{source}(6)", Text(rows[3], "origin"));

        Assert.Equal(0, ProgramRun.Of("dataset", "purify", source, "--report", _folder["report.csv"]).ExitCode);
        string[] table = File.ReadAllLines(_folder["report.csv"]);
        Assert.Equal("label,id,origin,action,rule,reason,kept_as,duplicates", table[0]);
        Assert.Equal(rows.Length + 1, table.Length);
        Assert.EndsWith("removed,duplicate,\"Cu in the space group 225, 3 times\",cu-1,cu-1;cu-9", table[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_in_words()
    {
        ProgramRun run = ProgramRun.Of("dataset", "purify", Source(), "--label", "phase");
        Assert.Contains("read       8, 7 with the label phase", run.Output, StringComparison.Ordinal);
        Assert.Contains("kept       2, 2 with the label phase", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 1 space-group labels differ", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 132));
    }

    [Fact]
    public void A_bad_row_is_reported_counted_and_passed_over_unless_strict()
    {
        string source = _folder.Write("bad.jsonl", $"{Lines[0]}\nnot a crystal\n");
        ProgramRun run = ProgramRun.Of("dataset", "purify", source, "--label", "phase", "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("bad.jsonl(2): expected", Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.Equal((1, 1), (Number(run.Json, "kept"), Number(run.Json, "errors")));
        ProgramRun strict = ProgramRun.Of("dataset", "purify", source, "--label", "phase", "--json", "--strict");
        Assert.Equal(1, strict.ExitCode);
        Assert.Empty(strict.Output);
    }

    [Theory]
    [InlineData(2, "--label", "phase", "--label", "gap", "--out", "pure.jsonl")]
    [InlineData(2, "--min-volume", "7", "--max-volume", "5")]
    [InlineData(2, "--max-atoms", "0")]
    [InlineData(1, "--label", "colour")]
    [InlineData(1, "--out", "no/such/folder/pure.jsonl")]
    [InlineData(1, "--report", "no/such/folder/report.csv")]
    [InlineData(1, "--out", "/")]
    public void What_makes_no_sense_is_one_line(int exitCode, params string[] arguments)
    {
        ProgramRun run = ProgramRun.Of(["dataset", "purify", Source(), .. arguments]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Single(run.Faults);
        Assert.Empty(run.Output);
    }

    private static string Line(string id, double edge, int angle, string species, string positions, string labels) =>
        FormattableString.Invariant($"{{\"id\":\"{id}\",\"cell\":[{edge},{edge},{edge},{angle},{angle},{angle}],\"species\":[\"{species}\"],\"frac\":{positions},\"labels\":{{{labels}}}}}");

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private string Source() => _folder.Write("source.jsonl", string.Join('\n', Lines));
}
