using System.Globalization;
using System.Text.Json;
using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>Predictions as CSV and JSON lines: what is in them, and how a file that was cut off is gone on with.</summary>
public sealed class PredictionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public PredictionFileTests()
    {
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, Enumerable.Range(0, 12).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$"""{"id":"c,{{i % 11}}","cell":[{{4 + 0.1 * i}},4,4,90,90,90],"species":["Cu"],"frac":[[0,0,0]]}""")));
        TestModels.Export(_folder["a/model"], TestModels.Topology, seed: 1);
        TestModels.Export(_folder["b/model"], TestModels.Topology, seed: 2);
        TestModels.Export(_folder["energy"], TestModels.Energy);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Csv_has_the_probability_of_every_class_of_every_model()
    {
        ProgramRun run = Predict("--format", "csv");
        Assert.Equal(0, run.ExitCode);
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] classes = [.. TestModels.Topology.Classes];
        string[] expected =
        [
            "id", "formula",
            .. new[] { "model", "model#2" }.SelectMany(name => (string[])
                [$"{name}.class", $"{name}.confidence", .. classes.Select(c => $"{name}:{c}"), $"{name}.fallback", $"{name}.warnings"]),
            "energy.value", "energy.half_width", "energy.fallback", "energy.warnings",
        ];
        Assert.Equal(string.Join(',', expected), lines[0]);
        Assert.Equal(13, lines.Length);
        JsonElement json = Predict("--json").Json;
        string[] cells = lines[1].Split(',')[1..]; // the identifier has a comma of its own, in quotes
        Assert.StartsWith("\"c,0\",Cu,", lines[1], StringComparison.Ordinal);
        for (int c = 0; c < classes.Length; c++)
        {
            Assert.Equal(json[1].GetProperty("probabilities").GetProperty(classes[c]).GetDouble(), Cell($"model#2:{classes[c]}"), 1e-7);
        }

        Assert.Equal(json[2].GetProperty("value").GetDouble(), Cell("energy.value"), 1e-6);

        double Cell(string column) => double.Parse(cells[Array.IndexOf(expected, column)], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Json_lines_are_the_objects_of_json()
    {
        string[] lines = Predict("--format", "jsonl").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Predict("--json").Json.EnumerateArray().Select(element => element.ToString()), lines);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public void A_file_that_was_cut_off_anywhere_becomes_the_whole_one(string extension)
    {
        string path = _folder[$"out.{extension}"];
        Assert.Equal(0, Predict("--out", path).ExitCode);
        byte[] whole = File.ReadAllBytes(path);
        Assert.Equal(Predict("--format", extension).Output, File.ReadAllText(path));
        foreach (int length in (int[])[0, 7, whole.Length / 3, whole.Length / 2, whole.Length - 1, whole.Length])
        {
            File.WriteAllBytes(path, whole[..length]);
            ProgramRun run = Predict("--out", path, "--resume");
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Equal(whole, File.ReadAllBytes(path));
        }

        Assert.Contains("0 crystals, beside 12 that it had", Predict("--out", path, "--resume").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public void Predictions_of_other_models_are_not_gone_on_with(string extension)
    {
        string path = _folder[$"out.{extension}"];
        Predict("--out", path);
        byte[] before = File.ReadAllBytes(path);
        ProgramRun run = ProgramRun.Of("predict", _data, "--device", "cpu", "--model", _folder["energy"], "--out", path, "--resume");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("leave out --resume", Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void Bad_crystals_are_passed_over_and_said()
    {
        string[] lines = File.ReadAllLines(_data);
        lines[3] = """{"id":"bad","cell":[1],"species":["Cu"],"frac":[[0,0,0]]}""";
        File.WriteAllLines(_data, lines);
        string path = _folder["out.csv"];
        ProgramRun run = Predict("--out", path);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(12, File.ReadAllLines(path).Length);
        Assert.Contains(run.ErrorLines, line => line.Contains("predicted 11 of 12 crystals; 1 with an error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--resume")]
    [InlineData("--out", "x.csv", "--format", "table")]
    [InlineData("--json", "--format", "csv")]
    [InlineData("--json", "--out", "x.csv")]
    public void Options_that_exclude_each_other_are_wrong_usage(params string[] args) => Assert.Equal(2, Predict(args).ExitCode);

    private ProgramRun Predict(params string[] args) => ProgramRun.Of(
        ["predict", _data, "--device", "cpu", "--model", _folder["a/model"], "--model", _folder["b/model"], "--model", _folder["energy"], .. args]);
}
