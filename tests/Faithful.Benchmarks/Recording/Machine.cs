using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Faithful.Benchmarks.Recording;

/// <summary>What a reader has to know of the machine to make something of a time.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string LoadFile = "/proc/loadavg";

    /// <summary>Gets the model of the processor, and how many of it this process may use.</summary>
    public static string Processors
    {
        get
        {
            string? line = File.Exists(ProcessorFile)
                ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                : null;
            string model = line is null ? $"{RuntimeInformation.ProcessArchitecture} processor of unknown model" : line[(line.IndexOf(':') + 1)..].Trim();
            return $"{model}, {Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "processor" : "processors")}";
        }
    }

    /// <summary>Reads the load average of the last 1, 5 and 15 minutes: more than a little says that the machine had other work.</summary>
    /// <returns>The three numbers; null where the system does not tell.</returns>
    public static string? LoadAverage() => File.Exists(LoadFile) ? string.Join(", ", File.ReadAllText(LoadFile).Split(' ')[..3]) : null;

    /// <summary>Asks <c>nvidia-smi</c> for the name of the first GPU that this process sees.</summary>
    /// <returns>The name; null without one.</returns>
    public static string? Gpu()
    {
        string gpu = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") is { Length: > 0 } visible ? visible.Split(',')[0] : "0";
        var start = new ProcessStartInfo("nvidia-smi")
        {
            ArgumentList = { "--query-gpu=name", "--format=csv,noheader", $"--id={gpu}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process? process = Process.Start(start);
            string? name = process?.StandardOutput.ReadLine();
            process?.WaitForExit();
            return process?.ExitCode == 0 ? name : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no such program
        }
    }
}
