using Faithful.Datasets;

namespace Faithful.Cli.Composition;

/// <summary>The account of one part of a split.</summary>
internal sealed class SplitPart
{
    /// <summary>Counts a part.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="source">What was split.</param>
    /// <param name="rows">The rows of the part.</param>
    public SplitPart(string name, SplitSource source, IReadOnlyCollection<int> rows)
    {
        Name = name;
        Crystals = rows.Count;
        Fraction = source.Ids.Count == 0 ? 0 : (double)rows.Count / source.Ids.Count;
        Groups = rows.Select(row => source.Keys[row]).Distinct(StringComparer.Ordinal).Count();
        if (source.Task is not LearningTask task)
        {
            return;
        }

        Target[] targets = [.. rows.Select(row => source.Targets[row]).OfType<Target>()];
        Labelled = targets.Length;
        if (task.Kind == TargetKind.Classification)
        {
            int[] counts = new int[task.Classes.Length];
            foreach (Target target in targets)
            {
                counts[target.ClassIndex]++;
            }

            ClassCounts = counts;
        }
        else if (targets.Length > 0)
        {
            Mean = targets.Average(target => target.Value);
            Deviation = Math.Sqrt(targets.Average(target => Math.Pow(target.Value - Mean.Value, 2)));
        }
    }

    /// <summary>Gets the name of the part.</summary>
    public string Name { get; }

    /// <summary>Gets the number of crystals.</summary>
    public int Crystals { get; }

    /// <summary>Gets the part of all crystals, 0 to 1.</summary>
    public double Fraction { get; }

    /// <summary>Gets the number of groups.</summary>
    public int Groups { get; }

    /// <summary>Gets the number of crystals with a label for the task; null without a task.</summary>
    public int? Labelled { get; }

    /// <summary>Gets the number of crystals of each class in the order of the task's classes; null without a classification.</summary>
    public IReadOnlyList<int>? ClassCounts { get; }

    /// <summary>Gets the mean of a regression's target in its unit, or null.</summary>
    public double? Mean { get; }

    /// <summary>Gets the standard deviation of a regression's target in its unit, or null.</summary>
    public double? Deviation { get; }

    /// <summary>Counts all parts of a split.</summary>
    /// <param name="source">What was split.</param>
    /// <param name="split">The split.</param>
    /// <returns>Training, validation and test.</returns>
    public static IReadOnlyList<SplitPart> Of(SplitSource source, DataSplit split) =>
    [
        new("training", source, split.Training),
        new("validation", source, split.Validation),
        new("test", source, split.Test),
    ];
}
