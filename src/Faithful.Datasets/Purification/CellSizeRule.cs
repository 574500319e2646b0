namespace Faithful.Datasets.Purification;

/// <summary>Removes crystals with too many atoms in the primitive cell.</summary>
public sealed class CellSizeRule : CrystalRule
{
    private readonly int maximumAtoms;

    /// <summary>Initializes a new instance of the <see cref="CellSizeRule"/> class.</summary>
    /// <param name="maximumAtoms">The most atoms.</param>
    public CellSizeRule(int maximumAtoms)
        : base("too_many_atoms", $"the primitive cell has more than {maximumAtoms} atoms") => this.maximumAtoms = maximumAtoms;

    /// <inheritdoc/>
    public override CrystalVerdict Judge(ExaminedCrystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        return crystal.Crystal.Count <= maximumAtoms
            ? CrystalVerdict.Keep(crystal)
            : CrystalVerdict.Remove($"{crystal.Crystal.Count} atoms in the primitive cell");
    }
}
