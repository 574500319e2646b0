using System.Text.Json;

namespace Faithful.Cli.Tests;

public class DoctorTests
{
    [Fact]
    public void Json_has_the_documented_fields()
    {
        ProgramRun run = ProgramRun.Of("doctor", "--json");
        Assert.Equal(0, run.ExitCode);
        JsonElement report = run.Json;
        Assert.Contains(report.GetProperty("packages").GetString(), new[] { "published", "standin" });
        foreach (string library in new[] { "libtorch", "onnxruntime", "spglib" })
        {
            Assert.Matches(@"^\d+\.\d+", report.GetProperty(library).GetString());
        }

        Assert.Equal("cpu", report.GetProperty("devices")[0].GetString());
        Assert.Equal(0, report.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public void The_text_says_the_same()
    {
        JsonElement report = ProgramRun.Of("doctor", "--json").Json;
        string text = ProgramRun.Of("doctor").Output;
        foreach (string field in new[] { "packages", "libtorch", "onnxruntime", "spglib" })
        {
            Assert.Contains(report.GetProperty(field).GetString()!, text, StringComparison.Ordinal);
        }
    }
}
