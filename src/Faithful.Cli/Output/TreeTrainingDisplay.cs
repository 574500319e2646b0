using System.Globalization;
using Faithful.Pipelines;

namespace Faithful.Cli.Output;

/// <summary>
/// Shows a training of trees on standard error: what grows and since when. On a terminal the line is written over; otherwise one
/// is written every ten seconds at most.
/// </summary>
internal sealed class TreeTrainingDisplay : IProgress<TreeTrainingProgress>, IDisposable
{
    private static readonly TimeSpan TerminalPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FilePause = TimeSpan.FromSeconds(10);

    private readonly CommandContext _context;
    private readonly bool _isTerminal;
    private readonly DateTime _started = DateTime.UtcNow;
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private TreeTrainingProgress? _progress;
    private int _shown;

    /// <summary>Begins to show.</summary>
    /// <param name="context">The command.</param>
    public TreeTrainingDisplay(CommandContext context)
    {
        (_context, _isTerminal) = (context, context.IsErrorTerminal);
        TimeSpan pause = _isTerminal ? TerminalPause : FilePause;
        _timer = new Timer(_ => Write(), null, pause, pause);
    }

    /// <inheritdoc/>
    public void Report(TreeTrainingProgress value)
    {
        lock (_lock)
        {
            _progress = value;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _timer.Dispose();
            _progress = null;
            if (_shown > 0)
            {
                _context.Error.Write($"\r{new string(' ', _shown)}\r");
            }
        }
    }

    private void Write()
    {
        lock (_lock)
        {
            if (_progress is not TreeTrainingProgress progress)
            {
                return;
            }

            string what = progress switch
            {
                { Class: string name } => $"growing trees: {name}, class {progress.Grown + 1} of {progress.Ensembles}",
                { Grown: 0 } => "growing trees",
                _ => "choosing the number of trees",
            };
            TimeSpan time = DateTime.UtcNow - _started;
            string line = string.Create(CultureInfo.InvariantCulture, $"{what}, {Math.Floor(time.TotalMinutes):0}:{time.Seconds:00}");
            if (!_isTerminal)
            {
                _context.Error.WriteLine(line);
                return;
            }

            // A line that the terminal would break could not be written over.
            line = line.Length < _context.ErrorWidth ? line : line[..Math.Max(0, _context.ErrorWidth - 1)];
            _context.Error.Write($"\r{line.PadRight(_shown)}");
            _shown = line.Length;
        }
    }
}
