using System.Diagnostics;
using System.Globalization;

namespace Faithful.Cli.Output;

/// <summary>
/// Counts crystals on standard error: a line that is written over on a terminal, a line every ten seconds otherwise. Work that
/// is done at once shows nothing.
/// </summary>
internal sealed class ProgressLine(CommandContext context, string title) : IDisposable
{
    private static readonly TimeSpan TerminalPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FilePause = TimeSpan.FromSeconds(10);

    private readonly bool _isTerminal = context.IsErrorTerminal;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp();
    private int _shown;

    /// <summary>Says how far the work is.</summary>
    /// <param name="done">The crystals done.</param>
    /// <param name="total">All crystals, or null when that is not known.</param>
    public void Report(int done, int? total = null)
    {
        if (Stopwatch.GetElapsedTime(_last) < (_isTerminal ? TerminalPause : FilePause))
        {
            return;
        }

        _last = Stopwatch.GetTimestamp();
        double rate = done / Stopwatch.GetElapsedTime(_started).TotalSeconds;
        string of = total is int all ? $" of {all}" : "";
        string line = string.Create(CultureInfo.InvariantCulture, $"{title}: {done}{of} crystals, {rate:0} a second");
        if (_isTerminal)
        {
            context.Error.Write($"\r{line.PadRight(_shown)}");
            _shown = line.Length;
        }
        else
        {
            context.Error.WriteLine(line);
        }
    }

    /// <summary>Takes the line away, before results are written.</summary>
    public void Clear()
    {
        if (_shown > 0)
        {
            context.Error.Write($"\r{new string(' ', _shown)}\r");
            _shown = 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();
}
