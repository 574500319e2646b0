using System.Globalization;
using Faithful.Cli.Evaluation;
using Faithful.Datasets;
using Faithful.Models;

namespace Faithful.Cli.Pretrained;

/// <summary>A list of models with their quality, for people.</summary>
internal static class ModelTable
{
    private const double Megabyte = 1e6;
    private const double SmallestShownWeight = 0.005; // what would be shown as 0.00

    /// <summary>Gets the headings; one that ends in <c>&gt;</c> has its column aligned to the right.</summary>
    public static IReadOnlyList<string> Headings { get; } =
        ["task", "model", "measured on", "quality (95 %)", "macro F1>", "calibration error>", "atomic limit", "parameters>", "MB>"];

    /// <summary>Gets the rows: tasks by name, in a task ensembles before their models.</summary>
    /// <param name="models">The models.</param>
    /// <returns>A cell a heading.</returns>
    public static IEnumerable<IReadOnlyList<string>> Rows(IEnumerable<ModelSummary> models) => Sorted(models).Select(Cells);

    /// <summary>Gets the table in Markdown.</summary>
    /// <param name="models">The models.</param>
    /// <returns>The table, without a line feed at the end.</returns>
    public static string Markdown(IEnumerable<ModelSummary> models)
    {
        string[] lines =
        [
            Line(Headings.Select(heading => heading.TrimEnd('>'))),
            Line(Headings.Select(heading => heading.EndsWith('>') ? "---:" : "---")),
            .. Rows(models).Select(Line),
        ];
        return string.Join('\n', lines);

        static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
    }

    private static IEnumerable<ModelSummary> Sorted(IEnumerable<ModelSummary> models) => models
        .OrderBy(model => model.Task.Name, StringComparer.Ordinal)
        .ThenBy(model => model.Members.Count == 0)
        .ThenBy(model => model.Name, StringComparer.Ordinal);

    private static string[] Cells(ModelSummary model) =>
    [
        model.Task.Name,
        model.Members.Count == 0 ? model.Name : $"{model.Name}: {Members(model)}",
        model.Measured(RecordedQuality.Crystals) is double crystals ? Invariant($"{crystals:N0} {Parts(model.Part!)} crystals") : model.Part is string part ? $"{part} part" : "",
        Quality(model),
        Number(model.Measured("macro_f1")),
        Number(model.Measured("calibration_error")),
        model.KnowsAtomicLimit ? "learned" : HasAtomicLimit(model.Task) ? "not learned" : "",
        model.Parameters > 0 ? Invariant($"{model.Parameters:N0}") : "",
        Invariant($"{model.Bytes / Megabyte:0.0}"),
    ];

    private static bool HasAtomicLimit(ModelTask task) => LearningTaskTable.Standard.TryFind(task.Name, out LearningTask? known) && known.AtomicLimit is not null;

    private static string Parts(string part) => part == "test" ? "held-out" : part;

    private static string Members(ModelSummary model) => string.Join(", ", model.Members.Zip(model.Weights)
        .Where(member => Math.Abs(member.Second) >= SmallestShownWeight)
        .OrderByDescending(member => member.Second)
        .Select(member => Invariant($"{Short(member.First, model.Task.Name)} {member.Second:0.00}")));

    private static string Short(string name, string task) => name.EndsWith($"-{task}", StringComparison.Ordinal) ? name[..^(task.Length + 1)] : name;

    private static string Quality(ModelSummary model)
    {
        if (model.Measured(model.Metric) is not double value)
        {
            return "not measured";
        }

        string interval = model.Measured(model.Metric + RecordedQuality.Low) is double low && model.Measured(model.Metric + RecordedQuality.High) is double high
            ? model.Metric == "mae" ? Invariant($" ({low:0.0000}–{high:0.0000})") : Invariant($" ({low:0.000}–{high:0.000})")
            : "";
        return model.Metric == "mae" ? Invariant($"MAE {value:0.0000}{interval} {model.Task.Unit}") : Invariant($"accuracy {value:0.000}{interval}");
    }

    private static string Number(double? value) => value is double number ? Invariant($"{number:0.000}") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
