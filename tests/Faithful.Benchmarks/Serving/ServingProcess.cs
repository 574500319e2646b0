using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Faithful.Benchmarks.Serving;

/// <summary>The program serving in a process of its own, as a user starts it.</summary>
internal sealed class ServingProcess : IDisposable
{
    private readonly Process _process;

    private ServingProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Gets where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Gets its resident memory, MB; its peak where the system tells no other.</summary>
    public double MemoryMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Gets the processor time that it has taken.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the program.</summary>
    /// <param name="models">The names of the models; empty for all.</param>
    /// <returns>The process, when it listens.</returns>
    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public static ServingProcess Start(IReadOnlyList<string> models)
    {
        Process process = Process.Start(Command(["serve", "--port", "0", "--device", "cpu", "--json", .. models.SelectMany(model => new[] { "--model", model })]))!;
        var document = new System.Text.StringBuilder();
        while (process.StandardOutput.ReadLine() is string line)
        {
            document.AppendLine(line);
            if (line == "}")
            {
                using JsonDocument json = JsonDocument.Parse(document.ToString());
                return new ServingProcess(process, new Uri(json.RootElement.GetProperty("address").GetString()!));
            }
        }

        process.WaitForExit();
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"'faithful serve' ended with exit code {process.ExitCode}"));
    }

    /// <summary>Makes the command line of the program that lies with this one.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>How to start it.</returns>
    public static ProcessStartInfo Command(IReadOnlyList<string> arguments)
    {
        string[] places = [Path.Combine(AppContext.BaseDirectory, "faithful.dll"), Path.Combine(AppContext.BaseDirectory, "..", "..", "Faithful.Cli", "release", "faithful.dll")];
        string program = places.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException($"expected the program at {string.Join(" or ", places)}, found none");
        var start = new ProcessStartInfo(Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet")
        {
            RedirectStandardOutput = true,
        };
        start.Environment["FAITHFUL_ROOT"] = BenchmarkData.Root;
        start.ArgumentList.Add(Path.GetFullPath(program));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
