using System.Collections.Immutable;

namespace Faithful.Datasets.Purification;

/// <summary>
/// A rule that finds the crystals of a data set that are one material. When their labels agree, one of them is kept; when they do
/// not, all of them go, because nobody can tell which label is wrong.
/// </summary>
public abstract class GroupRule : PurificationRule
{
    private protected GroupRule(string name, string explanation)
        : base(name, explanation)
    {
    }

    /// <summary>Finds out, once for a data set, which crystals are one material. Labels play no part in it.</summary>
    internal abstract MaterialRelation Relate(ImmutableArray<ExaminedCrystal> crystals, int threads, CancellationToken cancellationToken);

    /// <summary>Decides which crystal of a group is kept, if any.</summary>
    /// <param name="group">Two crystals or more, in the natural order of their ids.</param>
    /// <param name="labels">How labels are compared.</param>
    internal virtual GroupDecision Decide(IReadOnlyList<ExaminedCrystal> group, LabelComparison labels)
    {
        var labelled = group.Where(crystal => labels.Of(crystal.Record) is not null).ToList();
        if (!labels.Agree(labelled.Select(crystal => labels.Of(crystal.Record)!)))
        {
            var shown = string.Join(", ", labelled.Take(4).Select(crystal => $"{crystal.Record.Id} {labels.Of(crystal.Record)}"));
            return new(null, $"{Describe(group)}, but the labels differ: {shown}{(labelled.Count > 4 ? ", …" : "")}");
        }

        return new(labelled.Count > 0 ? labelled[0] : group[0], Describe(group));
    }

    /// <summary>Says what makes a group one material, for example <c>formula NaCl and space group 225</c>.</summary>
    private protected abstract string Describe(IReadOnlyList<ExaminedCrystal> group);
}
