using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.Cif;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Models;
using Faithful.Serving;
using Faithful.Serving.Tests;

namespace Faithful.Service.Tests;

public sealed class PredictTests(RunningService service) : IClassFixture<RunningService>
{
    private static readonly Dictionary<string, string> NoLabels = [];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task The_answer_has_the_numbers_of_predict()
    {
        (string Id, Crystal Crystal)[] crystals = TestModels.Crystals(12, seed: 1);
        JsonElement answer = await Answer(service.PostAsync(Texts(crystals)));
        // What the service has read: a text has fewer digits than the crystal.
        (string Id, Crystal Crystal)[] read = [.. Texts(crystals).Select(text => (text.Id, PoscarReader.Parse(text.Text)))];
        foreach (CrystalPredictor predictor in service.Predictors)
        {
            IReadOnlyList<Prediction> predictions = predictor.Predict(read);
            for (int i = 0; i < predictions.Count; i++)
            {
                JsonElement result = answer.GetProperty("results")[i];
                Assert.Equal(predictions[i].Id, result.GetProperty("id").GetString());
                JsonElement served = result.GetProperty("predictions").GetProperty(Path.GetFileName(predictor.Folder));
                Assert.Equal(predictions[i].Class, served.TryGetProperty("class", out JsonElement name) ? name.GetString() : null);
                Assert.Equal(predictions[i].IsFallback, served.GetProperty("fallback").GetBoolean());
                if (predictions[i].Value is double value)
                {
                    Assert.Equal(value, served.GetProperty("value").GetDouble(), 1e-5);
                }
                else
                {
                    double[] probabilities = [.. served.GetProperty("probabilities").EnumerateObject().Select(share => share.Value.GetDouble())];
                    Assert.Equal(predictions[i].Probabilities, probabilities, (a, b) => Math.Abs(a - b) <= 1e-6);
                    Assert.Equal(predictions[i].Confidence!.Value, served.GetProperty("confidence").GetDouble(), 1e-6);
                }
            }
        }
    }

    [Fact]
    public async Task Concurrent_single_requests_give_the_same_as_one_batch()
    {
        (string Id, string Text)[] texts = Texts(TestModels.Crystals(40, seed: 2));
        JsonElement batch = (await Answer(service.PostAsync(texts))).GetProperty("results");
        JsonElement[] single = await Task.WhenAll(texts.Select(text => Answer(service.PostAsync([text]))));
        for (int i = 0; i < texts.Length; i++)
        {
            RunningService.AssertClose(batch[i], single[i].GetProperty("results")[0]);
        }
    }

    [Fact]
    public async Task The_order_of_a_batch_does_not_matter()
    {
        (string Id, string Text)[] texts = Texts(TestModels.Crystals(20, seed: 3));
        JsonElement forward = (await Answer(service.PostAsync(texts))).GetProperty("results");
        JsonElement backward = (await Answer(service.PostAsync(texts.Reverse()))).GetProperty("results");
        for (int i = 0; i < texts.Length; i++)
        {
            JsonElement other = backward[texts.Length - 1 - i];
            Assert.Equal(forward[i].GetProperty("id").GetString(), other.GetProperty("id").GetString());
            RunningService.AssertClose(forward[i], other);
        }
    }

    [Fact]
    public async Task A_bad_structure_gets_its_own_error_and_the_others_are_answered()
    {
        JsonElement answer = await Answer(service.PostAsync([("a", RunningService.Copper), ("b", "Cu\n1.0\nnonsense\n"), ("c", RunningService.Salt)]));
        Assert.Equal(1, answer.GetProperty("errors").GetInt32());
        JsonElement[] results = [.. answer.GetProperty("results").EnumerateArray()];
        Assert.Equal(["a", "b", "c"], results.Select(result => result.GetProperty("id").GetString()));
        JsonElement error = results[1].GetProperty("error");
        Assert.Equal(422, error.GetProperty("status").GetInt32());
        Assert.Equal(3, error.GetProperty("line").GetInt32());
        Assert.Contains("nonsense", error.GetProperty("found").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.GetProperty("expected").GetString()!);
        Assert.All([results[0], results[2]], result => Assert.Equal(2, result.GetProperty("predictions").EnumerateObject().Count()));
    }

