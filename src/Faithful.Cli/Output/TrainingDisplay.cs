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
    private const int BarWidth = 20;
    private const double GiB = 1 << 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly bool _isTerminal = context.IsErrorTerminal;
    private DateTime _last = DateTime.MinValue;
    private DateTime _started = DateTime.UtcNow;
    private int _firstEpoch;
    private int _shown;
    private int _halvings;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (_firstEpoch == 0)
        {
            _firstEpoch = value.Epoch;
            _started = DateTime.UtcNow;
        }

        if (value.Halvings != _halvings)
        {
            _halvings = value.Halvings;
            Clear();
            context.Log($"the device's memory is too small for a batch at once: each is computed in {1 << _halvings} times as many parts from here on; the steps stay the same");
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
        string memory = measurement.GpuMemory is long bytes ? string.Create(CultureInfo.InvariantCulture, $"  {bytes / GiB:0.0} GiB on the GPU") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {measurement.Epoch,3}/{epochs}  loss {measurement.TrainingLoss:0.0000}  validation {Metric(measurement)}{(measurement.IsBest ? " *" : "  ")}  {measurement.StructuresPerSecond,7:0} structures/s  {measurement.Seconds:0} s{memory}");
    }

    private string Metric(EpochMeasurement measurement) => task.Kind == TaskKind.Classification
        ? string.Create(CultureInfo.InvariantCulture, $"accuracy {measurement.ValidationMetric:0.000}, macro F1 {measurement.ValidationMacroF1:0.000}")
        : string.Create(CultureInfo.InvariantCulture, $"error {measurement.ValidationMetric:0.0000} {task.Unit}");

    private string Bar(TrainingProgress progress)
    {
        int filled = BarWidth * progress.Step / progress.Steps;
        double done = progress.Epoch - _firstEpoch + (double)progress.Step / progress.Steps;
        double all = progress.Epochs - _firstEpoch + 1;
        TimeSpan left = (DateTime.UtcNow - _started) * ((all - done) / done);
        double? loss = progress.Loss ?? progress.Last?.TrainingLoss;
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch,3}/{progress.Epochs}  [{new string('#', filled)}{new string('.', BarWidth - filled)}]  {progress.StructuresPerSecond:0} structures/s  {Math.Floor(left.TotalHours):0}:{left:mm\\:ss} left");
        line += loss is double value ? string.Create(CultureInfo.InvariantCulture, $"  loss {value:0.0000}") : "";
        line += progress.Last is EpochMeasurement last ? $"  {Metric(last)}" : "";
        line += progress.Last?.GpuMemory is long bytes ? string.Create(CultureInfo.InvariantCulture, $"  {bytes / GiB:0.0} GiB") : "";

        // A line that the terminal would break could not be written over.
        return line.Length < context.ErrorWidth ? line : line[..Math.Max(0, context.ErrorWidth - 1)];
    }
}
