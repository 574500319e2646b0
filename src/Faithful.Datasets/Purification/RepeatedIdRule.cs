using System.Collections.Immutable;

namespace Faithful.Datasets.Purification;

/// <summary>
/// Removes what makes an id ambiguous: of rows that are the same throughout, all but one; of different crystals or labels under
/// one id, all of them, because neither is the right one by itself.
/// </summary>
public sealed class RepeatedIdRule : GroupRule
{
    /// <summary>Initializes a new instance of the <see cref="RepeatedIdRule"/> class.</summary>
    public RepeatedIdRule()
        : base("repeated_id", "the id occurs more than once")
    {
    }

    internal override MaterialRelation Relate(ImmutableArray<ExaminedCrystal> crystals, int threads, CancellationToken cancellationToken) =>
        new KeyRelation<string>(crystal => crystal.Record.Id);

    internal override GroupDecision Decide(IReadOnlyList<ExaminedCrystal> group, LabelComparison labels) =>
        group.Skip(1).All(other => IsSame(group[0], other))
            ? new(group[0], Describe(group))
            : new(null, $"{Describe(group)}, and the rows differ");

    private protected override string Describe(IReadOnlyList<ExaminedCrystal> group) => $"{group.Count} rows have this id";

    private static bool IsSame(ExaminedCrystal first, ExaminedCrystal second)
    {
        var (one, other) = (first.Crystal, second.Crystal);
        return one.Lattice.A == other.Lattice.A && one.Lattice.B == other.Lattice.B && one.Lattice.C == other.Lattice.C
            && one.Species.AsSpan().SequenceEqual(other.Species.AsSpan())
            && one.FractionalPositions.AsSpan().SequenceEqual(other.FractionalPositions.AsSpan())
            && first.Record.Labels.Count == second.Record.Labels.Count
            && first.Record.Labels.All(label => second.Record.Labels.TryGetValue(label.Key, out var value) && value == label.Value);
    }
}
