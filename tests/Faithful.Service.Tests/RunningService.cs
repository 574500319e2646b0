using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Faithful.Serving;
using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Service.Tests;

/// <summary>A service in this process, at a free port, with two untrained models: <c>cgnn-tqc</c> and <c>cgnn-energy</c>.</summary>
public sealed class RunningService : IAsyncLifetime, IDisposable
{
    public const string Copper = "Cu\n1.0\n0 1.8 1.8\n1.8 0 1.8\n1.8 1.8 0\nCu\n1\nDirect\n0 0 0\n";

    public const string Salt = "NaCl\n1.0\n0 2.8 2.8\n2.8 0 2.8\n2.8 2.8 0\nNa Cl\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n";

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceOptions _options;

    /// <summary>Starts a service with small limits, so that tests can reach them.</summary>
    public RunningService()
        : this(new ServiceOptions { MaxBodyBytes = 1 << 20, Timeout = TimeSpan.FromSeconds(20) })
    {
    }

    private RunningService(ServiceOptions options)
    {
        _options = options with { Port = 0 };
        TestModels.Export(_folder["cgnn-tqc"], TestModels.Topology);
        TestModels.Export(_folder["cgnn-energy"], TestModels.Energy);
        var serving = new ServingOptions { Device = ServingDevice.Cpu, IntraOpThreads = 1 };
        Predictors = [CrystalPredictor.Open(_folder["cgnn-tqc"], serving), CrystalPredictor.Open(_folder["cgnn-energy"], serving)];
    }

    public IReadOnlyList<CrystalPredictor> Predictors { get; }

    public PredictionService Service { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Gets the lines that the service logged: faults that nobody foresaw.</summary>
    public List<string> Log { get; } = [];

    internal static async Task<RunningService> StartAsync(ServiceOptions options)
    {
        var running = new RunningService(options);
        await running.InitializeAsync();
        return running;
    }

    public async Task InitializeAsync()
    {
        Service = await PredictionService.StartAsync(Predictors, _options, line =>
        {
            lock (Log)
            {
                Log.Add(line);
            }
        });
        Client = new HttpClient { BaseAddress = Service.Address };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Service.DisposeAsync();
    }

    public void Dispose()
    {
        foreach (CrystalPredictor predictor in Predictors)
        {
            predictor.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>Posts a list of structures.</summary>
    internal Task<HttpResponseMessage> PostAsync(IEnumerable<(string Id, string Text)> structures, params string[] models)
    {
        string body = JsonSerializer.Serialize(new
        {
            structures = structures.Select(structure => new { id = structure.Id, text = structure.Text }),
            models = models.Length > 0 ? models : null,
        });
        return Client.PostAsync("/predict", new StringContent(body, Encoding.UTF8, "application/json"));
    }

    /// <summary>Posts the text of one structure.</summary>
    internal Task<HttpResponseMessage> PostAsync(string text, string type = "text/plain", string query = "")
    {
        var content = new StringContent(text);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return Client.PostAsync($"/predict{query}", content);
    }

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Gets every number of the predictions of a result, by its path.</summary>
    internal static Dictionary<string, double> Numbers(JsonElement result)
    {
        Dictionary<string, double> numbers = [];
        Collect("", result.GetProperty("predictions"));
        return numbers;

        void Collect(string path, JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Number)
            {
                numbers[path] = element.GetDouble();
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Collect($"{path}/{property.Name}", property.Value);
                }
            }
        }
    }

    internal static void AssertClose(JsonElement expected, JsonElement actual, double tolerance = 1e-6)
    {
        Dictionary<string, double> numbers = Numbers(actual);
        foreach ((string path, double number) in Numbers(expected))
        {
            Assert.True(Math.Abs(number - numbers[path]) <= tolerance * Math.Max(1, Math.Abs(number)), string.Create(CultureInfo.InvariantCulture, $"{path}: {number} and {numbers[path]}"));
        }
    }

    /// <summary>Asserts that an answer is a problem of a kind, in the form that RFC 9457 has.</summary>
    internal static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage answer, int status, string name)
    {
        JsonElement problem = await JsonAsync(answer);
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {problem}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"urn:faithful:problem:{name}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }

    /// <summary>Asserts that the service answers, and that nothing unforeseen was logged.</summary>
    internal async Task AssertAliveAsync()
    {
        JsonElement answer = await JsonAsync(await PostAsync(Copper));
        Assert.Equal(0, answer.GetProperty("errors").GetInt32());
        Assert.Empty(Log);
    }
}
