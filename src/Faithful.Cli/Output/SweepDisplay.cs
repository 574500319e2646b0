using System.Globalization;
using Faithful.Pipelines;

namespace Faithful.Cli.Output;

/// <summary>Shows a sweep on standard error: a line for each trial that has ended, and now and then where a running one stands.</summary>
/// <param name="context">The command.</param>
internal sealed class SweepDisplay(CommandContext context) : IProgress<SweepProgress>
{
    private static readonly TimeSpan TerminalPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FilePause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private DateTime _last = DateTime.UtcNow;
    private int _shown;

    /// <inheritdoc/>
    public void Report(SweepProgress value)
    {
        lock (_lock)
        {
            if (value.Trial.State != TrialState.Running)
            {
                Clear();
                context.Log(Ended(value));
                return;
            }

            DateTime now = DateTime.UtcNow;
            if (now - _last > (context.IsErrorTerminal ? TerminalPause : FilePause))
            {
                _last = now;
                Show(Running(value));
            }
        }
    }

    /// <summary>Writes a value of the metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="value">The value.</param>
    /// <returns>For example <c>accuracy 0.8752</c>.</returns>
    public static string Text(SweepMetric metric, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{metric.Name.Replace('_', ' ')} {value:0.0000}{(metric.Unit is null ? "" : $" {metric.Unit}")}");

    private static string Ended(SweepProgress progress)
    {
        SweepTrial trial = progress.Trial;
        string result = trial.State switch
        {
            TrialState.Failed => $"failed: {FaultReport.OneLine(trial.Note ?? "")}",
            TrialState.Stopped => $"{Text(progress.Metric, trial.Value!.Value)}, ended early",
            _ => $"{Text(progress.Metric, trial.Value!.Value)}{(progress.IsBest ? " *" : "")}",
        };
        string values = trial.IsDefault ? "the options of the preset" : string.Join(", ", trial.Values.Select(pair => $"{pair.Key} {pair.Value}"));
        return string.Create(CultureInfo.InvariantCulture, $"{Name(progress)}  {result}  {trial.Seconds:0.0} s  {values}");
    }

    private static string Running(SweepProgress progress) => progress.Trial.Curve is [.., TrialPoint point]
        ? string.Create(CultureInfo.InvariantCulture, $"{Name(progress)}  {100 * point.Part:0} %, {Text(progress.Metric, point.Value)}")
        : $"{Name(progress)}  begun";

    private static string Name(SweepProgress progress) => $"trial {progress.Trial.Trial,2}/{progress.Trials}  {progress.Trial.Model,-4}";

    private void Show(string line)
    {
        if (!context.IsErrorTerminal)
        {
            context.Log(line);
            return;
        }

        // A line that the terminal would break could not be written over.
        line = line.Length < context.ErrorWidth ? line : line[..Math.Max(0, context.ErrorWidth - 1)];
        context.Error.Write($"\r{line.PadRight(_shown)}");
        _shown = line.Length;
    }

    private void Clear()
    {
        if (_shown > 0)
        {
            context.Error.Write($"\r{new string(' ', _shown)}\r");
            _shown = 0;
        }
    }
}
