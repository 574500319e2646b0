using System.Text.Json;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>What <c>evaluate --record</c> measures stands in the card, and <c>models</c> shows it; no answer changes by it.</summary>
public sealed class ModelsTests : IDisposable
{
    private const string Data = "datasets/sample/sample.jsonl";

    private readonly TemporaryFolder _folder = new();
    private readonly string _data = Path.Combine(TestData.RepositoryRoot, Data);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_measurement_of_a_held_out_part_is_recorded_and_shown_for_models_and_ensembles()
    {
        string one = Trained("one", 1), two = Trained("two", 1);
        ProgramRun fit = ProgramRun.Of("ensemble", "--model", one, "--model", two, "--data", _data, "--out", _folder["both"], "--device", "cpu");
        Assert.True(fit.ExitCode == 0, fit.Error);
        JsonElement result = Evaluate(one, "--record").Json;
        IReadOnlyDictionary<string, double> recorded = ModelCard.Read(one).Metrics["test"];
        Assert.Equal(result.GetProperty("n").GetInt32(), recorded["crystals"]);
        foreach (JsonProperty metric in result.GetProperty("metrics").EnumerateObject())
        {
            Assert.Equal(metric.Value.GetDouble(), recorded[metric.Name], 1e-6);
        }

        Assert.InRange(recorded["accuracy"], recorded["accuracy_low"], recorded["accuracy_high"]);
        Assert.Contains("| test | accuracy | ", File.ReadAllText(Path.Combine(one, "README.md")), StringComparison.Ordinal);

        // The ensemble still knows its members, and takes a measurement itself.
        Assert.Equal(0, Evaluate(_folder["both"], "--record").ExitCode);
        Assert.NotEmpty(EnsembleCard.Read(_folder["both"]).Metrics["test"]);
        ProgramRun list = ProgramRun.Of("models", "--model", one, "--model", _folder["both"]);
        Assert.Equal(0, list.ExitCode);
        string[] rows = [.. list.Output.Split('\n').Where(line => line.Contains("point-group", StringComparison.Ordinal))];
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.Contains($"{recorded["crystals"]} held-out crystals", row, StringComparison.Ordinal));
        Assert.Contains("both: one ", rows[0], StringComparison.Ordinal); // ensembles first
        Assert.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"accuracy {recorded["accuracy"]:0.000} ("), rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_replaces_what_stands_between_its_comments_and_every_model_of_the_project_is_in_it()
    {
        string file = _folder.Write("README.md", $"before\n{MarkedSection.Begin("models")}\nold\n{MarkedSection.End("models")}\nafter\n");
        ProgramRun run = ProgramRun.Of("models", "--readme", file);
        Assert.True(run.ExitCode == 0, run.Error);
        string text = File.ReadAllText(file);
        Assert.DoesNotContain("\nold\n", text, StringComparison.Ordinal);
        Assert.All(
            Serving.PretrainedModels.Find(TestData.RepositoryRoot),
            folder => Assert.Matches($@"\| {Path.GetFileName(folder)}(:| \|)", text));
        Assert.All(text.Split('\n').Where(line => line.StartsWith('|')), line => Assert.Equal(10, line.Count(character => character == '|')));
        Assert.Equal(2, ProgramRun.Of("models", "--readme", _folder.Write("other.md", "text\n")).ExitCode);
    }

    [Theory]
    [InlineData("nnn", "point-group", "width=16")]
    [InlineData("nnn", "formation-energy", "width=16")]
    [InlineData("gbt", "point-group", "number_of_trees=10")]
    [InlineData("gbt", "formation-energy", "number_of_trees=10")]
    public void Training_leaves_the_calibration_that_calibrate_finds(string model, string task, string option)
    {
        string data = _folder.Write("numbers.jsonl", string.Join('\n', File.ReadLines(_data).Take(500)).Replace("\"space_group\"", "\"formation_energy_per_atom\"", StringComparison.Ordinal));
        string folder = Trained("model", 1, model, task, option, data);
        ModelCalibration trained = ModelCard.Read(folder).Calibration!;
        ProgramRun run = ProgramRun.Of("calibrate", "--model", folder, "--data", data, "--device", "cpu", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        ModelCalibration found = ModelCard.Read(folder).Calibration!;
        Assert.Equal((found.Method, found.Part, found.Crystals, found.Coverage), (trained.Method, trained.Part, trained.Crystals, trained.Coverage));
        Assert.Equal(found.Value, trained.Value, 1e-4 * found.Value);
    }

    [Fact]
    public void README_has_the_list_that_the_cards_give()
    {
        string readme = Path.Combine(TestData.RepositoryRoot, "README.md");
        string copy = _folder.Write("README.md", File.ReadAllText(readme));
        Assert.Equal(0, ProgramRun.Of("models", "--readme", copy).ExitCode);
        Assert.Equal(File.ReadAllText(readme), File.ReadAllText(copy));
    }

    [Fact]
    public void A_measurement_of_other_crystals_is_not_recorded()
    {
        string one = Trained("one", 1);
        string other = _folder.Write("other.jsonl", string.Join('\n', File.ReadLines(_data).Skip(10).Take(40)));
        string before = File.ReadAllText(Path.Combine(one, ModelCard.FileName));
        foreach (string[] arguments in (string[][])[["--data", other], ["--data", _data, "--part", "all"]])
        {
            ProgramRun run = ProgramRun.Of(["evaluate", "--model", one, "--device", "cpu", "--record", .. arguments]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("--record: expected one part of the data", Assert.Single(run.Faults), StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllText(Path.Combine(one, ModelCard.FileName)));
    }

    [Fact]
    public void A_task_that_no_model_is_for_is_said() => Assert.Contains("no model for the task 'tcq'", ProgramRun.Of("models", "--task", "tcq").Error, StringComparison.Ordinal);

    private ProgramRun Evaluate(string model, params string[] more)
    {
        ProgramRun run = ProgramRun.Of(["evaluate", "--model", model, "--data", _data, "--device", "cpu", "--json", .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }

    /// <summary>A small model of the sample.</summary>
    private string Trained(string name, int epochs, string model = "nnn", string task = "point-group", string option = "width=16", string? data = null)
    {
        ProgramRun run = ProgramRun.Of(
        [
            "train", "--task", task, "--model", model, "--data", data ?? _data, "--out", _folder[$"{name}-run"], "--set", option,
            .. model == "gbt" ? Array.Empty<string>() : ["--epochs", $"{epochs}", "--device", "cpu"],
        ]);
        Assert.True(run.ExitCode == 0, run.Error);
        ProgramRun export = ProgramRun.Of("export", "--run", _folder[$"{name}-run"], "--out", _folder[name]);
        Assert.True(export.ExitCode == 0, export.Error);
        return _folder[name];
    }
}
