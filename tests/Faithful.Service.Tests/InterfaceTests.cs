using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Service.Tests;

public sealed partial class InterfaceTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task The_description_has_every_route_and_no_other()
    {
        JsonElement paths = (await GetAsync("/openapi.json")).GetProperty("paths");
        Assert.Equal(
            service.Service.Routes.Order(),
            paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => (method.Name.ToUpperInvariant(), path.Name))).Order());
    }

    [Fact]
    public async Task Answers_are_as_the_description_has_them()
    {
        var description = new OpenApiDescription(await GetAsync("/openapi.json"));
        JsonElement answer = await RunningService.JsonAsync(
            await service.PostAsync([("a", RunningService.Copper), ("b", "Cu\n1.0\nnonsense\n")]));
        description.Check("Response", answer);
        description.Check("Result", (await RunningService.JsonAsync(await service.PostAsync(RunningService.Salt, query: "?include=crystal"))).GetProperty("results")[0]);
        description.Check("Problem", await RunningService.JsonAsync(await service.PostAsync("nonsense")));
        description.Check("Problem", await RunningService.JsonAsync(await service.Client.GetAsync("/nowhere")));
        foreach (JsonElement model in (await GetAsync("/models")).EnumerateArray())
        {
            description.Check("Model", model);
        }
    }

    [Fact]
    public async Task Models_and_their_cards_can_be_had()
    {
        JsonElement[] models = [.. (await GetAsync("/models")).EnumerateArray()];
        Assert.Equal(["cgnn-tqc", "cgnn-energy"], models.Select(model => model.GetProperty("name").GetString()));
        foreach ((JsonElement model, CrystalPredictor predictor) in models.Zip(service.Predictors))
        {
            string card = await service.Client.GetStringAsync(model.GetProperty("card").GetString());
            Assert.Equal(predictor.Card.ModelSha256, ModelCard.Parse(card, "answer").ModelSha256);
        }
    }

    [Fact]
    public async Task Health_and_readiness_are_told()
    {
        Assert.Equal("ok", (await GetAsync("/health")).GetProperty("status").GetString());
        using var head = new HttpRequestMessage(HttpMethod.Head, "/health");
        using HttpResponseMessage answer = await service.Client.SendAsync(head);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        for (int tries = 0; tries < 200 && (await service.Client.GetAsync("/ready")).StatusCode != HttpStatusCode.OK; tries++)
        {
            await Task.Delay(25);
        }

        Assert.Equal("ready", (await GetAsync("/ready")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Metrics_count_what_was_done()
    {
        double before = Metric(await service.Client.GetStringAsync("/metrics"), "faithful_crystals_total");
        await service.PostAsync([("a", RunningService.Copper), ("b", RunningService.Salt), ("c", "nonsense")]);
        string text = await service.Client.GetStringAsync("/metrics");
        Assert.Equal(before + 2, Metric(text, "faithful_crystals_total"));
        Assert.True(Metric(text, "faithful_bad_crystals_total") >= 1);
        Assert.True(Metric(text, "faithful_requests_total{route=\"/predict\",status=\"200\"}") >= 1);
        Assert.True(Metric(text, "faithful_request_seconds_bucket{le=\"+Inf\"}") >= 1);
        Assert.True(Metric(text, "faithful_batch_crystals_count{model=\"cgnn-tqc\"}") >= 1);
        // Every line is a comment or a sample.
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(MetricLine(), line));
    }

    [Fact]
    public async Task An_unknown_address_and_an_unknown_method_are_said()
    {
        await RunningService.AssertProblemAsync(await service.Client.GetAsync("/nowhere"), 404, "not-found");
        HttpResponseMessage answer = await service.Client.GetAsync("/predict");
        await RunningService.AssertProblemAsync(answer, 405, "method-not-allowed");
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task Examples_can_be_had_and_predicted()
    {
        string[] names = [.. (await GetAsync("/examples")).EnumerateArray().Select(name => name.GetString()!)];
        Assert.Contains("Si", names);
        using HttpResponseMessage answer = await service.PostAsync(await service.Client.GetStringAsync($"/examples/{names[^1]}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_page_asks_for_nothing_from_another_address()
    {
        using HttpResponseMessage answer = await service.Client.GetAsync("/");
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        string page = await answer.Content.ReadAsStringAsync();
        Assert.Empty(OutsideAddress().Matches(page));
        foreach (string file in PageFile().Matches(page).Select(match => match.Groups[1].Value).Where(name => !name.Contains("3Dmol", StringComparison.Ordinal)))
        {
            using HttpResponseMessage part = await service.Client.GetAsync(file);
            Assert.Equal(HttpStatusCode.OK, part.StatusCode);
            Assert.Equal("nosniff", Assert.Single(part.Headers.GetValues("X-Content-Type-Options")));
            Assert.Empty(OutsideAddress().Matches(await part.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        using HttpResponseMessage first = await service.Client.GetAsync("/page/page.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page/page.js") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using HttpResponseMessage second = await service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    private static double Metric(string text, string series) => text.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal)) is string line
        ? double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture)
        : 0;

    private async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage answer = await service.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await RunningService.JsonAsync(answer);
    }

    [GeneratedRegex("^(# (HELP|TYPE) \\S+ .*|[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\\})? -?[0-9.E+-]+)$")]
    private static partial Regex MetricLine();

    [GeneratedRegex("(src|href)=\"(https?:)?//|url\\(\\s*['\"]?https?:|fetch\\(['\"`]https?:")]
    private static partial Regex OutsideAddress();

    [GeneratedRegex("\"(/page/[^\"]+)\"")]
    private static partial Regex PageFile();
}
