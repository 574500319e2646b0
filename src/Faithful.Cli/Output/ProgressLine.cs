using System.Globalization;

namespace Faithful.Cli.Output;

/// <summary>
/// Shows on standard error how far some work on crystals is: a bar that is written over on a terminal, a line every ten seconds
/// otherwise, each with the rate and, when the end is in sight, the time left. Work that is done at once shows nothing. A report
/// costs no more than a look at the clock, so it may be made for every crystal.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const int BarWidth = 20; // characters
    private static readonly TimeSpan TerminalPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FilePause = TimeSpan.FromSeconds(10);

    private readonly TextWriter _error;
    private readonly bool _isTerminal;
    private readonly string _title;
    private readonly TimeProvider _clock;
    private readonly int _width;
    private readonly long _started;
    private long _last;
    private int _shown;

    /// <summary>Starts to measure.</summary>
    /// <param name="context">The command; its log takes the line away before it writes.</param>
    /// <param name="title">What is being done, for example <c>reading</c>.</param>
    public ProgressLine(CommandContext context, string title)
        : this(context.Error, context.IsErrorTerminal ? context.ErrorWidth : null, title, TimeProvider.System) => context.Show(this);

    /// <summary>Starts to measure.</summary>
    /// <param name="error">Where the lines go.</param>
    /// <param name="terminalWidth">The columns of the terminal; null when the lines go to a file.</param>
    /// <param name="title">What is being done.</param>
    /// <param name="clock">Tells the time.</param>
    internal ProgressLine(TextWriter error, int? terminalWidth, string title, TimeProvider clock)
    {
        (_error, _isTerminal, _width, _title, _clock) = (error, terminalWidth is not null, terminalWidth ?? int.MaxValue, title, clock);
        _started = _last = clock.GetTimestamp();
    }

    /// <summary>Says how far the work is.</summary>
    /// <param name="done">The crystals done.</param>
    /// <param name="total">All crystals, or null when that is not known.</param>
    public void Report(int done, int? total = null)
    {
        if (IsDue())
        {
            Write(done, total, total > 0 ? (double)done / total : null);
        }
    }

    /// <summary>Says how far the work is where the number of crystals is not known, but for example the bytes to read are.</summary>
    /// <param name="done">The crystals done.</param>
    /// <param name="fraction">The part of the work that is done, 0 to 1, or null when that is not known.</param>
    public void Report(int done, double? fraction)
    {
        if (IsDue())
        {
            Write(done, null, fraction);
        }
    }

    /// <summary>Takes the line away, before anything else is written.</summary>
    public void Clear()
    {
        if (_shown > 0)
        {
            _error.Write($"\r{new string(' ', _shown)}\r");
            _shown = 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private bool IsDue()
    {
        long now = _clock.GetTimestamp();
        if (_clock.GetElapsedTime(_last, now) < (_isTerminal ? TerminalPause : FilePause))
        {
            return false;
        }

        _last = now;
        return true;
    }

    private void Write(int done, int? total, double? fraction)
    {
        double seconds = _clock.GetElapsedTime(_started, _last).TotalSeconds;
        string count = total is int all ? $"{done} of {all}" : $"{done}";
        string line = string.Create(CultureInfo.InvariantCulture, $"{count} crystals, {done / seconds:0} a second");
        string bar = "";
        if (fraction is double part && !double.IsNaN(part))
        {
            part = Math.Clamp(part, 0, 1);
            int filled = (int)(BarWidth * part);
            bar = _isTerminal ? $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] " : "";
            line = string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * part),3}%  {line}{TimeLeft(seconds, part)}");
        }

        if (!_isTerminal)
        {
            _error.WriteLine($"{_title}: {line.TrimStart()}");
            return;
        }

        // A line that the terminal would break could not be written over.
        string full = $"{_title}: {bar}{line}";
        full = full.Length < _width ? full : $"{_title}: {line}";
        full = full.Length < _width ? full : full[..Math.Max(0, _width - 1)];
        _error.Write($"\r{full.PadRight(Math.Min(_shown, _width - 1))}");
        _shown = full.Length;
    }

    private static string TimeLeft(double seconds, double part)
    {
        double left = seconds * (1 - part) / part;
        return left < TimeSpan.MaxValue.TotalSeconds // false for infinity
            ? string.Create(CultureInfo.InvariantCulture, $", {Math.Floor(left / 3600):0}:{(int)(left / 60 % 60):00}:{(int)(left % 60):00} left")
            : "";
    }
}
