using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Faithful.Cli.Reports;
using Faithful.Models;
using Faithful.Service.Tests;
using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Cli.Tests.Reports;

/// <summary><c>evaluate --report</c> with two classifications, their mean, a regression and a task of many classes.</summary>
public sealed partial class EvaluationReportTests : IDisposable
{
    private const string Hostile = "<img src=x onerror=alert(1)></script>";

    private readonly TemporaryFolder _folder = new();
    private readonly string _data;
    private readonly string _report;

    public EvaluationReportTests()
    {
        (_data, _report) = (_folder["data.jsonl"], _folder["report.html"]);
        string[] classes = [Hostile, .. Enumerable.Range(0, 50).Select(i => $"class {i}")];
        ModelTask many = TestModels.Topology with { Name = "many", Classes = classes };
        string[] elements = [.. Enumerable.Range(3, 60).Select(number => Faithful.Crystals.Element.FromAtomicNumber(number).Symbol)];
        File.WriteAllLines(_data, Enumerable.Range(0, 120).Select(i => new JsonObject
        {
            ["id"] = $"{Hostile}{i}",
            ["cell"] = new JsonArray(4 + 0.01 * i, 4 + 0.01 * i, 4 + 0.01 * i, 90, 90, 90),
            ["species"] = new JsonArray(elements[i % 60], elements[(i + 1 + i / 60) % 60]),
            ["frac"] = new JsonArray(new JsonArray(0, 0, 0), new JsonArray(0.5, 0.5, 0.5)),
            ["labels"] = new JsonObject
            {
                ["tqc"] = TestModels.Topology.Classes[i % 5],
                ["many"] = classes[i % 51],
                ["space_group"] = 1 + i % 230,
                ["formation_energy_per_atom"] = -0.5 * (i % 7),
            },
        }.ToJsonString()));
        TestModels.Export(_folder["a"], TestModels.Topology);
        TestModels.Export(_folder["b"], TestModels.Topology, seed: 8);
        TestModels.Export(_folder["many"], many);
        TestModels.Export(_folder["energy"], TestModels.Energy);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_model_has_a_section_and_the_document_says_the_same()
    {
        ProgramRun run = Evaluate("--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(_report, run.Error, StringComparison.Ordinal);
        string page = Library().Replace(File.ReadAllText(_report), "");
        JsonElement[] results = [.. run.Json.EnumerateArray()];
        Assert.Equal(5, results.Length);
        Assert.Equal(5, page.Split("<h2 ").Length - 1);
        foreach (JsonElement result in results)
        {
            string metric = result.GetProperty("metrics").TryGetProperty("accuracy", out JsonElement quality) ? "accuracy" : "mae";
            quality = result.GetProperty("metrics").GetProperty(metric);
            Assert.Contains(quality.GetDouble().ToString("0.0000", CultureInfo.InvariantCulture), page, StringComparison.Ordinal);
            Assert.Equal(120, result.GetProperty("by_crystal_system").EnumerateArray().Sum(group => group.GetProperty("n").GetInt32()));
            Assert.Equal(240, result.GetProperty("by_element").EnumerateArray().Sum(group => group.GetProperty("n").GetInt32()));
            Assert.Equal(
                quality.GetDouble(),
                result.GetProperty("by_atoms").EnumerateArray().Sum(group => group.GetProperty("n").GetInt32() * group.GetProperty(metric).GetDouble()) / 120,
                1e-5);
            if (metric == "accuracy")
            {
                Assert.Equal(
                    result.GetProperty("classes").EnumerateArray().Select(one => one.GetProperty("support").GetInt32()),
                    result.GetProperty("confusion").EnumerateArray().Select(row => row.EnumerateArray().Sum(count => count.GetInt32())));
            }
        }
    }

    [Fact]
    public void Ids_and_classes_stay_texts_and_every_chart_is_a_specification()
    {
        Evaluate();
        string page = Library().Replace(File.ReadAllText(_report), "");
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page.Split("<footer>")[0], StringComparison.Ordinal);
        MatchCollection charts = Specification().Matches(page);
        Assert.Equal(ReportPage.CanDraw ? 3 * 5 + 4 + 4 : 0, charts.Count); // the task of many classes has no matrix
        Assert.All(charts, chart => Assert.NotEmpty(JsonNode.Parse(chart.Groups[1].Value)!["data"]!["values"]!.AsArray()));
    }

    [Fact]
    public void A_run_without_a_report_is_refused()
    {
        ProgramRun run = ProgramRun.Of("evaluate", "--model", _folder["a"], "--data", _data, "--run", _folder["a"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--report", Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task It_is_drawn_without_complaint_on_a_phone()
    {
        string? program = HeadlessBrowser.Find();
        Skip.If(program is null, "needs chromium");
        Skip.IfNot(ReportPage.CanDraw, "needs the library for charts: ./faithful setup fetches it where there is npm");
        Evaluate();
        await using HeadlessBrowser browser = await HeadlessBrowser.StartAsync(program);
        await browser.ShapeAsync(390, 844, isDark: false);
        await browser.OpenAsync(new Uri(_report));
        await browser.UntilAsync("document.documentElement?.dataset.charts === '23'");
        Assert.True((await browser.EvaluateAsync(
            "[...document.querySelectorAll('.chart')].every(chart => chart.querySelector('svg') && chart.scrollWidth <= chart.clientWidth)")).GetBoolean());
        Assert.True((await browser.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth")).GetBoolean());
        Assert.Empty(browser.Complaints);
        Assert.All(browser.Requests, address => Assert.StartsWith("file:", address, StringComparison.Ordinal));
    }

    private ProgramRun Evaluate(params string[] more) => ProgramRun.Of(
    [
        "evaluate", .. ((string[])["a", "b", "many", "energy"]).SelectMany(model => (string[])["--model", _folder[model]]),
        "--data", _data, "--device", "cpu", "--report", _report, .. more,
    ]);

    [GeneratedRegex("<script type=\"application/json\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Specification();

    [GeneratedRegex("<script>\n.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Library();
}
