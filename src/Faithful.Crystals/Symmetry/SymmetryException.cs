namespace Faithful.Crystals.Symmetry;

/// <summary>spglib found no symmetry of a crystal that is consistent with the tolerances.</summary>
public sealed class SymmetryException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="SymmetryException"/> class.</summary>
    /// <param name="formula">The formula of the crystal's cell.</param>
    /// <param name="distanceTolerance">The distance tolerance of the search, Å.</param>
    /// <param name="reason">What spglib or the check of its result says.</param>
    public SymmetryException(string formula, double distanceTolerance, string reason)
        : base(FormattableString.Invariant($"{formula}: no symmetry found with a distance tolerance of {distanceTolerance} Å: {reason}"))
    {
        Formula = formula;
        DistanceTolerance = distanceTolerance;
        Reason = reason;
    }

    /// <summary>Gets the formula of the crystal's cell.</summary>
    public string Formula { get; }

    /// <summary>Gets the distance tolerance of the search, Å.</summary>
    public double DistanceTolerance { get; }

    /// <summary>Gets what spglib or the check of its result says.</summary>
    public string Reason { get; }
}
