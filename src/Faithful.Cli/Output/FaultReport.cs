using Faithful.Crystals.Symmetry;

namespace Faithful.Cli.Output;

/// <summary>The one place that turns exceptions into a line for the user and an exit code.</summary>
internal static class FaultReport
{
    /// <summary>The environment variable that adds the stack trace, for those who work on the program.</summary>
    public const string DebugVariable = "FAITHFUL_DEBUG";

    /// <summary>Writes the line that begins with <c>error:</c>.</summary>
    /// <param name="fault">What happened.</param>
    /// <param name="error">Standard error.</param>
    /// <returns>The exit code.</returns>
    public static int Write(Exception fault, TextWriter error)
    {
        (int exitCode, string message) = Describe(fault);
        error.WriteLine(exitCode == ExitCodes.Cancelled ? message : $"error: {message}");
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
        {
            error.WriteLine(fault);
        }

        return exitCode;
    }

    /// <summary>Gets the exit code and the text of one line.</summary>
    /// <param name="fault">What happened.</param>
    /// <returns>The code and the text, without line breaks.</returns>
    public static (int ExitCode, string Message) Describe(Exception fault) => fault switch
    {
        AggregateException { InnerExceptions: [Exception first, ..] } => Describe(first),
        OperationCanceledException => (ExitCodes.Cancelled, "cancelled"),
        UsageException => (ExitCodes.WrongUsage, OneLine(fault.Message)),
        MissingNativeLibraryException => (ExitCodes.Missing, OneLine(fault.Message)),
        FileNotFoundException { FileName: string name } when name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) =>
            (ExitCodes.Missing, "ASP.NET Core is missing: install aspnetcore-runtime-10.0 (a bundle for training only does without, and does not serve)"),
        _ when MissingLibrary(fault) is string problem => (ExitCodes.Missing, $"{OneLine(problem)}; run ./faithful setup"),
        OutOfMemoryException => (ExitCodes.Failed, "out of memory"),
        TypeInitializationException { InnerException: Exception inner } => Describe(inner),
        _ when IsExpected(fault) => (ExitCodes.Failed, OneLine(fault.Message)),
        _ => (ExitCodes.Failed, $"{fault.GetType().Name}: {OneLine(fault.Message)} (set {DebugVariable}=1 for details)"),
    };

    /// <summary>Joins the lines of a message.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text on one line.</returns>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Whether the exception is one of the project's own or of a file system: its message speaks for itself.</summary>
    private static bool IsExpected(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or InvalidDataException
        || fault.GetType().Namespace?.StartsWith("Faithful.", StringComparison.Ordinal) == true;

    private static string? MissingLibrary(Exception? fault) => fault switch
    {
        null => null,
        DllNotFoundException or BadImageFormatException => FirstSentence(fault.Message),
        // So TorchSharp says that it found no libtorch; the message goes on for a page.
        NotSupportedException when fault.Message.Contains("TorchSharp", StringComparison.Ordinal) => "libtorch is missing or cannot be loaded",
        TypeInitializationException => MissingLibrary(fault.InnerException),
        _ => null,
    };

    /// <summary>The loader's message goes on with every path that it tried.</summary>
    private static string FirstSentence(string message) => message.Split(". ")[0].Split(": ")[0].Split('\n')[0].Trim().TrimEnd('.');
}
