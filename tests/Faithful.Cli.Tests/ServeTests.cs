using System.Net;
using System.Text.Json;
using Faithful.Serving.Tests;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class ServeTests : IDisposable
{
    private const string Copper = "Cu\n1.0\n0 1.8 1.8\n1.8 0 1.8\n1.8 1.8 0\nCu\n1\nDirect\n0 0 0\n";

    private readonly TemporaryFolder _folder = new();

    public ServeTests() => TestModels.Export(_folder["cgnn-tqc"], TestModels.Topology);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_where_it_listens_answers_as_predict_and_ends_when_it_is_told_to()
    {
        using var ending = new CancellationTokenSource();
        var (output, error) = (new SharedText(), new SharedText());
        Task<int> run = Task.Run(() => FaithfulProgram.Run(
            ["serve", "--model", _folder["cgnn-tqc"], "--port", "0", "--device", "cpu", "--json"], output, error, ending.Token));
        while (!output.Text.EndsWith("}\n", StringComparison.Ordinal))
        {
            Assert.False(run.IsCompleted, error.Text);
            await Task.Delay(10);
        }

        JsonElement started = JsonDocument.Parse(output.Text).RootElement;
        var address = new Uri(started.GetProperty("address").GetString()!);
        Assert.Equal("127.0.0.1", address.Host);
        Assert.Equal(["cgnn-tqc"], started.GetProperty("models").EnumerateArray().Select(model => model.GetString()));
        Assert.Contains($"at {address.GetLeftPart(UriPartial.Authority)}", error.Text, StringComparison.Ordinal);

        using var client = new HttpClient { BaseAddress = address };
        using var form = new MultipartFormDataContent { { new StringContent(Copper), "file", "Cu.vasp" } };
        using HttpResponseMessage answer = await client.PostAsync("/predict", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement served = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement
            .GetProperty("results")[0].GetProperty("predictions").GetProperty("cgnn-tqc");
        ProgramRun predict = ProgramRun.Of("predict", _folder.Write("Cu.vasp", Copper), "--model", _folder["cgnn-tqc"], "--device", "cpu", "--json");
        JsonElement predicted = Assert.Single(predict.Json.EnumerateArray());
        Assert.Equal(predicted.EnumerateObject().Select(field => field.Name), served.EnumerateObject().Select(field => field.Name));
        foreach (JsonProperty share in predicted.GetProperty("probabilities").EnumerateObject())
        {
            Assert.Equal(share.Value.GetDouble(), served.GetProperty("probabilities").GetProperty(share.Name).GetDouble(), 1e-6);
        }

        await ending.CancelAsync();
        Assert.Equal(0, await run);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/health"));
    }

    [Fact]
    public void An_address_that_is_none_is_wrong_usage()
    {
        ProgramRun run = ProgramRun.Of("serve", "--model", _folder["cgnn-tqc"], "--host", "example.org");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("example.org", Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_model_ends_the_command()
    {
        ProgramRun run = ProgramRun.Of("serve", "--model", _folder["none"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Faults);
    }

    /// <summary>A text that one thread writes and another reads.</summary>
    private sealed class SharedText : StringWriter
    {
        private readonly Lock _lock = new();

        public SharedText() => NewLine = "\n";

        public string Text
        {
            get
            {
                lock (_lock)
                {
                    return ToString();
                }
            }
        }

        public override void Write(char value)
        {
            lock (_lock)
            {
                base.Write(value);
            }
        }

        public override void Write(string? value)
        {
            lock (_lock)
            {
                base.Write(value);
            }
        }

        public override void WriteLine(string? value)
        {
            lock (_lock)
            {
                base.WriteLine(value);
            }
        }
    }
}
