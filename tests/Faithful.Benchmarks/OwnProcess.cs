using System.Diagnostics;

namespace Faithful.Benchmarks;

/// <summary>A command of this program in a process of its own: its peak of memory is its own, and so is its end.</summary>
internal static class OwnProcess
{
    /// <summary>Runs a command to its end. What it says on standard error is seen at once.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The exit code and standard output.</returns>
    public static (int ExitCode, string Output) Run(params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
