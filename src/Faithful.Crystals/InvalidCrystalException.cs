namespace Faithful.Crystals;

/// <summary>A lattice or a crystal that cannot exist was to be constructed.</summary>
public sealed class InvalidCrystalException : ArgumentException
{
    /// <summary>Initializes a new instance of the <see cref="InvalidCrystalException"/> class.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="expected">What a valid value looks like, without a full stop.</param>
    /// <param name="found">What was found instead.</param>
    /// <param name="firstAtom">The zero-based index of the atom concerned, or −1.</param>
    /// <param name="secondAtom">The zero-based index of the other atom concerned, or −1.</param>
    public InvalidCrystalException(InvalidCrystalProblem problem, string expected, string found, int firstAtom = -1, int secondAtom = -1)
        : base($"expected {expected}, found {found}")
    {
        Problem = problem;
        Expected = expected;
        Found = found;
        FirstAtom = firstAtom;
        SecondAtom = secondAtom;
    }

    /// <summary>Gets what is wrong.</summary>
    public InvalidCrystalProblem Problem { get; }

    /// <summary>Gets what a valid value looks like.</summary>
    public string Expected { get; }

    /// <summary>Gets what was found instead.</summary>
    public string Found { get; }

    /// <summary>Gets the zero-based index of the atom concerned, or −1.</summary>
    public int FirstAtom { get; }

    /// <summary>Gets the zero-based index of the other atom concerned, or −1.</summary>
    public int SecondAtom { get; }
}
