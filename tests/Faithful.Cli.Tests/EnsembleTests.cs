using System.Globalization;
using System.Text.Json;
using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Serving;
using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>Several models of one task are measured as one: the mean of what they predict.</summary>
public sealed class EnsembleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;
    private readonly string[] _classes = [.. TestModels.Topology.Classes];

    public EnsembleTests()
    {
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, Enumerable.Range(0, 40).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"id":"c-{{{i}}}","cell":[{{{4 + 0.05 * i}}},4,4,90,90,90],"species":["{{{Faithful.Crystals.Element.FromAtomicNumber(19 + i).Symbol}}}"{{{(i % 4 == 0 ? ",\"Cl\"" : "")}}}],"frac":[[0,0,0]{{{(i % 4 == 0 ? ",[0.5,0.5,0.5]" : "")}}}],"labels":{"tqc":"{{{_classes[i * i % 5]}}}","formation_energy_per_atom":{{{-0.5 * (i % 7)}}}}}""")));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Probabilities_are_averaged_by_class_whatever_the_order_of_the_classes_over_the_models_that_take_the_crystal()
    {
        TestModels.Export(_folder["one"], TestModels.Topology, seed: 1);
        TestModels.Export(_folder["two"], TestModels.Topology with { Classes = [.. _classes.Reverse()] }, seed: 2);
        TestModels.Export(
            _folder["small"], TestModels.Topology, card => card with { Preparation = card.Preparation with { MaxAtoms = 1 } }, seed: 3);
        ProgramRun run = Evaluate("one", "two", "small");
        Assert.Equal(0, run.ExitCode);
        JsonElement[] results = [.. run.Json.EnumerateArray()];
        Assert.Equal(["cgnn", "cgnn", "cgnn", "ensemble"], results.Select(result => result.GetProperty("model").GetString()));
        Assert.All(results[..3], result => Assert.False(result.TryGetProperty("members", out _)));
        JsonElement ensemble = results[3];
        Assert.Equal(
            ["one", "two", "small"], ensemble.GetProperty("members").EnumerateArray().Select(member => Path.GetFileName(member.GetString())));
        Assert.Equal(
            results[0].EnumerateObject().Select(field => field.Name), ensemble.EnumerateObject().Select(field => field.Name).Where(name => name != "members"));
        Assert.Equal(0, ensemble.GetProperty("fallback").GetInt32());
        Assert.Equal(10, results[2].GetProperty("fallback").GetInt32());
        Assert.Equal(40, ensemble.GetProperty("n").GetInt32());

        int right = 0;
        Prediction[][] predictions = [.. new[] { "one", "two", "small" }.Select(Predict)];
        for (int i = 0; i < 40; i++)
        {
            string best = _classes.MaxBy(name => predictions[0][i].Probabilities[Array.IndexOf(_classes, name)]
                + predictions[1][i].Probabilities[^(1 + Array.IndexOf(_classes, name))]
                + (predictions[2][i].IsFallback ? 0 : predictions[2][i].Probabilities[Array.IndexOf(_classes, name)]))!;
            right += best == _classes[i * i % 5] ? 1 : 0;
        }

        double accuracy = ensemble.GetProperty("metrics").GetProperty("accuracy").GetDouble();
        Assert.Equal(right / 40.0, accuracy, 1e-6);
        Assert.InRange(
            accuracy, ensemble.GetProperty("interval").GetProperty("accuracy")[0].GetDouble(), ensemble.GetProperty("interval").GetProperty("accuracy")[1].GetDouble());
    }

    [Fact]
    public void Values_are_averaged()
    {
        TestModels.Export(_folder["one"], TestModels.Energy, seed: 1);
        TestModels.Export(_folder["two"], TestModels.Energy, seed: 2);
        Prediction[][] predictions = [Predict("one"), Predict("two")];
        double error = Enumerable.Range(0, 40).Average(i => Math.Abs((predictions[0][i].Value!.Value + predictions[1][i].Value!.Value) / 2 + 0.5 * (i % 7)));
        ProgramRun run = Evaluate("one", "two");
        Assert.Equal(error, run.Json[2].GetProperty("metrics").GetProperty("mae").GetDouble(), 2e-6);
        Assert.Contains("ensemble of 2 models", ProgramRun.Of(Arguments("one", "two")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_twice_is_as_good_as_once()
    {
        TestModels.Export(_folder["one"], TestModels.Energy, seed: 1);
        JsonElement results = Evaluate("one", "one").Json;
        Assert.Equal(results[0].GetProperty("metrics").ToString(), results[2].GetProperty("metrics").ToString());
        Assert.Equal(results[0].GetProperty("interval").ToString(), results[2].GetProperty("interval").ToString());
    }

    [Fact]
    public void Models_that_are_no_ensemble_are_measured_alone_and_the_reason_is_said()
    {
        string digest = Faithful.Datasets.ContentDigest.OfPath(_data);
        TestModels.Export(_folder["one"], TestModels.Topology);
        TestModels.Export(_folder["held"], TestModels.Topology, card => card with
        {
            Training = card.Training with { DataSha256 = digest, TestFraction = 0.3 },
        });
        TestModels.Export(_folder["fewer"], TestModels.Topology with { Classes = [.. _classes, "another"] });
        TestModels.Export(_folder["energy"], TestModels.Energy);
        AssertNone("no ensemble for tqc: ", "was measured on other crystals", "one", "held");
        AssertNone("no ensemble for tqc: ", "has other classes", "one", "fewer");
        AssertNone("no ensemble for formation-energy: ", "only one model", "one", "energy");
        Assert.DoesNotContain("ensemble", Evaluate("one").Error, StringComparison.Ordinal);
    }

    private void AssertNone(string task, string reason, params string[] models)
    {
        ProgramRun run = Evaluate(models);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(models.Length, run.Json.GetArrayLength());
        Assert.Contains(run.ErrorLines, line => line.StartsWith(task, StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
    }

    private Prediction[] Predict(string model)
    {
        using CrystalPredictor predictor = CrystalPredictor.Open(_folder[model], new ServingOptions { Device = ServingDevice.Cpu });
        return [.. predictor.Predict([.. CrystalSource.Read(_data).Select(result => result.GetRecordOrThrow()).Select(record => (record.Id, record.Crystal))])];
    }

    private ProgramRun Evaluate(params string[] models) => ProgramRun.Of([.. Arguments(models), "--json"]);

    private string[] Arguments(params string[] models) =>
        ["evaluate", "--data", _data, "--device", "cpu", .. models.SelectMany(model => (string[])["--model", _folder[model]])];
}
