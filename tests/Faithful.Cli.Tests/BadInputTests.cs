using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>Files that hold no crystal: one clear line each, and the others of the batch are done all the same.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Copper = "Cu\n1.0\n0 1.8 1.8\n1.8 0 1.8\n1.8 1.8 0\nCu\n1\nDirect\n0 0 0\n";

    private static readonly (string Name, string Content)[] Files =
    [
        ("empty", ""),
        ("no-poscar", "Dear diary,\ntoday I computed\nnothing at all.\n"),
        ("nan", "Cu\n1.0\n0 1.8 1.8\n1.8 0 1.8\n1.8 1.8 0\nCu\n1\nDirect\n0 NaN 0\n"),
        ("zero-volume", "Cu\n1.0\n1 0 0\n0 1 0\n1 1 0\nCu\n1\nDirect\n0 0 0\n"),
        ("unknown-element", "Xx\n1.0\n0 1.8 1.8\n1.8 0 1.8\n1.8 1.8 0\nXx\n1\nDirect\n0 0 0\n"),
        ("counts", "Cu\n1.0\n0 1.8 1.8\n1.8 0 1.8\n1.8 1.8 0\nCu\n2\nDirect\n0 0 0\n"),
        ("too-many-counts", "Cu\n1.0\n0 1.8 1.8\n1.8 0 1.8\n1.8 1.8 0\nCu\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n"),
        ("on-top", "Cu\n1.0\n0 1.8 1.8\n1.8 0 1.8\n1.8 1.8 0\nCu\n2\nDirect\n0 0 0\n1 0 0\n"),
        ("broken.jsonl", "{\"id\":\"mp-1\",\"cell\":[1,\n"),
        ("other.jsonl", "{\"id\":\"mp-1\"}\n"),
    ];

    private readonly TemporaryFolder _folder = new();

    public static IEnumerable<object[]> BadFiles => Files.Select(file => new object[] { file.Name, file.Content });

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_bad_file_is_reported_in_one_line_and_the_others_are_done(string name, string content)
    {
        string bad = _folder.Write(name.Contains('.', StringComparison.Ordinal) ? name : $"{name}.vasp", content);
        ProgramRun run = ProgramRun.Of("symmetry", _folder.Write("before.vasp", Copper), bad, _folder.Write("after.vasp", Copper), "--json");
        Assert.Equal(1, run.ExitCode);
        string fault = Assert.Single(run.Faults);
        Assert.StartsWith($"error: {bad}", fault, StringComparison.Ordinal);
        Assert.Contains("expected", fault, StringComparison.Ordinal);
        Assert.Contains("found", fault, StringComparison.Ordinal);
        Assert.Equal(["before", "after"], run.Json.EnumerateArray().Select(crystal => crystal.GetProperty("id").GetString()));
        Assert.Equal("found the symmetry of 2 of 3 crystals; 1 with an error", run.ErrorLines[^1]);
    }

    [Fact]
    public void Predictions_of_a_folder_leave_out_its_bad_files()
    {
        foreach ((string name, string content) in Files)
        {
            _folder.Write(Path.Combine("crystals", name.Contains('.', StringComparison.Ordinal) ? name : $"{name}.vasp"), content);
        }

        _folder.Write(Path.Combine("crystals", "copper.vasp"), Copper);
        TestModels.Export(_folder["model"], TestModels.Topology);
        ProgramRun run = ProgramRun.Of("predict", _folder["crystals"], "--model", _folder["model"], "--device", "cpu", "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(Files.Length, run.Faults.Length);
        Assert.Equal("copper", Assert.Single(run.Json.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public void With_strict_the_first_bad_file_ends_the_command()
    {
        ProgramRun run = ProgramRun.Of("symmetry", _folder.Write("empty.vasp", ""), _folder["missing.vasp"], "--strict", "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("empty.vasp", Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.Empty(run.Json.EnumerateArray());
    }

    [Fact]
    public void A_file_that_does_not_exist_is_named()
    {
        ProgramRun run = ProgramRun.Of("symmetry", _folder["missing.vasp"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("missing.vasp", Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_batch_of_nothing_but_bad_files_still_gives_a_JSON_document()
    {
        ProgramRun run = ProgramRun.Of("symmetry", _folder.Write("empty.vasp", ""), "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Json.EnumerateArray());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no card")]
    public void A_folder_that_is_no_model_ends_the_command_in_one_line(string card)
    {
        _folder.Write(Path.Combine("model", "card.json"), card);
        ProgramRun run = ProgramRun.Of("predict", _folder.Write("copper.vasp", Copper), "--model", _folder["model"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Faults);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_model_file_that_is_none_ends_the_command_in_one_line()
    {
        TestModels.Export(_folder["model"], TestModels.Topology);
        _folder.Write(Path.Combine("model", "model.onnx"), "Bi2 Se3");
        TestModels.AcceptModelFile(_folder["model"]);
        ProgramRun run = ProgramRun.Of("predict", _folder.Write("copper.vasp", Copper), "--model", _folder["model"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("model.onnx", Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
