using System.Diagnostics;

namespace Faithful.Onnx.Tests.Runtimes;

/// <summary>Programs of the machine that tests run.</summary>
internal static class OtherProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Finds the first of some programs on the path.</summary>
    public static bool TryFind(out string path, params string[] names)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        path = names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists) ?? "";
        return path.Length > 0;
    }

    /// <summary>Runs a program and fails with what it said when it fails.</summary>
    /// <returns>Standard output.</returns>
    public static string Run(string program, params string[] arguments)
    {
        (int exitCode, string output, string error) = Finish(program, arguments);
        Assert.True(exitCode == 0, $"{Path.GetFileName(program)} ended with exit code {exitCode}: {error}{output}");
        return output;
    }

    /// <summary>Whether a program ends well.</summary>
    public static bool Succeeds(string program, params string[] arguments) => Finish(program, arguments).ExitCode == 0;

    private static (int ExitCode, string Output, string Error) Finish(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            return (-1, "", $"no end within {Patience.TotalMinutes} minutes");
        }

        return (process.ExitCode, output.Result, error.Result);
    }
}
