using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Faithful.Testing;

namespace Faithful.Onnx.Tests.Runtimes;

/// <summary>A page on the loopback device that a headless browser opens, works on, and posts its results from.</summary>
internal sealed class TestPage : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html",
        [".mjs"] = "text/javascript",
        [".wasm"] = "application/wasm",
        [".json"] = "application/json",
        [".onnx"] = "application/octet-stream",
    };

    private readonly HttpListener _listener;
    private readonly IReadOnlyDictionary<string, string> _files;
    private readonly IReadOnlyDictionary<string, string> _folders;
    private readonly TaskCompletionSource<string> _results = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _address;

    /// <summary>Begins to answer.</summary>
    /// <param name="files">Files by their path on the page.</param>
    /// <param name="folders">Folders by the beginning of the path.</param>
    public TestPage(IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, string> folders)
    {
        _files = files;
        _folders = folders;
        (_listener, _address) = Listen();
        _ = Task.Run(AnswerAsync);
    }

    /// <summary>Opens the page and waits for what it posts.</summary>
    /// <param name="browser">The browser, one of Chromium's kind.</param>
    /// <returns>The results.</returns>
    public async Task<string> OpenAsync(string browser)
    {
        using var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(
            browser,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", $"--user-data-dir={profile.Path}", _address])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return await _results.Task.WaitAsync(Patience);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            await Task.Delay(200); // its children write the last of the profile
        }
    }

    public void Dispose() => _listener.Close();

    /// <summary>A port that nobody has; another program may take it before we do, so we try again.</summary>
    private static (HttpListener Listener, string Address) Listen()
    {
        for (int attempt = 0; ; attempt++)
        {
            using var socket = new TcpListener(IPAddress.Loopback, 0);
            socket.Start();
            string address = $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/";
            socket.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                listener.Close();
            }
        }
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return; // the page was closed
            }

            using HttpListenerResponse response = context.Response;
            string path = context.Request.Url!.AbsolutePath;
            if (context.Request.HttpMethod == "POST")
            {
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                string text = await reader.ReadToEndAsync();
                _ = path == "/results" ? _results.TrySetResult(text) : _results.TrySetException(new InvalidOperationException($"the page says: {text}"));
            }
            else if (Find(path) is string file)
            {
                response.ContentType = Types[Path.GetExtension(file)];
                await response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(file));
            }
            else
            {
                response.StatusCode = (int)HttpStatusCode.NotFound;
            }
        }
    }

    private string? Find(string path)
    {
        string? file = _files.TryGetValue(path, out string? named)
            ? named
            : _folders.Where(folder => path.StartsWith(folder.Key, StringComparison.Ordinal)).Select(folder => Path.Combine(folder.Value, path[folder.Key.Length..])).FirstOrDefault();
        return file is not null && File.Exists(file) && Types.ContainsKey(Path.GetExtension(file)) ? file : null;
    }
}
