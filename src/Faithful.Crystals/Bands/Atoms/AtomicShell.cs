namespace Faithful.Crystals.Bands;

/// <summary>A shell of orbitals that an atom brings into bands. Immutable.</summary>
internal sealed class AtomicShell
{
    /// <summary>Gets the principal quantum number n.</summary>
    public required int Principal { get; init; }

    /// <summary>Gets the azimuthal quantum number l.</summary>
    public required int Azimuthal { get; init; }

    /// <summary>Gets the eigenvalue in the free atom in hartree.</summary>
    public required double Energy { get; init; }

    /// <summary>Gets the eigenvalue in the confined atom in hartree, with the confining potential.</summary>
    public required double ConfinedEnergy { get; init; }

    /// <summary>Gets the constant ξ of the spin-orbit coupling ξ L·S in hartree; 0 for s shells.</summary>
    /// <remarks>
    /// Of an orbital that is confined to three covalent radii. Confinement raises the density close to the nucleus: at 1.7 radii ξ of p shells
    /// is 1.5 (halogens) to 3 (group 13) times that of the free atom, in solids little more than once.
    /// </remarks>
    public required double SpinOrbit { get; init; }

    /// <summary>Gets the number of electrons in the free atom.</summary>
    public required double Occupation { get; init; }

    /// <summary>Gets the radial function R(r) of the confined atom in bohr^(−3/2), positive outside, on the <see cref="LogarithmicGrid"/>.</summary>
    public required double[] Radial { get; init; }
}
