namespace Faithful.Crystals.Symmetry;

/// <summary>How far atoms may be from a symmetric arrangement.</summary>
public sealed record SymmetryOptions
{
    /// <summary>Gets the distance that an atom may lie off its symmetric place, in Å, positive. The default value is 0.1.</summary>
    public double DistanceTolerance { get; init; } = 0.1;

    /// <summary>
    /// Gets the angle that a basis vector may be off, in degrees, positive; −1 lets spglib derive it from the distance tolerance.
    /// The default value is 5.
    /// </summary>
    public double AngleTolerance { get; init; } = 5;

    /// <summary>
    /// Gets a value indicating whether primitive and conventional cells are idealized: turned to the standard orientation, with
    /// the atoms moved onto their symmetric places. The default value is false: the crystal stays exactly the same.
    /// </summary>
    public bool Idealize { get; init; }

    /// <summary>Checks all values.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names all that are.</exception>
    internal void Validate()
    {
        List<string> faults = [];
        if (!(DistanceTolerance > 0 && double.IsFinite(DistanceTolerance)))
        {
            faults.Add($"{nameof(DistanceTolerance)} must be positive and finite (Å)");
        }

        if (AngleTolerance != -1 && !(AngleTolerance is > 0 and < 180))
        {
            faults.Add($"{nameof(AngleTolerance)} must lie between 0 and 180 degrees, or be -1");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"{string.Join("; ", faults)}.");
        }
    }
}
