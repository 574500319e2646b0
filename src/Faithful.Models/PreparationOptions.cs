namespace Faithful.Models;

/// <summary>
/// How a crystal is brought into the form that a model takes. Stored in the model card, so that serving prepares a crystal
/// exactly as training did.
/// </summary>
public sealed record PreparationOptions
{
    /// <summary>Gets the radius within which atoms are neighbours, in Å; 0 for a model without edges. Range 0..20.</summary>
    public double Cutoff { get; init; }

    /// <summary>
    /// Gets whether the symmetry finder runs: the primitive cell is taken and the space group is filled in. Must be false for
    /// tasks whose answer that would give away. The default is false.
    /// </summary>
    public bool UsesSymmetry { get; init; }

    /// <summary>Gets the distance tolerance of the symmetry finder in Å. The default is 0.1, as the Materials Project uses.</summary>
    public double DistanceTolerance { get; init; } = 0.1;

    /// <summary>Gets the angle tolerance of the symmetry finder in degrees. The default is 5.</summary>
    public double AngleTolerance { get; init; } = 5;

    /// <summary>Gets the largest number of atoms (after reduction to the primitive cell) that the model takes. The default is 400.</summary>
    public int MaxAtoms { get; init; } = 400;

    /// <summary>Gets the largest number of edges that the model takes. The default is 100,000.</summary>
    public int MaxEdges { get; init; } = 100_000;

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (!(Cutoff is >= 0 and <= 20))
        {
            faults.Add($"Cutoff must lie in 0..20 Å, found {Cutoff}.");
        }

        if (!(DistanceTolerance is > 0 and <= 1))
        {
            faults.Add($"DistanceTolerance must lie in (0, 1] Å, found {DistanceTolerance}.");
        }

        if (MaxAtoms < 1)
        {
            faults.Add($"MaxAtoms must be at least 1, found {MaxAtoms}.");
        }

        if (MaxEdges < 1)
        {
            faults.Add($"MaxEdges must be at least 1, found {MaxEdges}.");
        }

        return faults;
    }
}
