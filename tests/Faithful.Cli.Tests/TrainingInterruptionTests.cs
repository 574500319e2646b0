using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>A run in a process of its own that is told to end, as a batch system or Ctrl-C does.</summary>
public sealed class TrainingInterruptionTests : IDisposable
{
    private const int Interrupt = 2, Terminate = 15;
    private const int Epochs = 40;

    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public TrainingInterruptionTests()
    {
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(30));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_signal_leaves_a_checkpoint_from_which_the_run_goes_on_as_if_nothing_had_been()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // no such signals
        }

        await Stop(Terminate, Arguments("cut"));
        await Stop(Interrupt, [.. Arguments("cut"), "--resume"]);
        Assert.Equal(0, ProgramRun.Of([.. Arguments("cut"), "--resume"]).ExitCode);
        Assert.Equal(0, ProgramRun.Of(Arguments("whole")).ExitCode);
        Assert.Equal(Lines("whole"), Lines("cut"));
        Assert.Equal(File.ReadAllBytes(_folder["whole/best.safetensors"]), File.ReadAllBytes(_folder["cut/best.safetensors"]));
        Assert.Equal(File.ReadAllBytes(_folder["whole/checkpoint.safetensors"]), File.ReadAllBytes(_folder["cut/checkpoint.safetensors"]));
    }

    /// <summary>Trains in another process until it has ended an epoch, then sends it a signal.</summary>
    private async Task Stop(int signal, string[] arguments)
    {
        string checkpoint = _folder["cut/checkpoint.safetensors"];
        DateTime before = File.GetLastWriteTimeUtc(checkpoint);
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "faithful.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        while (File.GetLastWriteTimeUtc(checkpoint) == before)
        {
            Assert.False(process.HasExited, "the run ended before it could be told to");
            Thread.Sleep(1); // not a delay awaited: when other tests hold the pool's threads, that wakes after the run's last epoch
        }

        Assert.Equal(0, kill(process.Id, signal));
        await process.WaitForExitAsync();
        Assert.Equal((130, ""), (process.ExitCode, string.Concat((await error).Split('\n').Where(line => line.StartsWith("error", StringComparison.Ordinal)))));
        Assert.Contains("--resume", await output, StringComparison.Ordinal);
        Assert.InRange(Lines("cut").Length, 1, Epochs - 1);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);

    private string[] Arguments(string run) =>
    [
        "train", "--task", "point-group", "--data", _data, "--out", _folder[run], "--device", "cpu",
        "--epochs", $"{Epochs}", "--batch-size", "1", "--set", "width=16", "--set", "weight_average=0.9",
        "--set", "dropout=0", // libtorch has one source of random numbers a process, and other tests train at the same time
    ];

    /// <summary>The measurements without what the clock says.</summary>
    private string[] Lines(string run) =>
    [
        .. File.ReadLines(_folder[$"{run}/metrics.jsonl"]).Select(line =>
        {
            JsonObject measurement = JsonNode.Parse(line)!.AsObject();
            measurement.Remove("seconds");
            measurement.Remove("structures_per_second");
            return measurement.ToJsonString();
        }),
    ];
}
