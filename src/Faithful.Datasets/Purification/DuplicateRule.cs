using System.Collections.Immutable;

namespace Faithful.Datasets.Purification;

/// <summary>Removes duplicates: crystals of one reduced formula and one space group, which is how the paper tells materials apart.</summary>
public sealed class DuplicateRule : GroupRule
{
    /// <summary>Initializes a new instance of the <see cref="DuplicateRule"/> class.</summary>
    public DuplicateRule()
        : base("duplicate", "formula and space group of another crystal")
    {
    }

    internal override MaterialRelation Relate(ImmutableArray<ExaminedCrystal> crystals, int threads, CancellationToken cancellationToken) =>
        new KeyRelation<(string Formula, int SpaceGroup)>(crystal => (crystal.Crystal.ReducedFormula, crystal.SpaceGroup));

    private protected override string Describe(IReadOnlyList<ExaminedCrystal> group) =>
        $"{group[0].Crystal.ReducedFormula} in the space group {group[0].SpaceGroup}, {group.Count} times";
}
