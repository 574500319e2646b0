using System.Globalization;
using System.Text;

namespace Faithful.Networks.Training;

/// <summary>The measurements of a run as a table that spreadsheets and plotting tools open: <c>metrics.csv</c>, comma-separated, a header row, numbers in invariant culture.</summary>
internal static class MetricsTable
{
    private static readonly (string Name, Func<EpochMeasurement, IFormattable?> Value)[] Columns =
    [
        ("epoch", m => m.Epoch),
        ("training_loss", m => m.TrainingLoss),
        ("validation_loss", m => m.ValidationLoss),
        ("validation_metric", m => m.ValidationMetric),
        ("validation_macro_f1", m => m.ValidationMacroF1),
        ("is_best", m => m.IsBest ? 1 : 0),
        ("learning_rate", m => m.LearningRate),
        ("structures_per_second", m => m.StructuresPerSecond),
        ("seconds", m => m.Seconds),
        ("gpu_memory", m => m.GpuMemory),
    ];

    /// <summary>Writes the table; what was not measured is empty.</summary>
    public static string Write(IEnumerable<EpochMeasurement> measurements)
    {
        var text = new StringBuilder().AppendJoin(',', Columns.Select(column => column.Name)).Append('\n');
        foreach (EpochMeasurement measurement in measurements)
        {
            text.AppendJoin(',', Columns.Select(column => column.Value(measurement)?.ToString(null, CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }
}
