using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Faithful.Crystals;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;
using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Service.Tests;

/// <summary>A service of a model, of an ensemble that has it as a member, and of another ensemble of the same two members.</summary>
public sealed class EnsembleTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly (string Id, string Text)[] _texts = PredictTests.Texts(TestModels.Crystals(12, seed: 8));
    private IReadOnlyList<CrystalPredictor> _predictors = [];
    private PredictionService? _service;
    private HttpClient? _client;

    public async Task InitializeAsync()
    {
        TestModels.Export(_folder["one"], TestModels.Topology, seed: 1);
        TestModels.Export(_folder["two"], TestModels.Topology with { Classes = [.. TestModels.Topology.Classes.Reverse()] }, seed: 2);
        Write("mean", EnsembleMethod.Mean, [0.5, 0.5]);
        Write("weighted", EnsembleMethod.Weighted, [0.75, 0.25]);
        _predictors = CrystalPredictor.OpenAll(
            [_folder["mean"], _folder["one"], _folder["weighted"]], new ServingOptions { Device = ServingDevice.Cpu, IntraOpThreads = 1 });
        _service = await PredictionService.StartAsync(_predictors, new ServiceOptions { Port = 0 });
        _client = new HttpClient { BaseAddress = _service.Address };
        while ((await _client.GetAsync("/ready")).StatusCode != HttpStatusCode.OK) // the example that warms up is counted, too
        {
            await Task.Delay(25);
        }
    }

    public async Task DisposeAsync()
    {
        _client!.Dispose();
        await _service!.DisposeAsync();
    }

    public void Dispose()
    {
        foreach (CrystalPredictor predictor in _predictors)
        {
            predictor.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Every_name_has_its_answer_and_every_model_computes_a_crystal_once()
    {
        (double one, double two) = await ComputedAsync();
        JsonElement results = await PostAsync();
        (string Id, Crystal Crystal)[] read = [.. _texts.Select(text => (text.Id, PoscarReader.Parse(text.Text)))];
        foreach (CrystalPredictor predictor in _predictors)
        {
            IReadOnlyList<Prediction> expected = predictor.Predict(read);
            for (int i = 0; i < read.Length; i++)
            {
                JsonElement served = results[i].GetProperty("predictions").GetProperty(Path.GetFileName(predictor.Folder));
                Assert.Equal(expected[i].Class, served.GetProperty("class").GetString());
                Assert.Equal(expected[i].Confidence!.Value, served.GetProperty("confidence").GetDouble(), 1e-6);
                Assert.Equal(expected[i].Disagreement is not null, served.TryGetProperty("disagreement", out _));
            }
        }

        Assert.Equal((one + read.Length, two + read.Length), await ComputedAsync());
    }

    [Fact]
    public async Task A_request_computes_the_models_that_its_answers_need_and_no_other()
    {
        (double one, double two) = await ComputedAsync();
        Assert.Single((await PostAsync("one"))[0].GetProperty("predictions").EnumerateObject());
        Assert.Equal((one + _texts.Length, two), await ComputedAsync());
        Assert.Single((await PostAsync("weighted"))[0].GetProperty("predictions").EnumerateObject());
        Assert.Equal((one + 2 * _texts.Length, two + _texts.Length), await ComputedAsync());
    }

    /// <summary>The crystals that each model has computed, by the metrics; the second model has no name among the served ones.</summary>
    private async Task<(double One, double Two)> ComputedAsync()
    {
        string[] lines = (await _client!.GetStringAsync("/metrics")).Split('\n');
        return (Of("one"), Of("two"));

        double Of(string model)
        {
            string series = $"faithful_batch_crystals_sum{{model=\"{model}\"}} ";
            return double.Parse(lines.Single(line => line.StartsWith(series, StringComparison.Ordinal))[series.Length..], CultureInfo.InvariantCulture);
        }
    }

    private async Task<JsonElement> PostAsync(params string[] models)
    {
        string body = JsonSerializer.Serialize(new
        {
            structures = _texts.Select(text => new { id = text.Id, text = text.Text }),
            models = models.Length > 0 ? models : null,
        });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        JsonElement answer = await RunningService.JsonAsync(await _client!.PostAsync("/predict", content));
        Assert.Equal(0, answer.GetProperty("errors").GetInt32());
        return answer.GetProperty("results");
    }

    private void Write(string name, EnsembleMethod method, double[] weights)
    {
        string[] members = ["one", "two"];
        var card = new EnsembleCard
        {
            Task = TestModels.Topology,
            Method = method,
            Members = [.. members.Select(member => EnsembleFolder.Member(_folder[name], _folder[member]))],
            Weights = [.. weights],
            Fit = new EnsembleFit { Data = "none", DataSha256 = new string('0', 64), Part = "validation", Crystals = 1 },
        };
        AtomicFile.WriteText(Path.Combine(_folder[name], EnsembleCard.FileName), card.ToJson());
    }
}
