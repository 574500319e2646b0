using Faithful.Cli.Output;
using Faithful.Datasets;
using Faithful.Models;

namespace Faithful.Cli.Composition;

/// <summary>Makes the card of a model that answers a coarser task than it was trained for.</summary>
internal static class MergedCard
{
    /// <summary>Changes the task of a card.</summary>
    /// <param name="card">The card of the run.</param>
    /// <param name="coarser">The task, whose classes merge those of the run; null to change nothing.</param>
    /// <returns>The card, without calibration and measurements where the task is another.</returns>
    /// <exception cref="UsageException">The task does not merge the classes of the run, or may not see what the model was trained with.</exception>
    public static ModelCard Create(ModelCard card, LearningTask? coarser)
    {
        if (coarser is null)
        {
            return card;
        }

        ModelTask finer = card.Task;
        string[] labels = [.. coarser.RawLabels.Order(StringComparer.Ordinal)];
        if (coarser.Kind != TargetKind.Classification || labels.Length == coarser.Classes.Length || !labels.SequenceEqual(finer.Classes.Order(StringComparer.Ordinal)))
        {
            throw new UsageException(
                $"--as {coarser.Name}: expected a task that merges the classes of {finer.Name} ({List(finer.Classes)}), found one of {(labels.Length == 0 ? "numbers" : List(labels))}");
        }

        if (card.Preparation.UsesSymmetry && !coarser.UsesSymmetry)
        {
            throw new UsageException($"--as {coarser.Name}: expected a run without the symmetry, which the task asks for, found one with it");
        }

        var merge = new ClassMerge { Task = finer.Name, Classes = finer.Classes, Places = [.. finer.Classes.Select(Place)] };
        return card with
        {
            Task = coarser.ToModelTask(),
            MergedFrom = merge,
            Fallback = new FallbackPrediction { ClassFrequencies = [.. merge.Sum(card.Fallback.ClassFrequencies).Select(frequency => Math.Round(frequency, 9))] },
            Training = card.Training with
            {
                AtomicLimit = card.Training.AtomicLimit is AtomicLimitSummary limit ? limit with { Class = coarser.Classes[Place(limit.Class)] } : null,
            },
            Calibration = null,
            Metrics = new Dictionary<string, IReadOnlyDictionary<string, double>>(),
        };

        int Place(string label) => coarser.TryGetTarget("", new Dictionary<string, string> { [coarser.LabelColumn] = label }, null, out Target target)
            ? target.ClassIndex
            : throw new InvalidOperationException($"{label} is a raw label of {coarser.Name}");
    }

    private static string List(IReadOnlyList<string> names) => names.Count > 8 ? $"{string.Join(", ", names.Take(8))}, …" : string.Join(", ", names);
}
