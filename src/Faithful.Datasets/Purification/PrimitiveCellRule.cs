using Faithful.Crystals.Symmetry;

namespace Faithful.Datasets.Purification;

/// <summary>
/// Reduces cells that are not primitive to the standard primitive cell, with the atoms where they are (not idealized). Changes
/// crystals, and removes one only when spglib contradicts itself about its primitive cell.
/// </summary>
/// <remarks>
/// The average of a large cell over its translations can be more symmetric than the large cell, and lose another translation.
/// So the reduced cell is searched again, until it is primitive: its own space group is the one that counts, and a second
/// purification finds the same.
/// </remarks>
public sealed class PrimitiveCellRule : CrystalRule
{
    private readonly SymmetryOptions options;

    /// <summary>Initializes a new instance of the <see cref="PrimitiveCellRule"/> class.</summary>
    /// <param name="options">The tolerances.</param>
    public PrimitiveCellRule(SymmetryOptions options)
        : base("not_primitive", "not primitive: reduced to the standard primitive cell") =>
        this.options = (options ?? throw new ArgumentNullException(nameof(options))) with { Idealize = false };

    /// <inheritdoc/>
    public override CrystalVerdict Judge(ExaminedCrystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        try
        {
            var (reduced, symmetry) = (crystal.Crystal, crystal.Symmetry ?? SymmetryFinder.Analyze(crystal.Crystal, options));
            while (!symmetry.IsPrimitive && symmetry.StandardPrimitive.Count < reduced.Count)
            {
                reduced = symmetry.StandardPrimitive;
                symmetry = SymmetryFinder.Analyze(reduced, options);
            }

            if (reduced.Count == crystal.Crystal.Count)
            {
                return CrystalVerdict.Keep(crystal);
            }

            var group = symmetry.SpaceGroupNumber;
            var regrouped = group == crystal.SpaceGroup ? "" : $", space group {crystal.SpaceGroup} became {group}";
            var change = $"{crystal.Crystal.Count} atoms reduced to {reduced.Count}{regrouped}";
            return CrystalVerdict.Keep(crystal with
            {
                Record = crystal.Record with { Crystal = reduced },
                Symmetry = symmetry,
                SpaceGroup = group,
                Changes = crystal.Changes.Add(new(crystal.Record.Id, crystal.Record.Origin, Name, change)),
            });
        }
        catch (SymmetryException exception)
        {
            return CrystalVerdict.Remove(exception.Reason);
        }
    }
}
