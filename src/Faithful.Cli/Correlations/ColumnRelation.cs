using Faithful.Datasets;
using Faithful.Models.Relations;

namespace Faithful.Cli.Correlations;

/// <summary>How the labels of two tasks go together, over the crystals that have both.</summary>
internal sealed class ColumnRelation
{
    /// <summary>Measures two tasks.</summary>
    /// <param name="first">The first task.</param>
    /// <param name="second">The second task.</param>
    /// <param name="pairs">The targets of the crystals that have both, at least one.</param>
    /// <param name="seed">The seed of intervals.</param>
    public ColumnRelation(LearningTask first, LearningTask second, IReadOnlyList<(Target First, Target Second)> pairs, int seed)
    {
        bool isFirstClass = first.Kind == TargetKind.Classification, isSecondClass = second.Kind == TargetKind.Classification;
        if (!isFirstClass && isSecondClass)
        {
            // A class before a number, so that there is one order to write.
            (first, second) = (second, first);
            pairs = [.. pairs.Select(pair => (pair.Second, pair.First))];
            (isFirstClass, isSecondClass) = (true, false);
        }

        (First, Second, Crystals) = (first, second, pairs.Count);
        if (isSecondClass)
        {
            Table = new ContingencyTable(
                [.. pairs.Select(pair => pair.First.ClassIndex)], [.. pairs.Select(pair => pair.Second.ClassIndex)], first.Classes.Length, second.Classes.Length);
        }
        else if (isFirstClass)
        {
            Values = new GroupedValues(
                [.. pairs.Select(pair => pair.First.ClassIndex)], [.. pairs.Select(pair => pair.Second.Value)], first.Classes.Length, seed);
        }
        else
        {
            Numbers = new ValueCorrelation([.. pairs.Select(pair => pair.First.Value)], [.. pairs.Select(pair => pair.Second.Value)]);
        }
    }

    /// <summary>Gets the first task: a classification where one of the two is.</summary>
    public LearningTask First { get; }

    /// <summary>Gets the second task.</summary>
    public LearningTask Second { get; }

    /// <summary>Gets the number of crystals that have both labels.</summary>
    public int Crystals { get; }

    /// <summary>Gets the relation of two classifications; otherwise null.</summary>
    public ContingencyTable? Table { get; }

    /// <summary>Gets the relation of a class and a number; otherwise null.</summary>
    public GroupedValues? Values { get; }

    /// <summary>Gets the relation of two numbers; otherwise null.</summary>
    public ValueCorrelation? Numbers { get; }

    /// <summary>Gets what one label tells of the other, in nat; numbers count by the tenth in which they lie.</summary>
    public double MutualInformation => Table?.MutualInformation ?? Values?.MutualInformation ?? Numbers!.MutualInformation;

    /// <summary>Gets the measure of the relation: its name, and its value from 0 for none to 1.</summary>
    public (string Name, double Value) Strength => Table is not null ? ("Cramér's V", Table.CramersV)
        : Values is not null ? ("η²", Values.CorrelationRatioSquared)
        : ("Spearman's ρ", Numbers!.Spearman);
}
