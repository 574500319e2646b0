using System.Globalization;
using Faithful.Models;
using Faithful.Networks.Training;

namespace Faithful.Cli.Output;

/// <summary>
/// Shows a training run on standard error: a bar for the running epoch that is written over on a terminal, and a line for
/// every epoch that has ended.
/// </summary>
internal sealed class TrainingDisplay(CommandContext context, ModelTask task) : IProgress<TrainingProgress>
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly bool _isTerminal = context.IsErrorTerminal;
    private DateTime _last = DateTime.MinValue;
    private DateTime _started = DateTime.UtcNow;
    private int _firstEpoch;
    private int _shown;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (_firstEpoch == 0)
        {
            _firstEpoch = value.Epoch;
            _started = DateTime.UtcNow;
        }

        if (value.Finished is EpochMeasurement measurement)
        {
            Clear();
            context.Log(Line(measurement, value.Epochs));
        }
        else if (_isTerminal && DateTime.UtcNow - _last > Pause)
        {
            _last = DateTime.UtcNow;
            string line = Bar(value);
            context.Error.Write($"\r{line.PadRight(_shown)}");
            _shown = line.Length;
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Clear()
    {
        if (_shown > 0)
        {
            context.Error.Write($"\r{new string(' ', _shown)}\r");
            _shown = 0;
        }
    }

    private string Line(EpochMeasurement measurement, int epochs)
    {
        string metric = task.Kind == TaskKind.Classification
            ? string.Create(CultureInfo.InvariantCulture, $"validation accuracy {measurement.ValidationMetric:0.000}")
            : string.Create(CultureInfo.InvariantCulture, $"validation error {measurement.ValidationMetric:0.0000} {task.Unit}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {measurement.Epoch,3}/{epochs}  loss {measurement.TrainingLoss:0.0000}  {metric}{(measurement.IsBest ? " *" : "  ")}  {measurement.StructuresPerSecond,7:0} structures/s  {measurement.Seconds:0} s");
    }

    private string Bar(TrainingProgress progress)
    {
        int filled = BarWidth * progress.Step / progress.Steps;
        double done = progress.Epoch - _firstEpoch + (double)progress.Step / progress.Steps;
        double all = progress.Epochs - _firstEpoch + 1;
        TimeSpan left = (DateTime.UtcNow - _started) * ((all - done) / done);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch,3}/{progress.Epochs}  [{new string('#', filled)}{new string('.', BarWidth - filled)}]  {progress.StructuresPerSecond:0} structures/s  {left:h\\:mm\\:ss} left");
    }
}