    [Fact]
    public async Task Every_way_to_send_a_structure_gives_the_same_answer()
    {
        CrystalRecord record = new("structure", PoscarReader.Parse(RunningService.Salt), NoLabels, "");
        JsonElement expected = (await Answer(service.PostAsync(RunningService.Salt))).GetProperty("results")[0];
        using var form = new MultipartFormDataContent { { new StringContent(RunningService.Salt), "file", "structure.vasp" } };
        string cif = Write(stream => CifWriter.Write(stream, [record]));
        string json = Write(stream => Crystals.Formats.MaterialsJson.MaterialsJsonWriter.Write(stream, [record]));
        string indented = JsonSerializer.Serialize(JsonDocument.Parse(json), Indented);
        Task<HttpResponseMessage>[] others =
        [
            service.PostAsync(RunningService.Salt, "chemical/x-poscar"),
            service.PostAsync(RunningService.Salt, "application/octet-stream"),
            service.PostAsync(cif, "chemical/x-cif"),
            service.PostAsync(cif),
            service.PostAsync(json, "application/x-ndjson"),
            service.PostAsync(indented, "application/json"),
            service.PostAsync([("structure", cif)]),
            service.Client.PostAsync("/predict", form),
        ];
        foreach (Task<HttpResponseMessage> other in others)
        {
            JsonElement result = (await Answer(other)).GetProperty("results")[0];
            Assert.Equal("structure", result.GetProperty("id").GetString());
            Assert.Equal("NaCl", result.GetProperty("formula").GetString());
            RunningService.AssertClose(expected, result, 1e-4);
        }
    }

    [Fact]
    public async Task Models_may_be_chosen()
    {
        foreach (Task<HttpResponseMessage> request in new[]
        {
            service.PostAsync([("a", RunningService.Copper)], "cgnn-energy"),
            service.PostAsync(RunningService.Copper, query: "?model=cgnn-energy"),
        })
        {
            JsonElement predictions = (await Answer(request)).GetProperty("results")[0].GetProperty("predictions");
            Assert.Equal("cgnn-energy", Assert.Single(predictions.EnumerateObject()).Name);
            Assert.Equal("eV/atom", predictions.GetProperty("cgnn-energy").GetProperty("unit").GetString());
        }
    }

    [Fact]
    public async Task The_crystal_comes_with_the_answer_when_it_is_asked_for()
    {
        JsonElement crystal = (await Answer(service.PostAsync(RunningService.Salt, query: "?include=crystal"))).GetProperty("results")[0].GetProperty("crystal");
        Assert.Equal(["Na", "Cl"], crystal.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetString()));
        Assert.Equal(2.8, crystal.GetProperty("lattice")[0][1].GetDouble(), 1e-12);
        Assert.Equal(0.5, crystal.GetProperty("positions")[1][2].GetDouble(), 1e-12);
        Assert.Equal(225, crystal.GetProperty("space_group").GetInt32());
        Assert.Equal("m-3m", crystal.GetProperty("point_group").GetString());
    }

    [Fact]
    public async Task A_text_may_hold_several_structures()
    {
        CrystalRecord[] records = [.. TestModels.Crystals(3, seed: 4).Select(crystal => new CrystalRecord(crystal.Id, crystal.Crystal, NoLabels, ""))];
        JsonElement answer = await Answer(service.PostAsync(Write(stream => CifWriter.Write(stream, records)), "chemical/x-cif"));
        Assert.Equal(["0", "1", "2"], answer.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("id").GetString()));
    }

    internal static (string Id, string Text)[] Texts(IEnumerable<(string Id, Crystal Crystal)> crystals) =>
    [
        .. crystals.Select(crystal => (crystal.Id, Write(stream => PoscarWriter.Write(stream, [new CrystalRecord(crystal.Id, crystal.Crystal, NoLabels, "")])))),
    ];

    private static string Write(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<JsonElement> Answer(Task<HttpResponseMessage> request)
    {
        using HttpResponseMessage answer = await request;
        JsonElement json = await RunningService.JsonAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, string.Create(CultureInfo.InvariantCulture, $"{answer.StatusCode}: {json}"));
        return json;
    }
}
