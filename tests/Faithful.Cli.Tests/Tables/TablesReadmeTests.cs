using Faithful.Cli.Output;
using Faithful.Testing;

namespace Faithful.Cli.Tests.Tables;

/// <summary>The command writes its tables into a file of other text, and touches nothing else of it.</summary>
public sealed class TablesReadmeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void The_text_between_the_comments_is_replaced_and_no_other(string newLine)
    {
        string before = $"# Title{newLine}{newLine}{MarkedSection.Begin("tables")}{newLine}what was there{newLine}{MarkedSection.End("tables")}{newLine}after{newLine}";
        string file = _folder.Write("README.md", before);
        Assert.Equal(0, Report("--readme", file).ExitCode);
        string written = File.ReadAllText(file);
        Assert.StartsWith($"# Title{newLine}{newLine}{MarkedSection.Begin("tables")}{newLine}", written, StringComparison.Ordinal);
        Assert.EndsWith($"{newLine}{MarkedSection.End("tables")}{newLine}after{newLine}", written, StringComparison.Ordinal);
        Assert.Contains("### Table 3: ", written, StringComparison.Ordinal);
        Assert.DoesNotContain("what was there", written, StringComparison.Ordinal);
        Assert.Equal(written, written.ReplaceLineEndings(newLine));

        Assert.Equal(0, Report("--readme", file).ExitCode);
        Assert.Equal(written, File.ReadAllText(file));
    }

    [Theory]
    [InlineData("expected the line <!-- tables:begin -->", "text\n")]
    [InlineData("expected the line <!-- tables:end -->", "<!-- tables:begin -->\ntext\n")]
    [InlineData("expected the line <!-- tables:begin --> once", "<!-- tables:begin -->\n<!-- tables:begin -->\n<!-- tables:end -->\n")]
    [InlineData("(1): expected <!-- tables:end --> below <!-- tables:begin -->", "<!-- tables:end -->\n<!-- tables:begin -->\n")]
    public void A_file_without_a_place_for_them_is_wrong_usage_before_any_work(string expected, string text)
    {
        string file = _folder.Write("README.md", text);
        ProgramRun run = Report("--readme", file);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(file));
        Assert.False(Directory.Exists(_folder["tables"]));
    }

    [Fact]
    public void What_the_command_line_lacks_or_does_not_know_is_said()
    {
        Assert.Contains("expected --data", Assert.Single(ProgramRun.Of("tables", "--out", _folder["tables"]).Faults), StringComparison.Ordinal);
        ProgramRun run = ProgramRun.Of("tables", "--out", _folder["tables"], "--data", "none", "--task", "tqc,tcq");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("found 'tcq'", run.Error, StringComparison.Ordinal);
    }

    private ProgramRun Report(params string[] options) => ProgramRun.Of(["tables", "--only", "report", "--out", _folder["tables"], .. options]);
}
