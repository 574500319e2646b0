using System.Globalization;
using Faithful.Models;

namespace Faithful.Cli.Expansion;

/// <summary>The results of an expansion as the cells of tables, for the terminal and for a report.</summary>
internal static class ExpansionText
{
    /// <summary>Gets the headers of the table of a set.</summary>
    public static IReadOnlyList<string> SetHeaders =>
        ["model", "task", "crystals", "fallback", "trivial at r = 1", "trivial at the end", "topological for the model", "of them turn", "half by r", "99 % by r", "topological by label", "of them turn", "half by r"];

    /// <summary>Gets the table of a set.</summary>
    /// <param name="models">One result a model.</param>
    /// <returns>One text a header.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Set(IEnumerable<ModelExpansion> models) =>
    [
        .. models.Select(model => (string[])
        [
            model.Name,
            model.Task,
            Text(model.All.Crystals),
            Text(model.Fallbacks),
            Share(model.All.Share(0, model.Limit)),
            Share(model.All.Trivial()[^1]),
            Text(model.Predicted.Crystals),
            Share((double)model.Predicted.Turned / model.Predicted.Crystals),
            Factor(model.Predicted.MedianFactor),
            Factor(model.Predicted.Quantile(0.99)),
            Text(model.Labelled.Crystals),
            Share((double)model.Labelled.Turned / model.Labelled.Crystals),
            Factor(model.Labelled.MedianFactor),
        ]),
    ];

    /// <summary>Gets the headers of the table of one crystal.</summary>
    /// <param name="models">One result a model.</param>
    /// <returns>The factor and the models.</returns>
    public static IReadOnlyList<string> CrystalHeaders(IEnumerable<CrystalExpansion> models) => ["r", .. models.Select(model => model.Name)];

    /// <summary>Gets the table of one crystal.</summary>
    /// <param name="factors">The factors.</param>
    /// <param name="models">One result a model.</param>
    /// <returns>A row a factor.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Crystal(IReadOnlyList<double> factors, IReadOnlyList<CrystalExpansion> models) =>
    [
        .. factors.Select((factor, step) => (string[])[Factor(factor), .. models.Select(model => Answer(model.Task, model.Predictions[step]))]),
    ];

    /// <summary>Says from which factor on a crystal is trivial.</summary>
    /// <param name="factors">The factors.</param>
    /// <param name="model">The result of a model.</param>
    /// <returns>A sentence; null where the task has no atomic limit.</returns>
    public static string? Turning(IReadOnlyList<double> factors, CrystalExpansion model) => (model.AtomicLimit, model.Predictions[0].IsFallback, model.Turns) switch
    {
        (null, _, _) => null,
        (_, true, _) => $"{model.Name} cannot take the crystal",
        (string limit, _, null) => $"{model.Name} does not find the crystal {limit} at r = {Factor(factors[^1])}: it does not know the atomic limit",
        (string limit, _, 0) => $"{model.Name} finds the crystal {limit} at every r",
        (string limit, _, int turns) => $"{model.Name} finds the crystal {limit} from r = {Factor(factors[turns])} on",
    };

    private static string Answer(ModelTask task, Prediction prediction) => prediction.IsFallback ? "–"
        : task.Kind == TaskKind.Regression ? FormattableString.Invariant($"{prediction.Value:0.000} {task.Unit}")
        : FormattableString.Invariant($"{prediction.Class} {prediction.Confidence:0.00}");

    private static string Factor(double? factor) => factor is double known ? known.ToString("0.###", CultureInfo.InvariantCulture) : "–";

    private static string Share(double share) => double.IsNaN(share) ? "–" : share.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
