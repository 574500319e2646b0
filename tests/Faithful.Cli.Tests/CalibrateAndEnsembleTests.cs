using System.Globalization;
using System.Text.Json;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>What <c>calibrate</c> and <c>ensemble</c> write, and that <c>evaluate</c> and <c>predict</c> take it.</summary>
public sealed class CalibrateAndEnsembleTests : IDisposable
{
    private const int Crystals = 200;

    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public CalibrateAndEnsembleTests()
    {
        _data = _folder["data.jsonl"];
        string[] classes = [.. TestModels.Topology.Classes];
        File.WriteAllLines(_data, Enumerable.Range(0, Crystals).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"id":"c-{{{i}}}","cell":[{{{4 + 0.01 * i}}},4,4,90,90,90],"species":["{{{Faithful.Crystals.Element.FromAtomicNumber(19 + i % 40).Symbol}}}","Cl"],"frac":[[0,0,0],[0.5,0.5,0.5]],"labels":{"tqc":"{{{classes[i * i % 5]}}}","formation_energy_per_atom":{{{-0.5 * (i % 7)}}}}}""")));
        Export("one", TestModels.Topology, 1);
        Export("two", TestModels.Topology with { Classes = [.. classes.Reverse()] }, 2);
        Export("energy", TestModels.Energy, 3);
        Export("energy-two", TestModels.Energy, 4);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_temperature_is_written_into_the_card_and_changes_no_class()
    {
        JsonElement before = Evaluate("one").GetProperty("metrics");
        ProgramRun run = Fit("calibrate", "one");
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement result = run.Json[0];
        ModelCard card = ModelCard.Read(_folder["one"]);
        Assert.Equal(result.GetProperty("value").GetDouble(), card.Calibration!.Value, 1e-12);
        Assert.Equal((CalibrationMethod.Temperature, "validation"), (card.Calibration.Method, card.Calibration.Part));
        Assert.Contains("p^(1/T)", File.ReadAllText(Path.Combine(_folder["one"], "README.md")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder["one"], "card.json.part")));
        JsonElement after = Evaluate("one").GetProperty("metrics");
        Assert.Equal(before.GetProperty("accuracy").GetDouble(), after.GetProperty("accuracy").GetDouble());
        Assert.True(after.GetProperty("log_loss").GetDouble() <= before.GetProperty("log_loss").GetDouble() + 1e-6);
        JsonElement again = Fit("calibrate", "one").Json[0];
        Assert.Equal(result.GetProperty("value").GetDouble(), again.GetProperty("value").GetDouble(), 1e-6);
    }

    [Fact]
    public void A_half_width_holds_the_share_of_the_crystals_that_it_was_taken_from()
    {
        ProgramRun run = Fit("calibrate", "energy", "--coverage", "0.8");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal((CalibrationMethod.Conformal, 0.8), (ModelCard.Read(_folder["energy"]).Calibration!.Method, ModelCard.Read(_folder["energy"]).Calibration!.Coverage));
        Assert.InRange(Evaluate("energy").GetProperty("metrics").GetProperty("coverage").GetDouble(), 0.8, 0.9);
        JsonElement prediction = ProgramRun.Of("predict", _data, "--model", _folder["energy"], "--device", "cpu", "--json").Json[0];
        Assert.Equal(0.8, prediction.GetProperty("coverage").GetDouble());
        Assert.True(prediction.GetProperty("half_width").GetDouble() > 0);
        Assert.Contains(" ± ", ProgramRun.Of("predict", _data, "--model", _folder["energy"], "--device", "cpu").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("weighted")]
    [InlineData("stacked")]
    public void An_ensemble_is_fitted_evaluated_and_predicts(string method)
    {
        ProgramRun run = Fit("ensemble", ["one", "two"], "--method", method, "--out", _folder["both"]);
        Assert.True(run.ExitCode == 0, run.Error);
        var card = EnsembleCard.Read(_folder["both"]);
        Assert.Equal(["../one", "../two"], card.Members.Select(member => member.Folder));
        Assert.All(card.Members, member => Assert.NotNull(member.Calibration));
        Assert.Equal(run.Json.GetProperty("n").GetInt32(), card.Fit.Crystals);
        JsonElement result = Evaluate("both");
        Assert.Equal(("ensemble", method), (result.GetProperty("model").GetString(), result.GetProperty("method").GetString()));
        Assert.Equal(card.Fit.Metrics["log_loss"], result.GetProperty("metrics").GetProperty("log_loss").GetDouble(), 1e-5);
        Assert.Equal(card.Fit.Metrics["accuracy"], result.GetProperty("metrics").GetProperty("accuracy").GetDouble(), 1e-5);
        JsonElement prediction = ProgramRun.Of("predict", _data, "--model", _folder["both/ensemble.json"], "--device", "cpu", "--json").Json[0];
        Assert.Equal("ensemble", prediction.GetProperty("model").GetString());
        Assert.True(prediction.GetProperty("calibrated").GetBoolean());
        Assert.InRange(prediction.GetProperty("disagreement").GetDouble(), 0, 1);
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("weighted")]
    [InlineData("stacked")]
    public void Values_are_combined(string method)
    {
        ProgramRun run = Fit("ensemble", ["energy", "energy-two"], "--method", method, "--out", _folder["both"]);
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement metrics = Evaluate("both").GetProperty("metrics");
        Assert.Equal(EnsembleCard.Read(_folder["both"]).Fit.Metrics["mae"], metrics.GetProperty("mae").GetDouble(), 1e-5);
        Assert.InRange(metrics.GetProperty("coverage").GetDouble(), 0.9, 1);
    }

    [Fact]
    public void A_fitted_ensemble_is_no_worse_than_its_members_where_it_was_fitted()
    {
        Fit("calibrate", ["one", "two"]);
        Fit("ensemble", ["one", "two"], "--out", _folder["both"]);
        double[] losses = [.. new[] { "one", "two", "both" }.Select(name => Evaluate(name).GetProperty("metrics").GetProperty("log_loss").GetDouble())];
        Assert.True(losses[2] <= Math.Min(losses[0], losses[1]) + 1e-6);
    }

    [Fact]
    public void What_cannot_be_an_ensemble_is_wrong_usage()
    {
        Fit("ensemble", ["one", "two"], "--out", _folder["both"]);
        AssertUsage("is an ensemble itself", Fit("ensemble", ["both", "one"], "--out", _folder["nested"]));
        AssertUsage("when it fits it", Fit("calibrate", "both"));
        AssertUsage("has another task", Fit("ensemble", ["one", "energy"], "--out", _folder["mixed"]));
        AssertUsage("is the folder of a model", Fit("ensemble", ["two"], "--out", _folder["one"]));
        Assert.False(Directory.Exists(_folder["nested"]));
        TestModels.Export(_folder["other"], TestModels.Topology);
        AssertUsage("trained on other data", Fit("calibrate", "other"));
    }

    [Fact]
    public void An_ensemble_beside_models_speaks_for_them_in_the_table_and_is_no_part_of_their_mean()
    {
        Fit("ensemble", ["one", "two"], "--out", _folder["both"]);
        string[] models = ["--model", _folder["one"], "--model", _folder["two"], "--model", _folder["both"]];
        ProgramRun table = ProgramRun.Of(["predict", _data, "--device", "cpu", .. models]);
        Assert.Contains("answer", table.Output, StringComparison.Ordinal);
        Assert.Contains("both", table.Output, StringComparison.Ordinal);
        ProgramRun mean = ProgramRun.Of(["predict", _data, "--device", "cpu", .. models[..4]]);
        Assert.Contains("mean of 2", mean.Output, StringComparison.Ordinal);
        JsonElement[] results = [.. ProgramRun.Of(["evaluate", "--data", _data, "--device", "cpu", "--part", "all", "--json", .. models]).Json.EnumerateArray()];
        Assert.Equal(["cgnn", "cgnn", "ensemble", "ensemble"], results.Select(result => result.GetProperty("model").GetString()));
        Assert.Equal(["weighted", null], results[2..].Select(result => result.TryGetProperty("method", out JsonElement method) ? method.GetString() : null));
    }

    private static void AssertUsage(string expected, ProgramRun run)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    private void Export(string name, ModelTask task, int seed)
    {
        string digest = Faithful.Datasets.ContentDigest.OfPath(_data);
        TestModels.Export(
            _folder[name], task, card => card with { Training = card.Training with { DataSha256 = digest, ValidationFraction = 0.4 } }, seed: seed);
    }

    private ProgramRun Fit(string command, string model, params string[] args) => Fit(command, [model], args);

    private ProgramRun Fit(string command, string[] models, params string[] args) =>
        ProgramRun.Of([command, "--data", _data, "--device", "cpu", "--json", .. models.SelectMany(model => (string[])["--model", _folder[model]]), .. args]);

    private JsonElement Evaluate(string model) =>
        ProgramRun.Of("evaluate", "--data", _data, "--device", "cpu", "--part", "validation", "--json", "--model", _folder[model]).Json;
}
