using System.Globalization;
using System.Text.RegularExpressions;

namespace Faithful.Benchmarks.Recording;

/// <summary>
/// What <c>--record FILE</c> asks for: that the command line, the machine and everything that a benchmark prints become a marked part of
/// a Markdown file, so that nobody types a number.
/// </summary>
internal sealed partial class BenchmarkRecord
{
    private const string FileOption = "--record";
    private const string NameOption = "--record-as";

    private readonly MarkedPart _part;
    private readonly string _file;
    private readonly string _command;

    private BenchmarkRecord(string file, string name, string[] arguments)
    {
        _part = MarkedPart.Find(file, name);
        _file = file;
        _command = $"./faithful benchmark {string.Join(' ', arguments.Select(Quoted))}";
    }

    /// <summary>Takes the options of recording out of a command line. The file is looked at before any work is done.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The command line without them, and the record; null where none is asked for.</returns>
    /// <exception cref="ArgumentException">An option lacks its value, or the benchmark is not recorded.</exception>
    /// <exception cref="FormatException">The comments in the file are damaged.</exception>
    public static (string[] Arguments, BenchmarkRecord? Record) Take(string[] arguments)
    {
        List<string> rest = [.. arguments];
        (string? file, string? name) = (Value(rest, FileOption), Value(rest, NameOption));
        return (file, name) switch
        {
            (null, null) => (arguments, null),
            (null, _) => throw new ArgumentException($"{NameOption}: expected {FileOption} beside it"),
            _ when rest is ["micro", ..] => throw new ArgumentException($"{FileOption}: expected another benchmark than micro, which writes reports of its own"),
            _ when rest is [string command, ..] => ([.. rest], new BenchmarkRecord(file, name ?? command, [.. rest])),
            _ => throw new ArgumentException($"{FileOption}: expected a benchmark to record"),
        };
    }

    /// <summary>Runs a benchmark and writes the record, unless it fails.</summary>
    /// <param name="benchmark">The benchmark, which prints to the console and says by 0 that it is done.</param>
    /// <returns>What the benchmark returns.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public int Run(Func<int> benchmark)
    {
        string day = DateTime.UtcNow.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        string load = Machine.LoadAverage() is string average ? $"; load average {average} when it began" : "";
        TextWriter screen = Console.Out;
        using var output = new RememberingWriter(screen);
        Console.SetOut(output);
        int exitCode;
        try
        {
            exitCode = benchmark();
        }
        finally
        {
            Console.SetOut(screen);
        }

        if (exitCode == 0)
        {
            string gpu = GpuOf(output.Text) is string name ? $", {name}" : "";
            _part.Replace($"{Block(_command)}\n\n{day}: {Machine.Processors}{gpu}, .NET {Environment.Version}{load}.\n\n{Block(output.Text)}");
            Console.Error.WriteLine($"wrote it into {_file}");
        }

        return exitCode;
    }

    /// <summary>The name of the GPU where the benchmark used one: its output names its device.</summary>
    private static string? GpuOf(string output) =>
        Machine.Gpu() is string name
            ? Cuda().IsMatch(output) || output.Contains(name, StringComparison.Ordinal) ? name : null
            : Cuda().IsMatch(output) ? "a GPU of unknown name" : null;

    private static string Block(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => $"    {line}".TrimEnd()));

    private static string Quoted(string argument) => Plain().IsMatch(argument) ? argument : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string? Value(List<string> arguments, string option)
    {
        int at = arguments.IndexOf(option);
        if (at < 0)
        {
            return null;
        }

        string value = at + 1 < arguments.Count ? arguments[at + 1] : throw new ArgumentException($"{option} needs a value");
        arguments.RemoveRange(at, 2);
        return value;
    }

    [GeneratedRegex(@"\bcuda\b")]
    private static partial Regex Cuda();

    [GeneratedRegex("^[A-Za-z0-9_./,:=@%+-]+$")]
    private static partial Regex Plain();
}
