using System.Text.Json;
using Faithful.Cli.Input;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>The first command that a user types. The folder of the project is found through the environment, which tests share.</summary>
[Collection("environment")]
public sealed class QuickstartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(RepositoryRoot.Variable);

    public QuickstartTests()
    {
        Environment.SetEnvironmentVariable(RepositoryRoot.Variable, TestData.RepositoryRoot);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(RepositoryRoot.Variable, _before);
        _folder.Dispose();
    }

    [Fact]
    public void Quickstart_trains_serves_agrees_and_predicts_every_example()
    {
        ProgramRun run = ProgramRun.Of("quickstart", "--epochs", "1", "--out", _folder["quickstart"], "--device", "cpu", "--json");
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        JsonElement result = run.Json;
        Assert.Equal("point-group", result.GetProperty("task").GetString());
        Assert.Equal("cgnn", result.GetProperty("model").GetString());
        Assert.InRange(result.GetProperty("accuracy").GetDouble(), 0, 1);
        Assert.InRange(result.GetProperty("baseline").GetDouble(), 0.01, 0.3);
        Assert.InRange(result.GetProperty("parity").GetDouble(), 0, 1e-5);
        Assert.True(result.GetProperty("seconds").GetDouble() > 0);
        Assert.Equal(Directory.GetFiles(TestData.Examples, "*.poscar").Length, result.GetProperty("predictions").GetArrayLength());
    }
}
