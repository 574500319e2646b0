namespace Faithful.Crystals.Bands;

/// <summary>A subshell of an atom and the electrons in it, which may be a fraction.</summary>
/// <param name="Principal">The principal quantum number n.</param>
/// <param name="Azimuthal">The azimuthal quantum number l: 0 s, 1 p, 2 d, 3 f.</param>
/// <param name="Electrons">The number of electrons.</param>
internal readonly record struct ShellOccupation(int Principal, int Azimuthal, double Electrons);
