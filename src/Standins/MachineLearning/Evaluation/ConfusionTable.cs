using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>A confusion matrix as text, laid out as ML.NET does it.</summary>
internal static class ConfusionTable
{
    // The word PREDICTED.
    private const int LeastLabelWidth = 9;

    public static string Format(ConfusionMatrix matrix, IReadOnlyList<string> names, bool isBinary)
    {
        var width = names.Count == 2 ? 8 : 5;
        var longest = names.Max(name => name.Length);
        var numbered = longest > width; // such names do not fit over a column, which then bears the number that the row repeats
        var digits = numbered ? (names.Count - 1).ToString(CultureInfo.InvariantCulture).Length : 0;
        var labelWidth = Math.Max(LeastLabelWidth, numbered ? longest + digits + 2 : longest);
        var pad = new string(' ', labelWidth - LeastLabelWidth);
        var rule = new StringBuilder().Insert(0, names.Count > 2 ? "========" : "===========", names.Count).ToString();

        var text = new StringBuilder();
        if (isBinary)
        {
            text.Append(PositiveRatio(matrix, names[0]));
        }

        text.AppendLine().AppendLine("Confusion table").AppendLine($"          {pad}||{rule}").Append($"PREDICTED {pad}||");
        for (var i = 0; i < names.Count; i++)
        {
            text.Append(' ').Append((numbered ? i.ToString(CultureInfo.InvariantCulture) : names[i]).PadLeft(width)).Append(" |");
        }

        text.AppendLine(" Recall").AppendLine($"TRUTH     {pad}||{rule}");
        for (var i = 0; i < names.Count; i++)
        {
            text.Append(numbered
                ? $"{i.ToString(CultureInfo.InvariantCulture).PadLeft(digits)}. {names[i].PadLeft(labelWidth - digits - 2)} ||"
                : $"{names[i].PadLeft(labelWidth)} ||");
            foreach (var count in matrix.Counts[i])
            {
                text.Append(' ').Append(Number(count, "N0").PadLeft(width)).Append(" |");
            }

            text.Append(' ').AppendLine(Number(matrix.PerClassRecall[i], "F4").PadLeft(5));
        }

        text.AppendLine($"          {pad}||{rule}").Append($"Precision {pad}||");
        foreach (var precision in matrix.PerClassPrecision)
        {
            text.Append(Number(precision, "N4").PadLeft(width + 1)).Append(" |");
        }

        return text.AppendLine().ToString();
    }

    private static string PositiveRatio(ConfusionMatrix matrix, string positive)
    {
        var actual = matrix.Counts[0].Sum();
        var others = matrix.Counts[1].Sum();
        return $"TEST {positive.ToUpperInvariant()} RATIO:\t{Number(actual / (actual + others), "N4")} "
            + $"({Number(actual, "F1")}/({Number(actual, "F1")}+{Number(others, "F1")}))";
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
