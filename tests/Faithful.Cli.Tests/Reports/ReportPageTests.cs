using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Faithful.Cli.Reports;
using Faithful.Service.Tests;
using Faithful.Testing;

namespace Faithful.Cli.Tests.Reports;

/// <summary>A page with everything that a report may hold. FAITHFUL_SCREENSHOTS names a folder for pictures of it.</summary>
public sealed partial class ReportPageTests : IDisposable
{
    private const string Hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & \"quoted\" 'text'";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Texts_stay_texts()
    {
        string page = Scripts().Replace(Write(Example(Hostile)), "");
        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(2)&gt;", page, StringComparison.Ordinal);
        Assert.All(Specifications(page), chart => Assert.Equal(Hostile, chart["data"]!["values"]![0]!["name"]!.GetValue<string>()));
    }

    [Fact]
    public void Nothing_is_loaded_from_outside()
    {
        string page = Write(Example("a text"));
        Assert.DoesNotContain("sourceMappingURL", page, StringComparison.Ordinal);
        string without = Scripts().Replace(page, "");
        Assert.DoesNotMatch(Loading(), without);
        Assert.Contains("default-src 'none'", without, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", without.Split("<footer>")[0], StringComparison.Ordinal); // the footer has the licences
        Assert.DoesNotContain("https://", without.Split("<footer>")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_are_there_once_and_only_with_a_chart()
    {
        var plain = new ReportPage("No chart");
        plain.AddTable(["a"], [["1"]]);
        Assert.DoesNotContain("<script", Write(plain), StringComparison.Ordinal);
        Assert.Equal(ReportPage.CanDraw ? 4 : 0, Write(Example("twice")).Split("<script>").Length - 1);
    }

    [Fact]
    public void Columns_of_numbers_are_aligned_to_the_right()
    {
        var report = new ReportPage("Table");
        report.AddTable(
            ["name", "accuracy", "mixed", "error"],
            [["a", "0.886 (0.872–0.899)", "1", "0.03 eV/atom"], ["2", "–", "Pt", "0.04 (0.03–0.05) eV/atom"], ["b", "-1.5e-3", "3", ""]]);
        string page = Write(report);
        Assert.Equal(2 * 4, page.Split("class=\"number\"").Length - 1);
        Assert.Contains("<td class=\"number\">0.886 (0.872–0.899)</td>", page, StringComparison.Ordinal);
        ArgumentException fault = Assert.Throws<ArgumentException>(() => report.AddTable(["a", "b"], [["1", "2"], ["1"]], "Ragged"));
        Assert.Equal("expected 2 cells in every row of 'Ragged', found 1 in row 1", fault.Message);
    }

    [SkippableTheory]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    public async Task Charts_are_drawn_without_complaint_and_fit_the_screen(int width, bool isDark)
    {
        string? program = HeadlessBrowser.Find();
        Skip.If(program is null, "needs chromium");
        Skip.IfNot(ReportPage.CanDraw, "needs the library for charts: ./faithful setup fetches it where there is npm");
        Write(Example(Hostile));
        await using HeadlessBrowser browser = await HeadlessBrowser.StartAsync(program);
        await browser.ShapeAsync(width, 900, isDark);
        await browser.OpenAsync(new Uri(_folder["report.html"]));
        await browser.UntilAsync("document.documentElement?.dataset.charts === '2'");
        Assert.True((await browser.EvaluateAsync("[...document.querySelectorAll('.chart')].every(chart => chart.querySelectorAll('.mark-rect path, .mark-line path').length > 0)")).GetBoolean());
        Assert.True((await browser.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth")).GetBoolean());
        Assert.True((await browser.EvaluateAsync("[...document.querySelectorAll('.chart')].every(chart => chart.scrollWidth <= chart.clientWidth)")).GetBoolean());
        Assert.Empty(browser.Complaints);
        Assert.All(browser.Requests, address => Assert.StartsWith("file:", address, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("FAITHFUL_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"report-{width}.png"), await browser.PictureAsync());
        }
    }

    private static ReportPage Example(string text)
    {
        var report = new ReportPage(text);
        report.AddHeading(text);
        report.AddText(text);
        report.AddTable(["name", text, "share"], [[text, text, "12.5"], [text, "b", "7"]], text);
        foreach (string mark in (string[])["rect", "line"])
        {
            report.AddChart(text, new JsonObject
            {
                ["data"] = new JsonObject { ["values"] = new JsonArray(Row(text, 1), Row("b", 2), Row("c", 3)) },
                ["mark"] = new JsonObject { ["type"] = mark, ["tooltip"] = true },
                ["height"] = 160,
                ["encoding"] = new JsonObject
                {
                    ["x"] = new JsonObject { ["field"] = "name", ["type"] = "nominal" },
                    ["y"] = new JsonObject { ["field"] = "value", ["type"] = "quantitative" },
                    ["color"] = mark == "rect" ? new JsonObject { ["field"] = "value", ["type"] = "quantitative" } : new JsonObject { ["value"] = "var(--second)" },
                },
            });
        }

        return report;

        static JsonObject Row(string name, double value) => new() { ["name"] = name, ["value"] = value };
    }

    private static IEnumerable<JsonNode> Specifications(string page) =>
        Specification().Matches(page).Select(match => JsonNode.Parse(match.Groups[1].Value)!);

    private string Write(ReportPage report)
    {
        report.Write(_folder["report.html"]);
        return File.ReadAllText(_folder["report.html"]);
    }

    [GeneratedRegex("<script type=\"application/json\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Specification();

    [GeneratedRegex("<script>\n.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex(@"<[a-z]+\s[^>]*\b(src|action|data)\s*=|\bhref\s*=\s*[""'](?!#)|@import|url\(\s*[""']?http", RegexOptions.IgnoreCase)]
    private static partial Regex Loading();
}
