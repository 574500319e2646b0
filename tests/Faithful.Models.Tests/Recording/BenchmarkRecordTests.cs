using Faithful.Benchmarks.Recording;
using Faithful.Testing;

namespace Faithful.Models.Tests.Recording;

/// <summary>A benchmark's output becomes a part of a Markdown file, and nothing else of the file changes.</summary>
public sealed class BenchmarkRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_record_says_what_was_run_where_and_what_came_out()
    {
        Assert.Equal(0, Run("a  b>\n\n1  2", "datasets", "my crystals.jsonl", "--record", _folder["speed.md"], "--steps", "read,pack"));
        string[] lines = File.ReadAllLines(_folder["speed.md"]);
        Assert.Equal(["<!-- benchmark datasets:begin -->", "", "    ./faithful benchmark datasets 'my crystals.jsonl' --steps read,pack", ""], lines[..4]);
        Assert.Matches($@"^\d\d? [A-Z][a-z]+ 20\d\d: .+, {Environment.ProcessorCount} processors?, \.NET {Environment.Version}(; load average [0-9., ]+ when it began)?\.$", lines[4]);
        Assert.Equal(["", "    a  b>", "", "    1  2", "", "<!-- benchmark datasets:end -->"], lines[5..]);
    }

    [Fact]
    public void A_GPU_is_named_only_where_it_was_used()
    {
        Run("device\ncuda", "throughput", "--record", _folder["speed.md"]);
        Assert.Contains($", {Machine.Gpu() ?? "a GPU of unknown name"}, .NET", File.ReadAllText(_folder["speed.md"]), StringComparison.Ordinal);
        Run("device\ncpu", "throughput", "--record", _folder["speed.md"]);
        Assert.Contains($"{Machine.Processors}, .NET", File.ReadAllText(_folder["speed.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_run_replaces_the_first_and_another_name_stands_beside_it()
    {
        string file = _folder.Write("speed.md", "# Speed\n\ntext\n");
        Run("first", "scaling", "--record", file);
        Run("other", "scaling", "--record", file, "--record-as", "scaling-2");
        string before = File.ReadAllText(file);
        Run("second", "--record", file, "scaling");
        string after = File.ReadAllText(file);
        Assert.StartsWith("# Speed\n\ntext\n\n<!-- benchmark scaling:begin -->\n", after, StringComparison.Ordinal);
        Assert.Equal(Undated(before.Replace("    first", "    second", StringComparison.Ordinal)), Undated(after));
        Assert.Contains("<!-- benchmark scaling:end -->\n\n<!-- benchmark scaling-2:begin -->\n\n    ./faithful benchmark scaling\n", after, StringComparison.Ordinal);
        Assert.EndsWith("\n\n    other\n\n<!-- benchmark scaling-2:end -->\n", after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void The_text_around_a_part_stays(string newLine)
    {
        string file = _folder.Write("speed.md", $"# Speed{newLine}<!-- benchmark trees:begin -->{newLine}<!-- benchmark trees:end -->{newLine}after");
        Run("1\n2", "trees", "--record", file);
        string text = File.ReadAllText(file);
        Assert.StartsWith($"# Speed{newLine}<!-- benchmark trees:begin -->{newLine}{newLine}    ./faithful", text, StringComparison.Ordinal);
        Assert.EndsWith($"    1{newLine}    2{newLine}{newLine}<!-- benchmark trees:end -->{newLine}after", text, StringComparison.Ordinal);
        Assert.Equal(text, text.ReplaceLineEndings(newLine));
    }

    [Fact]
    public void Markers_that_a_benchmark_prints_are_text()
    {
        Run("<!-- benchmark scaling:end -->", "scaling", "--record", _folder["speed.md"]);
        Run("<!-- benchmark scaling:end -->", "scaling", "--record", _folder["speed.md"]);
        Assert.Single(File.ReadAllLines(_folder["speed.md"]), "<!-- benchmark scaling:end -->");
    }

    [Theory]
    [InlineData("(2): expected <!-- benchmark scaling:end --> below <!-- benchmark scaling:begin -->, found none", "x\n<!-- benchmark scaling:begin -->\n")]
    [InlineData("(1): expected <!-- benchmark scaling:begin --> above <!-- benchmark scaling:end -->, found none", "<!-- benchmark scaling:end -->\n")]
    [InlineData(
        "(1): expected <!-- benchmark scaling:end --> below <!-- benchmark scaling:begin -->, found it above",
        "<!-- benchmark scaling:end -->\n<!-- benchmark scaling:begin -->\n")]
    [InlineData(
        "(2): expected the line <!-- benchmark scaling:begin --> once, found it again",
        "<!-- benchmark scaling:begin -->\n<!-- benchmark scaling:begin -->\n<!-- benchmark scaling:end -->\n")]
    [InlineData(
        "(2): expected <!-- benchmark scaling:end -->, found <!-- benchmark peers:begin -->",
        "<!-- benchmark scaling:begin -->\n<!-- benchmark peers:begin -->\n<!-- benchmark scaling:end -->\n<!-- benchmark peers:end -->\n")]
    public void Damaged_markers_end_the_run_before_any_work(string expected, string text)
    {
        string file = _folder.Write("speed.md", text);
        FormatException fault = Assert.Throws<FormatException>(() => BenchmarkRecord.Take(["scaling", "--record", file]));
        Assert.Equal(file + expected, fault.Message);
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Theory]
    [InlineData("--record needs a value", "scaling", "--record")]
    [InlineData("--record-as: expected --record beside it", "scaling", "--record-as", "x")]
    [InlineData("--record: expected another benchmark than micro", "micro", "--record", "x.md")]
    [InlineData("--record: expected a benchmark to record", "--record", "x.md")]
    [InlineData("found 'Two words'", "scaling", "--record", "x.md", "--record-as", "Two words")]
    public void What_cannot_be_recorded_is_said(string expected, params string[] arguments) =>
        Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(() => BenchmarkRecord.Take(arguments)).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_recorded_where_it_is_not_asked_for_or_the_benchmark_fails()
    {
        (string[] arguments, BenchmarkRecord? none) = BenchmarkRecord.Take(["micro", "--filter", "*"]);
        Assert.Equal(["micro", "--filter", "*"], arguments);
        Assert.Null(none);

        string file = _folder.Write("speed.md", "text\n");
        (arguments, BenchmarkRecord? record) = BenchmarkRecord.Take(["scaling", "--record", file]);
        Assert.Equal(["scaling"], arguments);
        TextWriter screen = Console.Out;
        Assert.Equal(1, record!.Run(() => 1));
        Assert.Throws<InvalidOperationException>(() => record.Run(() => throw new InvalidOperationException()));
        Assert.Same(screen, Console.Out);
        Assert.Equal("text\n", File.ReadAllText(file));
    }

    private static int Run(string output, params string[] arguments) => BenchmarkRecord.Take(arguments).Record!.Run(() =>
    {
        Console.WriteLine(output);
        return 0;
    });

    // Between two runs the load of the machine may change.
    private static string Undated(string text) => string.Join('\n', text.Split('\n').Where(line => !line.Contains(".NET", StringComparison.Ordinal)));
}
