using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Faithful.Testing;

namespace Faithful.Service.Tests;

/// <summary>A headless Chromium with one page, driven through its DevTools protocol.</summary>
internal sealed partial class HeadlessBrowser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly JsonSerializerOptions WithoutNull = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly TemporaryFolder _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly Process _process;
    private int _last;
    private string? _session;

    private HeadlessBrowser(string program)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        Array.ForEach(
            ["--headless=new", "--no-sandbox", "--disable-gpu-sandbox", "--enable-unsafe-swiftshader", "--hide-scrollbars", "--remote-debugging-port=0", $"--user-data-dir={_profile.Path}", "about:blank"],
            start.ArgumentList.Add);
        _process = Process.Start(start)!;
    }

    /// <summary>Gets the addresses that the page asked for.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Gets what the page complained about: errors of scripts, and what its policy of contents forbade.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Finds the browser of this machine.</summary>
    /// <returns>Its path, or null.</returns>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public static async Task<HeadlessBrowser> StartAsync(string program)
    {
        var browser = new HeadlessBrowser(program);
        var address = new TaskCompletionSource<string>();
        browser._process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null && Address().Match(line.Data) is { Success: true } match)
            {
                address.TrySetResult(match.Value);
            }
        };
        browser._process.BeginErrorReadLine();
        browser._process.BeginOutputReadLine();
        await browser._socket.ConnectAsync(new Uri(await address.Task.WaitAsync(Patience)), default);
        _ = browser.ReceiveAsync();
        JsonElement target = await browser.CallAsync("Target.createTarget", new { url = "about:blank" });
        JsonElement session = await browser.CallAsync("Target.attachToTarget", new { targetId = target.GetProperty("targetId").GetString(), flatten = true });
        browser._session = session.GetProperty("sessionId").GetString();
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            await browser.CallAsync($"{domain}.enable");
        }

        return browser;
    }

    /// <summary>Sets the size of the page and whether it is dark.</summary>
    public async Task ShapeAsync(int width, int height, bool isDark)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = width < 600 });
        await CallAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = isDark ? "dark" : "light" } } });
    }

    public Task OpenAsync(Uri address) => CallAsync("Page.navigate", new { url = address.ToString() });

    /// <summary>Evaluates a script, waits for its promise, and gets its value.</summary>
    public async Task<JsonElement> EvaluateAsync(string script)
    {
        JsonElement answer = await CallAsync("Runtime.evaluate", new { expression = script, awaitPromise = true, returnByValue = true });
        Assert.False(answer.TryGetProperty("exceptionDetails", out JsonElement fault), fault.ToString());
        return answer.GetProperty("result").TryGetProperty("value", out JsonElement value) ? value : default;
    }

    /// <summary>Waits until a script gives true.</summary>
    public async Task UntilAsync(string script)
    {
        var clock = Stopwatch.StartNew();
        while ((await EvaluateAsync(script)).ValueKind != JsonValueKind.True)
        {
            Assert.True(clock.Elapsed < Patience, $"waited in vain for {script}; the page says: {string.Join("; ", Complaints)}");
            await Task.Delay(50);
        }
    }

    public async Task<byte[]> PictureAsync()
    {
        JsonElement answer = await CallAsync("Page.captureScreenshot", new { format = "png", captureBeyondViewport = true });
        return answer.GetProperty("data").GetBytesFromBase64();
    }

    /// <summary>Presses and releases a key.</summary>
    public async Task PressAsync(string key, int code)
    {
        foreach (string type in new[] { "rawKeyDown", "keyUp" })
        {
            await CallAsync("Input.dispatchKeyEvent", new { type, key, code = key, windowsVirtualKeyCode = code });
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await CallAsync("Browser.close");
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (Exception error) when (error is TimeoutException or WebSocketException or InvalidOperationException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _socket.Dispose();
        _process.Dispose();
        try
        {
            _profile.Dispose();
        }
        catch (IOException)
        {
            // A child of the browser still writes there.
        }
    }

    private async Task<JsonElement> CallAsync(string method, object? parameters = null)
    {
        int id = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = answer;
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { }, sessionId = _session }, WithoutNull);
        await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, default);
        return await answer.Task.WaitAsync(Patience);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), default);
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage && message.Length > 0)
                {
                    using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length));
                    Take(document.RootElement.Clone());
                    message.SetLength(0);
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The browser has ended.
        }

        foreach (TaskCompletionSource<JsonElement> call in _calls.Values)
        {
            call.TrySetException(new InvalidOperationException("The browser has ended."));
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("id", out JsonElement id))
        {
            if (_calls.TryRemove(id.GetInt32(), out TaskCompletionSource<JsonElement>? call))
            {
                call.TrySetResult(message.TryGetProperty("result", out JsonElement result) ? result : message);
            }

            return;
        }

        JsonElement parameters = message.GetProperty("params");
        switch (message.GetProperty("method").GetString())
        {
            case "Network.requestWillBeSent":
                Requests.Enqueue(parameters.GetProperty("request").GetProperty("url").GetString()!);
                break;
            case "Runtime.exceptionThrown":
                Complaints.Enqueue(parameters.ToString());
                break;
            case "Log.entryAdded" when parameters.GetProperty("entry").GetProperty("level").GetString() == "error":
                Complaints.Enqueue(parameters.GetProperty("entry").GetProperty("text").GetString()!);
                break;
        }
    }

    [GeneratedRegex("ws://\\S+")]
    private static partial Regex Address();
}
