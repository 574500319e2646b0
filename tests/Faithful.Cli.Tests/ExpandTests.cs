using System.Text.Json;
using System.Text.RegularExpressions;
using Faithful.Cli.Expansion;
using Faithful.Crystals;
using Faithful.Crystals.Transformations;
using Faithful.Models;
using Faithful.Serving;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>Predictions while the atoms of crystals move apart.</summary>
public sealed class ExpandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;
    private readonly string _tasks;

    public ExpandTests()
    {
        // A class that the structure decides; far apart, crystals are "few".
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(160).Select(line =>
        {
            int atoms = JsonDocument.Parse(line).RootElement.GetProperty("species").GetArrayLength();
            return Regex.Replace(line, "\"labels\":\\{", $"\"labels\":{{\"atoms\":\"{(atoms <= 2 ? "few" : "many")}\",");
        }));
        _tasks = _folder.Write("tasks.json", """{"tasks":[{"name":"size","column":"atoms","kind":"classification","classes":["many","few"],"atomic_limit":"few"}]}""");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cgnn-tqc")]
    [InlineData("nnn-tqc")]
    [InlineData("gbt-tqc")]
    [InlineData("cgnn-formation-energy")]
    public void At_r_1_the_answer_is_the_plain_prediction_and_isolated_atoms_have_one_too(string model)
    {
        string crystal = Path.Combine(TestData.Examples, "Bi2Se3.poscar");
        JsonElement plain = ProgramRun.Of("predict", crystal, "--model", model, "--device", "cpu", "--json").Json[0];
        ProgramRun run = ProgramRun.Of("expand", crystal, "--model", model, "--device", "cpu", "--to", "40", "--steps", "3", "--json", "--report", _folder["r.html"]);
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        Assert.Equal([1, 20.5, 40], run.Json.GetProperty("factors").EnumerateArray().Select(factor => factor.GetDouble()));
        JsonElement expanded = Assert.Single(run.Json.GetProperty("models").EnumerateArray());
        if (plain.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.Number)
        {
            Assert.Equal(value.GetDouble(), expanded.GetProperty("values")[0].GetDouble(), 1e-4);
            Assert.All(expanded.GetProperty("values").EnumerateArray(), step => Assert.True(double.IsFinite(step.GetDouble())));
        }
        else
        {
            Assert.Equal(plain.GetProperty("class").GetString(), expanded.GetProperty("classes")[0].GetString());
            foreach (JsonProperty probability in expanded.GetProperty("probabilities").EnumerateObject())
            {
                Assert.Equal(plain.GetProperty("probabilities").GetProperty(probability.Name).GetDouble(), probability.Value[0].GetDouble(), 1e-4);
                Assert.All(probability.Value.EnumerateArray(), step => Assert.InRange(step.GetDouble(), 0, 1));
            }
        }

        Assert.Contains("atomic limit of Bi2Se3", File.ReadAllText(_folder["r.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_learned_the_atomic_limit_knows_it_and_keeps_what_it_knew()
    {
        Assert.Equal(0, Train("plain").ExitCode);
        Assert.Equal(0, Train("limit", "--atomic-limit", "1").ExitCode);
        ProgramRun run = ProgramRun.Of(
            "expand", _data, "--model", _folder["plain-model"], "--model", _folder["limit-model"], "--tasks", _tasks, "--steps", "5", "--device", "cpu", "--json", "--report", _folder["r.html"]);
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        JsonElement[] models = [.. run.Json.GetProperty("models").EnumerateArray()];
        JsonElement limit = models[1].GetProperty("all");
        Assert.Equal((160, "few"), (limit.GetProperty("crystals").GetInt32(), models[1].GetProperty("atomic_limit").GetString()));
        Assert.InRange(limit.GetProperty("trivial").EnumerateArray().Last().GetDouble(), 0.99, 1);
        Assert.InRange(limit.GetProperty("trivial")[0].GetDouble(), 0.1, 0.9);
        int many = File.ReadLines(_data).Count(line => line.Contains("\"many\"", StringComparison.Ordinal));
        Assert.All(models, model => Assert.Equal(many, model.GetProperty("labelled_topological").GetProperty("crystals").GetInt32()));
        Assert.Equal(0, models[1].GetProperty("predicted_topological").GetProperty("trivial")[0].GetDouble());
        Assert.Contains("What becomes of topological crystals", File.ReadAllText(_folder["r.html"]), StringComparison.Ordinal);

        // A draw is the same for the same seed.
        string[] draw = ["expand", _data, "--model", _folder["limit-model"], "--tasks", _tasks, "--steps", "2", "--sample", "30", "--device", "cpu", "--json"];
        ProgramRun first = ProgramRun.Of(draw);
        Assert.Equal(30, first.Json.GetProperty("crystals").GetInt32());
        Assert.Equal(first.Output, ProgramRun.Of(draw).Output);
        Assert.Contains("has no class for the atomic limit", ProgramRun.Of([.. draw[..4], .. draw[6..]]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_get_the_crystal_that_they_would_get_of_the_expanded_file()
    {
        Crystal crystal = new RandomCrystals(4).Crystal(atoms: 5);
        var preparation = new PreparationOptions { Cutoff = 6 };
        var inputs = new ExpandedInputs([("x", crystal)], CancellationToken.None);
        PredictionInput expected = new PredictionInputs([("x", crystal.Expand(1.5))]).Of(preparation)[0], found = inputs.At(1.5).Of(preparation)[0];
        Assert.Equal(expected.Crystal.Positions, found.Crystal.Positions);
        Assert.Equal(expected.Crystal.Edges, found.Crystal.Edges);
        Assert.Equal(expected.VolumePerAtom, found.VolumePerAtom, 1e-6);
        Assert.Same(inputs.At(1), inputs.At(1));
    }

    [Fact]
    public void A_crystal_has_turned_where_it_is_trivial_from_a_factor_on_to_the_last()
    {
        var group = new ExpansionGroup([1, 2, 3, 4], 2, limit: 0);
        group.Add([1, 0, 0, 0]);
        group.Add([1, 0, 1, 0]);
        group.Add([0, 0, 0, 1]);
        group.Add([0, 0, 0, 0]);
        Assert.Equal([0.5, 1, 0.75, 0.75], group.Trivial());
        Assert.Equal((4, 3), (group.Crystals, group.Turned));
        Assert.Equal((2.0, 4.0, null), (group.MedianFactor, group.Quantile(0.75), group.Quantile(0.99)));
        Assert.Null(new ExpansionGroup([1, 2], 2, 0).MedianFactor);
    }

    private ProgramRun Train(string run, params string[] more)
    {
        ProgramRun train = ProgramRun.Of(
        [
            "train", "--task", "size", "--tasks", _tasks, "--data", _data, "--out", _folder[run], "--model", "nnn", "--device", "cpu", "--epochs", "12",
            "--batch-size", "32", "--set", "dropout=0", "--set", "width=32", "--set", "weight_average=0.9", .. more,
        ]);
        return train.ExitCode != 0 ? train : ProgramRun.Of("export", "--run", _folder[run], "--out", _folder[$"{run}-model"]);
    }
}
