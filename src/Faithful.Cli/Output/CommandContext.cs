using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Faithful.Cli.Output;

/// <summary>What a command works with: its arguments, where results and messages go, and when to stop.</summary>
/// <param name="arguments">The parsed command line.</param>
/// <param name="cancellation">Cancelled when the user wants the command to end.</param>
internal sealed class CommandContext(ParseResult arguments, CancellationToken cancellation)
{
    /// <summary>How every JSON document of the program is written.</summary>
    internal static readonly JsonWriterOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private const int DefaultWidth = 80;

    private ProgressLine? _progress;

    /// <summary>Gets the parsed command line.</summary>
    public ParseResult Arguments { get; } = arguments;

    /// <summary>Gets the token that is cancelled when the user wants the command to end.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Gets standard output, for results only.</summary>
    public TextWriter Output { get; } = arguments.InvocationConfiguration.Output;

    /// <summary>Gets standard error, for log and progress.</summary>
    public TextWriter Error { get; } = arguments.InvocationConfiguration.Error;

    /// <summary>Gets whether the result is to be one JSON document.</summary>
    public bool IsJson { get; } = arguments.GetValue<bool>(CommonOptions.JsonName);

    /// <summary>Gets whether standard output is a terminal.</summary>
    public bool IsTerminal => ReferenceEquals(Output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Gets whether standard error is a terminal.</summary>
    public bool IsErrorTerminal => ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected;

    /// <summary>Gets the number of columns of the terminal that standard error goes to.</summary>
    public int ErrorWidth => IsErrorTerminal && Console.WindowWidth is > 0 and int columns ? columns : DefaultWidth;

    /// <summary>Makes a progress line the one that the log takes away before it writes.</summary>
    /// <param name="progress">The line.</param>
    public void Show(ProgressLine progress) => _progress = progress;

    /// <summary>Writes a line of the log.</summary>
    /// <param name="line">The line.</param>
    public void Log(string line)
    {
        _progress?.Clear();
        Error.WriteLine(line);
    }

    /// <summary>Writes a fault that does not end the command.</summary>
    /// <param name="message">What is wrong.</param>
    public void LogError(string message) => Log($"error: {FaultReport.OneLine(message)}");

    /// <summary>Writes one JSON document on standard output.</summary>
    /// <param name="write">Writes the document's value.</param>
    public void WriteJson(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonOptions with { Indented = true }))
        {
            write(json);
        }

        Output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
