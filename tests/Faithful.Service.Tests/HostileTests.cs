using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Faithful.Service.Tests;

public sealed class HostileTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_before_it_is_read()
    {
        byte[] garbage = new byte[10 << 20];
        new Random(1).NextBytes(garbage);
        string answer = await RawAsync(service, "Content-Length: 10485760", [garbage]);
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("urn:faithful:problem:too-large", answer, StringComparison.Ordinal);

        // Without a length, in chunks.
        byte[] chunk = [.. "100000\r\n"u8, .. garbage.AsSpan(0, 0x100000), .. "\r\n"u8];
        answer = await RawAsync(service, "Transfer-Encoding: chunked", Enumerable.Repeat(chunk, 10));
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("urn:faithful:problem:too-large", answer, StringComparison.Ordinal);
        await service.AssertAliveAsync();
    }

    [Fact]
    public async Task Ten_megabytes_of_garbage_are_no_structure()
    {
        using RunningService large = await RunningService.StartAsync(new ServiceOptions { MaxBodyBytes = 32 << 20 });
        byte[] garbage = new byte[10 << 20];
        new Random(2).NextBytes(garbage);
        await RunningService.AssertProblemAsync(await PostAsync(new ByteArrayContent(garbage), large.Client), 422, "structure");
        byte[] digits = [.. Enumerable.Range(0, 10 << 20).Select(i => (byte)(i % 60 == 59 ? '\n' : '0' + i % 10))];
        await RunningService.AssertProblemAsync(await PostAsync(new ByteArrayContent(digits), large.Client), 422, "structure");
        await large.AssertAliveAsync();
        await large.DisposeAsync();
    }

    [Fact]
    public async Task What_is_packed_is_not_unpacked()
    {
        using var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("POSCAR").Open();
            entry.Write(new byte[64 << 20]);
        }

        Assert.InRange(bomb.Length, 1, 1 << 17);
        JsonElement problem = await RunningService.AssertProblemAsync(await PostAsync(new ByteArrayContent(bomb.ToArray())), 422, "structure");
        Assert.Contains("zip", problem.GetProperty("found").GetString(), StringComparison.Ordinal);
        using var gzip = new MemoryStream();
        using (var packer = new GZipStream(gzip, CompressionLevel.Optimal, leaveOpen: true))
        {
            packer.Write(new byte[64 << 20]);
        }

        await RunningService.AssertProblemAsync(await PostAsync(new ByteArrayContent(gzip.ToArray())), 422, "structure");
        var encoded = new ByteArrayContent(gzip.ToArray()) { Headers = { ContentEncoding = { "gzip" } } };
        await RunningService.AssertProblemAsync(await PostAsync(encoded), 415, "unsupported-media-type");
        await service.AssertAliveAsync();
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("/etc/passwd")]
    [InlineData("cgnn-tqc/../cgnn-tqc")]
    [InlineData("nul\0")]
    public async Task A_path_as_the_name_of_a_model_is_an_unknown_name(string name)
    {
        await RunningService.AssertProblemAsync(await service.PostAsync([("a", RunningService.Copper)], name), 404, "unknown-model");
        string escaped = Uri.EscapeDataString(name);
        await RunningService.AssertProblemAsync(await service.PostAsync(RunningService.Copper, query: $"?model={escaped}"), 404, "unknown-model");
        foreach (string folder in new[] { "models", "examples", "page" })
        {
            using HttpResponseMessage answer = await service.Client.GetAsync($"/{folder}/{escaped}");
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{folder}: {answer.StatusCode}");
        }

        await service.AssertAliveAsync();
    }

    [Theory]
    [InlineData("", 400, "bad-request")]
    [InlineData("{", 400, "bad-request")]
    [InlineData("[]", 400, "bad-request")]
    [InlineData("{\"structures\":3}", 400, "bad-request")]
    [InlineData("{\"structures\":[]}", 400, "bad-request")]
    [InlineData("{\"structures\":[{\"id\":\"a\"}]}", 400, "bad-request")]
    [InlineData("{\"structures\":[{\"text\":3}]}", 400, "bad-request")]
    [InlineData("{\"structures\":[{\"text\":\"\",\"format\":\"pdb\"}]}", 400, "bad-request")]
    [InlineData("{\"structures\":[{\"text\":\"\",\"path\":\"/etc/passwd\"}]}", 400, "bad-request")]
    [InlineData("{\"structures\":[{\"text\":\"\\ud800\"}]}", 400, "bad-request")]
    [InlineData("{\"structures\":[],\"models\":[]}", 400, "bad-request")]
    [InlineData("{\"structures\":[],\"modles\":[]}", 400, "bad-request")]
    [InlineData("{\"cell\":[1,2,3]}", 422, "structure")]
    public async Task Malformed_json_is_said(string body, int status, string name)
    {
        await RunningService.AssertProblemAsync(await service.PostAsync(body, "application/json"), status, name);
        await service.AssertAliveAsync();
    }

    [Fact]
    public async Task Json_that_is_nested_without_end_is_said()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"structures\":[", 50_000));
        await RunningService.AssertProblemAsync(await service.PostAsync(deep, "application/json"), 400, "bad-request");
        await service.AssertAliveAsync();
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/mixed; boundary=x")]
    public async Task Another_media_type_is_said(string type)
    {
        JsonElement problem = await RunningService.AssertProblemAsync(await service.PostAsync(RunningService.Copper, type), 415, "unsupported-media-type");
        Assert.Contains("text/plain", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no boundary in it")]
    [InlineData("--x\r\n\r\nno disposition\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"path\"\r\n\r\n/etc/passwd\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"POSCAR\"\r\n\r\nit breaks off")]
    public async Task A_malformed_form_is_said(string body)
    {
        await RunningService.AssertProblemAsync(await service.PostAsync(body, "multipart/form-data; boundary=x"), 400, "bad-request");
        await service.AssertAliveAsync();
    }

    [Fact]
    public async Task A_heap_of_atoms_and_a_large_cell_are_refused()
    {
        JsonElement heap = await RunningService.AssertProblemAsync(
            await service.PostAsync("Cu\n1.0\n0.3 0 0\n0 0.3 0\n0 0 900\nCu\n1\nDirect\n0 0 0\n"), 422, "structure");
        Assert.Contains("apart", heap.GetProperty("expected").GetString(), StringComparison.Ordinal);
        using RunningService small = await RunningService.StartAsync(new ServiceOptions { MaxAtoms = 1 });
        JsonElement large = await RunningService.AssertProblemAsync(await small.PostAsync(RunningService.Salt), 422, "structure");
        Assert.Contains("at most 1 atoms", large.GetProperty("expected").GetString(), StringComparison.Ordinal);
        await small.DisposeAsync();
    }

    [Fact]
    public async Task Too_many_structures_are_refused()
    {
        await RunningService.AssertProblemAsync(
            await service.PostAsync(Enumerable.Range(0, 300).Select(i => ($"{i}", RunningService.Copper))), 413, "too-large");
    }

    [Fact]
    public async Task A_full_queue_turns_requests_away_and_says_when_to_come_again()
    {
        using RunningService small = await RunningService.StartAsync(new ServiceOptions { QueueLength = 2 });
        HttpResponseMessage answer = await small.PostAsync(Enumerable.Range(0, 3).Select(i => ($"{i}", RunningService.Copper)));
        await RunningService.AssertProblemAsync(answer, 503, "busy");
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
        await small.AssertAliveAsync();
        await small.DisposeAsync();
    }

    [Fact]
    public async Task A_thousand_connections_at_once_are_answered_or_turned_away()
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1000 };
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress, Timeout = TimeSpan.FromMinutes(2) };
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i =>
            client.PostAsync("/predict", new StringContent(i % 10 == 9 ? "nonsense" : RunningService.Copper, Encoding.UTF8, "text/plain"))));
        for (int i = 0; i < answers.Length; i++)
        {
            Assert.True(answers[i].StatusCode is HttpStatusCode.ServiceUnavailable || (i % 10 == 9
                ? answers[i].StatusCode is HttpStatusCode.UnprocessableEntity
                : answers[i].StatusCode is HttpStatusCode.OK), $"{i}: {answers[i].StatusCode}");
        }

        Assert.True(answers.Count(answer => answer.StatusCode is HttpStatusCode.OK) > 100);
        await service.AssertAliveAsync();
    }

    [Fact]
    public async Task Slow_clients_hold_nobody_up()
    {
        List<TcpClient> slow = [];
        try
        {
            for (int i = 0; i < 200; i++)
            {
                var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, service.Service.Address.Port);
                // Half of them stop within the headers, half within the body.
                string begun = "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n" + (i % 2 == 0 ? "" : "\r\nCu\n1.0\n");
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(begun));
                slow.Add(client);
            }

            var clock = Stopwatch.StartNew();
            await service.AssertAliveAsync();
            Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);

            // Those who send nothing more are told so, and cut off.
            using var reader = new StreamReader(slow[1].GetStream());
            Task<string?> line = reader.ReadLineAsync();
            Assert.Same(line, await Task.WhenAny(line, Task.Delay(TimeSpan.FromSeconds(30))));
            Assert.Contains("408", await line, StringComparison.Ordinal);
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }

        await service.AssertAliveAsync();
    }

    [Fact]
    public async Task Cancelled_requests_leave_nothing_behind()
    {
        var random = new Random(5);
        for (int round = 0; round < 10; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 30).Select(async i =>
            {
                using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(1, 40)));
                try
                {
                    using var content = new StringContent(RunningService.Salt, Encoding.UTF8, "text/plain");
                    using HttpResponseMessage answer = await service.Client.PostAsync("/predict", content, cancellation.Token);
                }
                catch (OperationCanceledException)
                {
                }
            }));
        }

        await service.AssertAliveAsync();
        await AssertEmptyAsync();
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_said()
    {
        using RunningService hasty = await RunningService.StartAsync(new ServiceOptions { Timeout = TimeSpan.FromSeconds(0.2) });
        string answer = await RawAsync(hasty, "Content-Length: 1000", ["a body that does not end"u8.ToArray()]);
        Assert.StartsWith("HTTP/1.1 504 ", answer, StringComparison.Ordinal);
        Assert.Contains("urn:faithful:problem:timeout", answer, StringComparison.Ordinal);
        await hasty.DisposeAsync();
    }

    /// <summary>Waits until the service holds nothing of any request.</summary>
    private async Task AssertEmptyAsync()
    {
        string metrics = "";
        for (int tries = 0; tries < 100; tries++)
        {
            metrics = await service.Client.GetStringAsync("/metrics");
            if (metrics.Contains("\nfaithful_active_crystals 0\n", StringComparison.Ordinal)
                && metrics.Contains("\nfaithful_request_memory_bytes 0\n", StringComparison.Ordinal)
                && metrics.Contains("\nfaithful_queue_crystals{model=\"cgnn-tqc\"} 0\n", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail(metrics);
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent content, HttpClient? client = null)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return (client ?? service.Client).PostAsync("/predict", content);
    }

    /// <summary>Sends a request as it stands, and gets what comes back, whether all was sent or not.</summary>
    private static async Task<string> RawAsync(RunningService service, string header, IEnumerable<byte[]> body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, service.Service.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n{header}\r\n\r\n"));
        Task sending = Task.Run(async () =>
        {
            try
            {
                foreach (byte[] part in body)
                {
                    await stream.WriteAsync(part);
                }
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                // The service does not want to have all of it.
            }
        });
        var answer = new StringBuilder();
        var buffer = new byte[1 << 12];
        while (!answer.ToString().EndsWith('}'))
        {
            int read = await stream.ReadAsync(buffer);
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            Assert.True(read > 0, $"the answer breaks off: {answer}");
        }

        client.Close();
        await sending;
        return answer.ToString();
    }
}
