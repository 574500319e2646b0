using System.Net;
using System.Text.Json;
using Faithful.Serving.Tests;

namespace Faithful.Service.Tests;

public sealed class LifetimeTests
{
    [Fact]
    public async Task Ending_finishes_what_runs()
    {
        using RunningService service = await RunningService.StartAsync(new ServiceOptions { Threads = 1, MaxBatch = 1 });
        Task<HttpResponseMessage> running = service.PostAsync(PredictTests.Texts(TestModels.Crystals(100, seed: 9)));
        // Until the request has arrived.
        for (int tries = 0; tries < 200 && !(await service.Client.GetStringAsync("/metrics")).Contains("faithful_active_crystals 100", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(1);
        }

        await service.Service.StopAsync();
        using HttpResponseMessage answer = await running;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement json = await RunningService.JsonAsync(answer);
        Assert.Equal(0, json.GetProperty("errors").GetInt32());
        await Assert.ThrowsAsync<HttpRequestException>(() => service.Client.GetAsync("/health"));
        await service.DisposeAsync();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        using RunningService service = await RunningService.StartAsync(new ServiceOptions());
        IOException error = await Assert.ThrowsAsync<IOException>(
            () => PredictionService.StartAsync(service.Predictors, new ServiceOptions { Port = service.Service.Address.Port }));
        Assert.Contains("in use", error.Message, StringComparison.Ordinal);
        await service.AssertAliveAsync();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task Two_models_of_one_name_are_refused()
    {
        using RunningService service = await RunningService.StartAsync(new ServiceOptions());
        await Assert.ThrowsAsync<ArgumentException>(() => PredictionService.StartAsync([service.Predictors[0], service.Predictors[0]]));
        await Assert.ThrowsAsync<ArgumentException>(() => PredictionService.StartAsync([]));
        await service.DisposeAsync();
    }

    [Fact]
    public async Task Under_load_batches_grow()
    {
        using RunningService service = await RunningService.StartAsync(new ServiceOptions { Threads = 1 });
        await service.PostAsync(PredictTests.Texts(TestModels.Crystals(200, seed: 10)));
        string[] lines = (await service.Client.GetStringAsync("/metrics")).Split('\n');
        double crystals = Value("faithful_batch_crystals_sum"), batches = Value("faithful_batch_crystals_count");
        Assert.True(crystals >= 2 * batches, $"{crystals} crystals in {batches} batches");
        await service.DisposeAsync();

        double Value(string name) => double.Parse(
            lines.Single(line => line.StartsWith($"{name}{{model=\"cgnn-tqc\"}}", StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Options_have_their_documented_defaults_and_faults()
    {
        var options = new ServiceOptions();
        Assert.Equal(IPAddress.Loopback, options.Address);
        Assert.Equal(
            (5080, 4 << 20, 30.0, 64, 1024, 256, 2000, 256L << 20, 4096, 0),
            (options.Port, options.MaxBodyBytes, options.Timeout.TotalSeconds, options.MaxBatch, options.QueueLength, options.MaxStructures, options.MaxAtoms,
                options.MaxMemoryBytes, options.MaxConnections, options.Threads));
        Assert.Empty(options.Validate());
        Assert.Equal(
            [
                "Port must lie in 0..65535, found -1.",
                "MaxBatch must lie in 1..65536, found 0.",
                "MaxAtoms must be at least 1, found 0.",
                "Timeout must lie in 0.1 s to an hour, found 00:00:00.",
            ],
            (options with { Port = -1, MaxBatch = 0, MaxAtoms = 0, Timeout = TimeSpan.Zero }).Validate());
    }
}
