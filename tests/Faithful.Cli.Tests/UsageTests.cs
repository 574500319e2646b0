namespace Faithful.Cli.Tests;

public class UsageTests
{
    private static readonly string[] Names =
        ["quickstart", "predict", "serve", "symmetry", "train", "export", "evaluate", "filter", "expand", "dataset", "dataset sample", "dataset info", "dataset convert", "dataset split", "doctor"];

    public static TheoryData<string> Commands => [.. Names];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_a_help_text(string command)
    {
        ProgramRun run = ProgramRun.Of([.. command.Split(' '), "--help"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Contains($"faithful {command}", run.Output, StringComparison.Ordinal);
        Assert.Contains("--json", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_text_lists_every_command_and_ends_lines_before_column_120()
    {
        ProgramRun run = ProgramRun.Of("--help");
        Assert.Equal(0, run.ExitCode);
        foreach (string command in Names)
        {
            Assert.Contains($"\n  {command.Split(' ')[0]}", run.Output, StringComparison.Ordinal);
        }

        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 120));
    }

    [Fact]
    public void Commands_that_do_work_show_examples()
    {
        foreach (string command in Names.Where(command => command != "dataset"))
        {
            Assert.Contains($"Examples:\n  faithful {command}", ProgramRun.Of([.. command.Split(' '), "--help"]).Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_command_shows_the_help_and_counts_as_wrong_usage()
    {
        ProgramRun run = ProgramRun.Of();
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("predcit", "predict")]
    [InlineData("symetry", "symmetry")]
    [InlineData("eval", "evaluate")]
    public void A_mistyped_command_gets_a_suggestion(string typed, string meant)
    {
        ProgramRun run = ProgramRun.Of(typed, "POSCAR");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal([$"error: '{typed}' is not a command of faithful; did you mean '{meant}'?"], run.Faults);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_word_like_no_command_gets_no_suggestion() =>
        Assert.Equal(["error: 'xyzzy' is not a command of faithful"], ProgramRun.Of("xyzzy").Faults);

    [Theory]
    [InlineData("predict")]
    [InlineData("predict", "POSCAR", "--device", "abacus")]
    [InlineData("predict", "POSCAR", "--devise", "cpu")]
    [InlineData("serve", "--port", "70000")]
    [InlineData("serve", "--timeout", "0")]
    [InlineData("symmetry", "POSCAR", "--symprec", "0")]
    [InlineData("symmetry", "POSCAR", "--symprec", "wide")]
    [InlineData("symmetry", "POSCAR", "--angle-tolerance", "-2")]
    [InlineData("doctor", "who")]
    [InlineData("evaluate", "--model", "m")]
    [InlineData("evaluate", "--model", "m", "--data", "d", "--part", "most")]
    [InlineData("dataset", "sample", "--out", "x.jsonl", "--count", "0")]
    [InlineData("dataset", "dance")]
    [InlineData("dataset", "split", "x.jsonl", "--kind", "formulas")]
    [InlineData("dataset", "split", "x.jsonl", "--folds", "1")]
    [InlineData("dataset", "split", "x.jsonl", "--folds", "5", "--test", "0.2")]
    [InlineData("dataset", "split", "x.jsonl", "--test", "0.6", "--validation", "0.4")]
    [InlineData("dataset", "split", "x.jsonl", "--folds", "2", "--validation", "0.5")]
    public void A_wrong_command_line_is_said_in_one_line_and_names_the_help(params string[] args)
    {
        ProgramRun run = ProgramRun.Of(args);
        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Faults);
        Assert.StartsWith("see: faithful", run.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void An_at_sign_is_part_of_a_file_name() =>
        Assert.Contains("@missing", Assert.Single(ProgramRun.Of("symmetry", "@missing").Faults), StringComparison.Ordinal);

    [Fact]
    public void Cancelling_is_said_without_an_error()
    {
        ProgramRun run = ProgramRun.Of(new CancellationToken(canceled: true), "symmetry", "POSCAR");
        Assert.Equal(130, run.ExitCode);
        Assert.Equal("cancelled", run.ErrorLines[^1]);
    }
}
