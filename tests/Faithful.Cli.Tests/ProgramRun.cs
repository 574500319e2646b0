using System.Text.Json;

namespace Faithful.Cli.Tests;

/// <summary>One run of the program within the test's process.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>Gets the non-empty lines of standard error.</summary>
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Gets the lines of standard error that report a fault.</summary>
    public string[] Faults => [.. ErrorLines.Where(line => line.StartsWith("error: ", StringComparison.Ordinal))];

    /// <summary>Gets standard output, which must be one JSON document.</summary>
    public JsonElement Json => Output.Length > 0
        ? JsonDocument.Parse(Output).RootElement
        : throw new InvalidOperationException($"The program wrote nothing and ended with {ExitCode}: {Error}");

    public static ProgramRun Of(params string[] args) => Of(default(CancellationToken), args);

    public static ProgramRun Of(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = FaithfulProgram.Run(args, output, error, cancellation);
        // No command ever shows a stack trace.
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output.ToString(), StringComparison.Ordinal);
        return new ProgramRun(exitCode, output.ToString(), error.ToString());
    }
}
