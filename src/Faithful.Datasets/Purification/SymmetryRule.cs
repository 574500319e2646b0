using Faithful.Crystals.Symmetry;

namespace Faithful.Datasets.Purification;

/// <summary>Finds the space group, and removes crystals for which there is none.</summary>
public sealed class SymmetryRule : CrystalRule
{
    private readonly SymmetryOptions options;

    /// <summary>Initializes a new instance of the <see cref="SymmetryRule"/> class.</summary>
    /// <param name="options">The tolerances.</param>
    public SymmetryRule(SymmetryOptions options)
        : base("no_symmetry", Explain(options)) => this.options = options;

    /// <inheritdoc/>
    public override CrystalVerdict Judge(ExaminedCrystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        try
        {
            var symmetry = SymmetryFinder.Analyze(crystal.Crystal, options);
            var spaceGroup = symmetry.SpaceGroupNumber;
            return CrystalVerdict.Keep(crystal with { Symmetry = symmetry, SpaceGroup = spaceGroup, SpaceGroupAsRead = spaceGroup });
        }
        catch (SymmetryException exception)
        {
            return CrystalVerdict.Remove(exception.Reason);
        }
    }

    private static string Explain(SymmetryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return FormattableString.Invariant(
            $"spglib finds no space group within {options.DistanceTolerance} Å and {options.AngleTolerance}°");
    }
}
