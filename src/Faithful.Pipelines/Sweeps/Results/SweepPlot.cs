using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Faithful.Pipelines;

/// <summary>
/// Draws the trials of a sweep as one SVG file that needs nothing else: values in the order of the trials with the best so far and
/// the defaults, and below it the values over each option of the best model. Hovering over a point tells its trial.
/// </summary>
internal static class SweepPlot
{
    private const int Columns = 3;
    private const int Across = 900, Gap = 50, TopHeight = 260, SmallHeight = 150; // pixels

    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"]; // Okabe and Ito: told apart by all eyes

    /// <summary>Draws.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="metric">What their values are.</param>
    /// <returns>The file.</returns>
    public static string Draw(IReadOnlyList<SweepTrial> trials, SweepMetric metric)
    {
        SweepTrial[] measured = [.. trials.Where(trial => trial.Value is not null)];
        SweepTrial? best = TrialTable.BestOf(measured, metric);
        string[] models = [.. trials.Select(trial => trial.Model).Distinct()];
        string[] options = best is null ? [] : [.. best.Values.Where(pair => IsNumber(pair.Value)).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
        int rows = (options.Length + Columns - 1) / Columns;
        int height = Gap + TopHeight + Gap + (rows * (SmallHeight + Gap));
        var svg = new StringBuilder();
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Across}" height="{height}" viewBox="0 0 {Across} {height}" font-family="sans-serif" font-size="11">""");
        Add(svg, $"""<rect width="{Across}" height="{height}" fill="white"/>""");
        for (int model = 0; model < models.Length; model++)
        {
            Add(svg, $"""<text x="{Gap + 20 + (90 * model)}" y="20" fill="{Colours[model % Colours.Length]}">● {Escape(models[model])}</text>""");
        }

        Add(svg, $"""<text x="{Across - 20}" y="20" text-anchor="end" fill="#555">full: to the end · pale: ended early · ring: defaults · line: best so far</text>""");
        if (best is not null)
        {
            (double low, double high) = Limits(measured, best, metric);
            var top = new SweepPanel(Gap + 20, Gap, Across - Gap - 40, TopHeight, 1, Math.Max(2, trials.Count), low, high, false);
            top.Frame(svg, "trial", metric.Unit is null ? metric.Name : $"{metric.Name}, {metric.Unit}");
            Line(svg, top, trials, metric);
            Points(svg, top, measured, models, metric, trial => trial.Trial);
            for (int index = 0; index < options.Length; index++)
            {
                string option = options[index];
                SweepTrial[] own = [.. measured.Where(trial => trial.Model == best.Model && IsNumber(trial.Values[option]))];
                double[] values = [.. own.Select(trial => trial.Values[option].Deserialize<double>())];
                int width = (Across - Gap) / Columns;
                var panel = new SweepPanel(
                    Gap + 20 + (index % Columns * width),
                    Gap + TopHeight + Gap + (index / Columns * (SmallHeight + Gap)),
                    width - Gap,
                    SmallHeight,
                    values.Min(),
                    values.Max(),
                    low,
                    high,
                    values.Min() > 0 && values.Max() > 10 * values.Min());
                panel.Frame(svg, $"{best.Model}: {option}", "");
                Points(svg, panel, own, models, metric, trial => trial.Values[option].Deserialize<double>());
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Values far worse than the worse of the default and the median would press all others into a line: they lie on the edge.</summary>
    private static (double Low, double High) Limits(SweepTrial[] measured, SweepTrial best, SweepMetric metric)
    {
        double[] losses = [.. measured.Select(trial => metric.Loss(trial.Value!.Value)).Order()];
        double smallest = metric.Loss(best.Value!.Value);
        double worst = Math.Max(
            losses[losses.Length / 2], measured.Where(trial => trial.IsDefault).Select(trial => metric.Loss(trial.Value!.Value)).DefaultIfEmpty(smallest).Max());
        double edge = Math.Min(losses[^1], smallest + (2.5 * (worst - smallest)));
        double margin = Math.Max(0.05 * (edge - smallest), 1e-6 + (1e-3 * Math.Abs(smallest)));
        (double first, double last) = (Value(smallest - margin), Value(edge + margin));
        return first < last ? (first, last) : (last, first);

        double Value(double loss) => metric.IsHigherBetter ? 1 - loss : loss;
    }

    private static void Line(StringBuilder svg, SweepPanel panel, IReadOnlyList<SweepTrial> trials, SweepMetric metric)
    {
        var path = new StringBuilder();
        for (int index = 0; index < trials.Count; index++)
        {
            if (TrialTable.BestOf(trials.Take(index + 1), metric) is SweepTrial best)
            {
                string y = Text(panel.Y(best.Value!.Value));
                path.Append(path.Length == 0 ? $"M{Text(panel.X(index + 1))} {y}" : $"H{Text(panel.X(index + 1))}V{y}");
            }
        }

        Add(svg, $"""<path d="{path}" fill="none" stroke="#999"/>""");
    }

    private static void Points(
        StringBuilder svg, SweepPanel panel, IEnumerable<SweepTrial> trials, string[] models, SweepMetric metric, Func<SweepTrial, double> x)
    {
        foreach (SweepTrial trial in trials)
        {
            string colour = Colours[Array.IndexOf(models, trial.Model) % Colours.Length];
            string ring = trial.IsDefault ? """ stroke="black" stroke-width="2" """ : " ";
            string pale = trial.State == TrialState.Complete ? "" : """fill-opacity="0.3" """;
            string values = string.Join(", ", trial.Values.Select(pair => $"{pair.Key} {pair.Value}"));
            Add(svg, $"""<circle cx="{Text(panel.X(x(trial)))}" cy="{Text(panel.Y(trial.Value!.Value))}" r="4" fill="{colour}"{ring}{pale}><title>""");
            Add(svg, $"trial {trial.Trial}, {Escape(trial.Model)}{(trial.IsDefault ? ", defaults" : "")}: {metric.Name} {Text(trial.Value.Value)}\n{Escape(values)}</title></circle>");
        }
    }

    private static bool IsNumber(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number;

    private static void Add(StringBuilder svg, string line) => svg.Append(line).Append('\n');

    private static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
