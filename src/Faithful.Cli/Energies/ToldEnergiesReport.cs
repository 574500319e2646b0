using System.Globalization;
using Faithful.Cli.Output;
using MathNet.Numerics.Statistics;

namespace Faithful.Cli.Energies;

/// <summary>What came of telling formation energies from total energies, as text or JSON.</summary>
internal static class ToldEnergiesReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="context">The command.</param>
    /// <param name="told">The energies.</param>
    /// <param name="read">The number of crystals that were read.</param>
    /// <param name="output">The file that was written.</param>
    /// <param name="elements">The file that was written of crystals of one element; null for none.</param>
    public static void Write(CommandContext context, ToldEnergies told, int read, string output, string? elements)
    {
        if (context.IsJson)
        {
            WriteJson(context, told, read, output, elements);
            return;
        }

        var table = new ResultTable("scale", "fitted to", "energies told", "measured on", "median error, eV/atom", "mean error, eV/atom");
        for (int scale = 0; scale < told.Scales.Scales.Length; scale++)
        {
            double[] errors = Errors(told, scale);
            table.Add(
                $"{scale + 1}",
                Count(told.Scales.Scales[scale].Crystals),
                Count(Estimates(told, scale)),
                Count(errors.Length),
                errors.Length == 0 ? "" : errors.Median().ToString("0.0000", CultureInfo.InvariantCulture),
                errors.Length == 0 ? "" : errors.Mean().ToString("0.0000", CultureInfo.InvariantCulture));
        }

        table.Write(context);
        context.Output.WriteLine(
            $"{Count(read)} crystals read; of the training part {Count(told.Labelled)} have a formation energy and {Count(told.Unlabelled)} a total energy only: " +
            $"{Count(told.Estimates.Length)} energies told, {Count(told.Unlabelled - told.Estimates.Length)} are on no scale");
        context.Output.WriteLine($"errors are those of validation crystals; {Count(told.Measured - told.Errors.Length)} of {Count(told.Measured)} are on no scale");
        context.Output.WriteLine($"wrote {output}");
        if (elements is not null)
        {
            context.Output.WriteLine($"wrote {elements}: the {Count(Elements(told))} of them that are of crystals of one element");
        }
    }

    private static void WriteJson(CommandContext context, ToldEnergies told, int read, string output, string? elements) => context.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("crystals", read);
        json.WriteNumber("labelled", told.Labelled);
        json.WriteNumber("unlabelled", told.Unlabelled);
        json.WriteNumber("told", told.Estimates.Length);
        json.WriteNumber("told_of_elements", Elements(told));
        json.WriteNumber("measured", told.Measured);
        json.WriteStartArray("scales");
        for (int scale = 0; scale < told.Scales.Scales.Length; scale++)
        {
            double[] errors = Errors(told, scale);
            json.WriteStartObject();
            json.WriteNumber("fitted", told.Scales.Scales[scale].Crystals);
            json.WriteNumber("told", Estimates(told, scale));
            json.WriteNumber("measured", errors.Length);
            if (errors.Length > 0)
            {
                json.WriteNumber("median_error", Math.Round(errors.Median(), 6));
                json.WriteNumber("mean_error", Math.Round(errors.Mean(), 6));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("out", output);
        if (elements is not null)
        {
            json.WriteString("elements", elements);
        }

        json.WriteEndObject();
    });

    private static double[] Errors(ToldEnergies told, int scale) => [.. told.Errors.Where(error => error.Scale == scale).Select(error => error.Error)];

    private static int Estimates(ToldEnergies told, int scale) => told.Estimates.Count(estimate => estimate.Estimate.Scale == scale);

    private static int Elements(ToldEnergies told) => told.Estimates.Count(energy => energy.Element is not null);

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
