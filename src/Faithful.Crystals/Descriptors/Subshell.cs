namespace Faithful.Crystals.Descriptors;

/// <summary>A subshell of an atom and the electrons in it, for example 3d6.</summary>
/// <param name="Principal">The principal quantum number n, 1 to 7.</param>
/// <param name="Azimuthal">The azimuthal quantum number l: 0 s, 1 p, 2 d, 3 f.</param>
/// <param name="Electrons">The number of electrons, 1 to <see cref="Capacity"/>.</param>
public readonly record struct Subshell(int Principal, int Azimuthal, int Electrons)
{
    /// <summary>The letters of the azimuthal quantum numbers 0 to 3.</summary>
    internal const string Letters = "spdf";

    /// <summary>Gets the number of electrons that a subshell of this kind can hold.</summary>
    public int Capacity => 2 * ((2 * Azimuthal) + 1);

    /// <summary>Gets the unpaired electrons by Hund's first rule: as many parallel spins as the orbitals allow.</summary>
    public int Unpaired => Math.Min(Electrons, Capacity - Electrons);

    /// <summary>Writes the subshell.</summary>
    /// <returns>For example <c>3d6</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Principal}{Letters[Azimuthal]}{Electrons}");
}
