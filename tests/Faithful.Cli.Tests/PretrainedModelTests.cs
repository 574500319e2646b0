using Faithful.Cli.Input;
using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>What happens when no model is named. The folder of the project is found through the environment, which tests share.</summary>
[Collection("environment")]
public sealed class PretrainedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(RepositoryRoot.Variable);
    private readonly string _copper;

    public PretrainedModelTests()
    {
        Environment.SetEnvironmentVariable(RepositoryRoot.Variable, _folder.Path);
        _copper = _folder["copper.vasp"];
        File.WriteAllText(_copper, "Cu\n1.0\n0 1.8 1.8\n1.8 0 1.8\n1.8 1.8 0\nCu\n1\nDirect\n0 0 0\n");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(RepositoryRoot.Variable, _before);
        _folder.Dispose();
    }

    [Fact]
    public void Without_any_model_the_program_says_how_to_make_one()
    {
        ProgramRun run = ProgramRun.Of("predict", _copper);
        Assert.Equal(1, run.ExitCode);
        string fault = Assert.Single(run.Faults);
        Assert.Contains("faithful quickstart", fault, StringComparison.Ordinal);
        Assert.Contains("faithful train", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void All_models_under_onnx_predict_and_a_broken_one_is_reported()
    {
        TestModels.Export(_folder["onnx/cgnn-tqc"], TestModels.Topology);
        TestModels.Export(_folder["onnx/broken"], TestModels.Energy);
        File.WriteAllText(_folder["onnx/broken/model.onnx"], "");
        ProgramRun run = ProgramRun.Of("predict", _copper, "--json", "--device", "cpu");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("broken", Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.Equal("tqc", Assert.Single(run.Json.EnumerateArray()).GetProperty("task").GetString());
    }

    [Fact]
    public void A_model_may_be_named_by_its_folder_under_onnx()
    {
        TestModels.Export(_folder["onnx/cgnn-tqc"], TestModels.Topology);
        Assert.Equal(0, ProgramRun.Of("predict", _copper, "--model", "cgnn-tqc", "--device", "cpu").ExitCode);
    }
}
