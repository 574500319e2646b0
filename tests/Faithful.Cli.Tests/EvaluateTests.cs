using System.Globalization;
using System.Text.Json;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class EvaluateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public EvaluateTests()
    {
        _data = _folder["data.jsonl"];
        string[] classes = [.. TestModels.Topology.Classes];
        // Caesium-chloride crystals of many formulas; the class follows from the space group, so the look-up table is never wrong.
        var elements = Enumerable.Range(3, 40).Select(number => Faithful.Crystals.Element.FromAtomicNumber(number).Symbol).ToArray();
        File.WriteAllLines(_data, Enumerable.Range(0, 80).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"id":"c-{{{i}}}","cell":[{{{4 + 0.01 * i}}},{{{4 + 0.01 * i}}},{{{4 + 0.01 * i}}},90,90,90],"species":["{{{elements[i % 40]}}}","{{{elements[(i + 1 + i / 40) % 40]}}}"],"frac":[[0,0,0],[0.5,0.5,0.5]],"labels":{"tqc":"{{{classes[i % 5]}}}","space_group":{{{100 + i % 5}}},"formation_energy_per_atom":{{{-0.5 * (i % 7)}}}}}""")));
        string digest = ContentDigest.OfPath(_data);
        TestModels.Export(_folder["known"], TestModels.Topology with { UsesSymmetry = true }, card => Trained(card, digest));
        TestModels.Export(_folder["other"], TestModels.Topology);
        TestModels.Export(_folder["energy"], TestModels.Energy, card => Trained(card, digest));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Data_that_the_model_was_trained_on_is_split_anew_and_its_test_part_measured()
    {
        ProgramRun run = Evaluate("known", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("held out", run.Error, StringComparison.Ordinal);
        JsonElement result = run.Json;
        Assert.Equal("tqc", result.GetProperty("task").GetString());
        Assert.Equal("cgnn", result.GetProperty("model").GetString());
        Assert.Equal("test", result.GetProperty("part").GetString());
        Assert.Equal(16, result.GetProperty("n").GetInt32());
        Assert.Equal(0, result.GetProperty("fallback").GetInt32());
        Assert.Equal(1, result.GetProperty("space_group_table").GetProperty("accuracy").GetDouble());
        foreach (string metric in new[] { "accuracy", "macro_f1" })
        {
            double value = result.GetProperty("metrics").GetProperty(metric).GetDouble();
            JsonElement interval = result.GetProperty("interval").GetProperty(metric);
            Assert.InRange(value, interval[0].GetDouble(), interval[1].GetDouble());
            Assert.InRange(result.GetProperty("baseline").GetProperty(metric).GetDouble(), 0, 1);
        }
    }

    [Fact]
    public void The_parts_cover_the_data()
    {
        int Count(string part) => Evaluate("known", "--part", part, "--json").Json.GetProperty("n").GetInt32();
        Assert.Equal(80, Count("test") + Count("validation") + Count("train"));
        Assert.Equal(80, Count("all"));
    }

    [Fact]
    public void Other_data_is_measured_whole_and_has_no_parts()
    {
        ProgramRun run = Evaluate("other", "--json");
        Assert.Equal(80, run.Json.GetProperty("n").GetInt32());
        Assert.Equal("all", run.Json.GetProperty("part").GetString());
        Assert.False(run.Json.TryGetProperty("space_group_table", out _));
        ProgramRun refused = Evaluate("other", "--part", "test");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("other data", Assert.Single(refused.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void The_baseline_is_the_majority_class_of_the_training_part()
    {
        double accuracy = Evaluate("other", "--json").Json.GetProperty("baseline").GetProperty("accuracy").GetDouble();
        Assert.Equal(16 / 80.0, accuracy, 1e-6); // every class occurs equally often
    }

    [Fact]
    public void Fallbacks_are_counted_and_count_in_the_metrics()
    {
        TestModels.Export(_folder["small"], TestModels.Topology, card => card with { Preparation = card.Preparation with { MaxAtoms = 1 } });
        JsonElement result = Evaluate("small", "--json").Json;
        Assert.Equal(80, result.GetProperty("fallback").GetInt32());
        Assert.Equal(
            result.GetProperty("baseline").GetProperty("accuracy").GetDouble(),
            result.GetProperty("metrics").GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void Crystals_beyond_the_limits_by_species_are_fallbacks_and_the_reason_is_said()
    {
        TestModels.Export(_folder["few"], TestModels.Topology, card => card with { Preparation = card.Preparation with { MaxSpecies = 1 } });
        TestModels.Export(_folder["more"], TestModels.Topology, card => card with { Preparation = card.Preparation with { MaxSpecies = 2, MaxAtomsOfSpecies = [1, 1] } });
        ProgramRun run = Evaluate("few", "--model", _folder["more"], "--json");
        Assert.Equal([80, 0, 0], run.Json.EnumerateArray().Select(result => result.GetProperty("fallback").GetInt32()));
        Assert.Contains("80 of 80 crystals take the fallback, such as c-0: 2 species in the cell; the model takes at most 1", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Split("take the fallback").Length - 1);
    }

    [Fact]
    public void A_regression_is_measured_beside_its_median()
    {
        JsonElement result = Evaluate("energy", "--json").Json;
        Assert.True(result.GetProperty("metrics").GetProperty("mae").GetDouble() <= result.GetProperty("metrics").GetProperty("rmse").GetDouble());
        Assert.True(result.GetProperty("baseline").GetProperty("mae").GetDouble() > 0);
        Assert.Contains("eV/atom", Evaluate("energy").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_models_make_a_list_and_one_table()
    {
        string[] models = ["--model", _folder["other"], "--data", _data];
        Assert.Equal(2, Evaluate("known", [.. models[..2], "--json"]).Json.GetArrayLength());
        ProgramRun table = Evaluate("known", models[..2]);
        Assert.Equal(2, table.Output.Split('\n').Count(line => line.Contains("majority class", StringComparison.Ordinal)));
        Assert.Contains("most common class of the space group", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_is_no_class_is_an_error_with_its_place()
    {
        File.AppendAllText(_data, """{"id":"x","cell":[4,4,4,90,90,90],"species":["Cu"],"frac":[[0,0,0]],"labels":{"tqc":"XYZ"}}""");
        ProgramRun run = Evaluate("other");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("data.jsonl(81)", Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_row_is_left_out_and_counts_as_failed()
    {
        File.AppendAllText(_data, "{\"id\":\"x\"}\n");
        ProgramRun run = Evaluate("other", "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Faults);
        Assert.Equal(80, run.Json.GetProperty("n").GetInt32());
        ProgramRun strict = Evaluate("other", "--json", "--strict");
        Assert.Equal(1, strict.ExitCode);
        Assert.Empty(strict.Output);
    }

    private static ModelCard Trained(ModelCard card, string digest) => card with
    {
        Training = card.Training with { DataSha256 = digest, Data = "data.jsonl", TestFraction = 0.2, ValidationFraction = 0.1, Seed = 5 },
    };

    private ProgramRun Evaluate(string model, params string[] more) =>
        ProgramRun.Of(["evaluate", "--model", _folder[model], "--data", _data, "--device", "cpu", .. more]);
}
