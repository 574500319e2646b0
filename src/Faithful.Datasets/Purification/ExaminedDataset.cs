using System.Collections.Immutable;

namespace Faithful.Datasets.Purification;

/// <summary>
/// A data set whose crystals have been examined one by one and against each other, which is the costly part and needs no label. It
/// can be purified by one label after the other at little cost. Immutable.
/// </summary>
public sealed class ExaminedDataset
{
    private readonly ImmutableArray<CrystalRule> crystalRules;
    private readonly ImmutableArray<(GroupRule Rule, MaterialRelation Relation)> groupRules;
    private readonly ImmutableArray<ExaminedCrystal> remaining;
    private readonly ImmutableArray<RejectedCrystal> rejected;
    private readonly ImmutableArray<SpaceGroupDifference> differences;
    private readonly int spaceGroupLabels;

    internal ExaminedDataset(
        PurificationOptions options,
        ImmutableArray<CrystalRule> crystalRules,
        ImmutableArray<(GroupRule Rule, MaterialRelation Relation)> groupRules,
        CrystalExamination examination)
    {
        Options = options;
        LabelColumns = examination.LabelColumns;
        this.crystalRules = crystalRules;
        this.groupRules = groupRules;
        remaining = examination.Remaining;
        rejected = examination.Rejected;
        differences = examination.Differences;
        spaceGroupLabels = examination.SpaceGroupLabels;
    }

    /// <summary>Gets the number of crystals.</summary>
    public int Read => remaining.Length + rejected.Length;

    /// <summary>Gets the options by which the crystals were examined.</summary>
    public PurificationOptions Options { get; }

    /// <summary>Gets the names of all label columns, in ordinal order.</summary>
    public ImmutableArray<string> LabelColumns { get; }

    /// <summary>Purifies the data set by a label.</summary>
    /// <param name="label">The label column by which duplicates are compared, or null when labels are not to be compared.</param>
    /// <returns>What is kept, and why the rest is not.</returns>
    /// <exception cref="LabelException">There are crystals, but none has such a label.</exception>
    public PurificationResult Purify(string? label)
    {
        if (label is not null && Read > 0 && !LabelColumns.Contains(label))
        {
            throw LabelException.NoLabel(label, Read, LabelColumns);
        }

        var labels = new LabelComparison(label, Options.LabelTolerance);
        var present = remaining.ToList();
        var removed = rejected.Select(crystal => (crystal.Index, crystal.Removal)).ToList();
        var materials = new Dictionary<string, int>();
        foreach (var (rule, relation) in groupRules)
        {
            var gone = new HashSet<int>();
            foreach (var group in relation.Groups(present))
            {
                materials[rule.Name] = materials.GetValueOrDefault(rule.Name) + 1;
                foreach (var (index, removal) in Condense(rule, group, labels))
                {
                    gone.Add(index);
                    removed.Add((index, removal));
                }
            }

            present.RemoveAll(crystal => gone.Contains(crystal.Index));
        }

        ImmutableArray<RemovedCrystal> removals = [.. removed.OrderBy(entry => entry.Index).Select(entry => entry.Removal)];
        ImmutableArray<ChangedCrystal> changed = [.. present.SelectMany(crystal => crystal.Changes)];
        var labelled = label is null
            ? 0
            : remaining.Count(crystal => labels.Of(crystal.Record) is not null) + rejected.Count(crystal => crystal.Labels.ContainsKey(label));
        return new PurificationResult
        {
            Label = label,
            Read = Read,
            Labelled = labelled,
            KeptLabelled = present.Count(crystal => labels.Of(crystal.Record) is not null),
            Kept = [.. present.Select(crystal => crystal.Record)],
            Removed = removals,
            Changed = changed,
            Rules = Summarize(removals, changed, materials),
            SpaceGroupLabelsCompared = spaceGroupLabels,
            SpaceGroupLabelDiffers = differences,
        };
    }

    private static IEnumerable<(int Index, RemovedCrystal Removal)> Condense(
        GroupRule rule, List<ExaminedCrystal> group, LabelComparison labels)
    {
        List<ExaminedCrystal> ordered = [.. group.OrderBy(crystal => crystal.Record.Id, NaturalOrder.Instance)];
        ImmutableArray<string> ids = [.. ordered.Select(crystal => crystal.Record.Id)];
        var (kept, reason) = rule.Decide(ordered, labels);
        for (var place = 0; place < ordered.Count; place++)
        {
            var crystal = ordered[place];
            if (!ReferenceEquals(crystal, kept))
            {
                yield return (crystal.Index, new RemovedCrystal(
                    crystal.Record.Id, crystal.Record.Origin, rule.Name, reason, ids.RemoveAt(place), kept?.Record.Id));
            }
        }
    }

    private ImmutableArray<RuleSummary> Summarize(
        ImmutableArray<RemovedCrystal> removed, ImmutableArray<ChangedCrystal> changed, Dictionary<string, int> materials)
    {
        var byRule = removed.ToLookup(removal => removal.Rule);
        var changedByRule = changed.ToLookup(change => change.Rule);
        return
        [
            .. crystalRules.Concat<PurificationRule>(groupRules.Select(entry => entry.Rule)).Select(rule => new RuleSummary(
                rule.Name,
                rule.Explanation,
                byRule[rule.Name].Count(),
                byRule[rule.Name].Count(removal => removal.IsContradiction),
                materials.GetValueOrDefault(rule.Name),
                changedByRule[rule.Name].Count())),
        ];
    }
}
