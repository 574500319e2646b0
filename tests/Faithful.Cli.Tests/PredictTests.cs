using System.Text.Json;
using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class PredictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _copper;
    private readonly string _salt;

    public PredictTests()
    {
        _copper = _folder["copper.vasp"];
        _salt = _folder["salt.vasp"];
        File.WriteAllText(_copper, "Cu\n1.0\n0 1.8 1.8\n1.8 0 1.8\n1.8 1.8 0\nCu\n1\nDirect\n0 0 0\n");
        File.WriteAllText(_salt, "NaCl\n1.0\n0 2.8 2.8\n2.8 0 2.8\n2.8 2.8 0\nNa Cl\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n");
        TestModels.Export(_folder["onnx/cgnn-tqc"], TestModels.Topology);
        TestModels.Export(_folder["onnx/cgnn-formation-energy"], TestModels.Energy);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_has_one_object_a_crystal_and_model_with_the_documented_fields()
    {
        ProgramRun run = Predict(_copper, _salt, "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        JsonElement[] predictions = [.. run.Json.EnumerateArray()];
        Assert.Equal(["copper", "copper", "salt", "salt"], predictions.Select(prediction => prediction.GetProperty("id").GetString()));
        JsonElement topology = predictions[0];
        Assert.Equal(
            ["id", "task", "model", "class", "probabilities", "confidence", "fallback", "warnings"],
            topology.EnumerateObject().Select(field => field.Name));
        Assert.Equal("tqc", topology.GetProperty("task").GetString());
        Assert.Equal("cgnn", topology.GetProperty("model").GetString());
        Assert.Equal(TestModels.Topology.Classes, topology.GetProperty("probabilities").EnumerateObject().Select(field => field.Name));
        Assert.Equal(1, topology.GetProperty("probabilities").EnumerateObject().Sum(field => field.Value.GetDouble()), 1e-5);
        Assert.False(topology.GetProperty("fallback").GetBoolean());
        Assert.Equal(JsonValueKind.Array, topology.GetProperty("warnings").ValueKind);
        Assert.Equal("eV/atom", predictions[1].GetProperty("unit").GetString());
        Assert.True(double.IsFinite(predictions[1].GetProperty("value").GetDouble()));
    }

    [Fact]
    public void The_table_has_a_row_a_crystal_and_a_column_a_model()
    {
        ProgramRun run = Predict(_copper, _salt);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("tqc (cgnn)", run.Output, StringComparison.Ordinal);
        Assert.Contains("formation-energy (cgnn)", run.Output, StringComparison.Ordinal);
        string row = Assert.Single(run.Output.Split('\n'), line => line.Contains("salt", StringComparison.Ordinal));
        Assert.Contains("NaCl", row, StringComparison.Ordinal);
        Assert.Contains("eV/atom", row, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_may_be_named_by_its_file()
    {
        ProgramRun run = ProgramRun.Of("predict", _copper, "--model", _folder["onnx/cgnn-tqc/model.onnx"], "--device", "cpu", "--json");
        Assert.Equal("tqc", Assert.Single(run.Json.EnumerateArray()).GetProperty("task").GetString());
    }

    [Fact]
    public void A_task_picks_its_models()
    {
        ProgramRun run = Predict(_copper, "--task", "tqc", "--json");
        Assert.Equal("tqc", Assert.Single(run.Json.EnumerateArray()).GetProperty("task").GetString());
    }

    [Fact]
    public void A_task_that_no_named_model_has_is_wrong_usage_and_the_tasks_are_listed()
    {
        ProgramRun run = Predict(_copper, "--task", "band-gap");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("formation-energy, tqc", Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_crystal_that_is_too_large_is_marked_and_explained()
    {
        TestModels.Export(_folder["small"], TestModels.Topology, card => card with { Preparation = card.Preparation with { MaxAtoms = 1 } });
        ProgramRun table = ProgramRun.Of("predict", _salt, "--model", _folder["small"], "--device", "cpu");
        Assert.Equal(0, table.ExitCode);
        Assert.Contains("ESFD 0.33 *", table.Output, StringComparison.Ordinal);
        Assert.Contains("warning: salt: fallback: 2 atoms", table.Error, StringComparison.Ordinal);
        JsonElement prediction = Assert.Single(ProgramRun.Of("predict", _salt, "--model", _folder["small"], "--json").Json.EnumerateArray());
        Assert.True(prediction.GetProperty("fallback").GetBoolean());
        Assert.Equal(1, prediction.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public void A_crystal_of_too_many_species_is_marked_and_explained()
    {
        TestModels.Export(_folder["few"], TestModels.Topology, card => card with { Preparation = card.Preparation with { MaxSpecies = 1 } });
        ProgramRun table = ProgramRun.Of("predict", _salt, "--model", _folder["few"], "--device", "cpu");
        Assert.Equal(0, table.ExitCode);
        Assert.Contains("ESFD 0.33 *", table.Output, StringComparison.Ordinal);
        Assert.Contains("warning: salt: fallback: 2 species in the cell; the model takes at most 1", table.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_device_that_is_not_there_is_said_and_replaced()
    {
        Skip.If(File.Exists("/dev/nvidiactl"), "this machine has a GPU");
        ProgramRun run = ProgramRun.Of("predict", _copper, "--model", _folder["onnx/cgnn-tqc"], "--device", "cuda", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("CUDA is not used: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Single(run.Json.EnumerateArray());
    }

    private ProgramRun Predict(params string[] args) => ProgramRun.Of(
        ["predict", .. args, "--device", "cpu", "--model", _folder["onnx/cgnn-tqc"], "--model", _folder["onnx/cgnn-formation-energy"]]);
}
