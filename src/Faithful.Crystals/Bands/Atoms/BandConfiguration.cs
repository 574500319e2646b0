using System.Collections.Immutable;

namespace Faithful.Crystals.Bands;

/// <summary>The electrons of the atoms that bands are made of, and the shells that take part in them.</summary>
/// <remarks>
/// These are the configurations of an atom in a solid rather than those of the free ground state: a transition metal has one s electron
/// and the others in its d shell (scandium 3d2 4s1), so that neighbours in a row differ by one d electron.
/// </remarks>
internal static class BandConfiguration
{
    private const int S = 0;
    private const int P = 1;
    private const int D = 2;
    private const int F = 3;

    // Each noble gas adds these shells to the one before it.
    private static readonly (int Electrons, (int Principal, int Azimuthal)[] Shells)[] NobleGases =
    [
        (2, [(1, S)]),
        (10, [(2, S), (2, P)]),
        (18, [(3, S), (3, P)]),
        (36, [(3, D), (4, S), (4, P)]),
        (54, [(4, D), (5, S), (5, P)]),
        (86, [(4, F), (5, D), (6, S), (6, P)]),
    ];

    /// <summary>Gets the occupied shells of a neutral atom, those of the noble-gas core first.</summary>
    /// <param name="atomicNumber">The atomic number, 1 to 96.</param>
    /// <returns>The shells; their electrons add up to the atomic number.</returns>
    public static ImmutableArray<ShellOccupation> Electrons(int atomicNumber)
    {
        var shells = ImmutableArray.CreateBuilder<ShellOccupation>();
        var (core, period) = (0, 1);
        foreach (var (electrons, added) in NobleGases)
        {
            if (electrons < atomicNumber)
            {
                shells.AddRange(added.Select(shell => new ShellOccupation(shell.Principal, shell.Azimuthal, Capacity(shell.Azimuthal))));
                (core, period) = (electrons, period + 1);
            }
        }

        var left = atomicNumber - core;
        foreach (var (principal, azimuthal, places) in Outside(atomicNumber, period, left))
        {
            var electrons = Math.Min(left, places);
            left -= electrons;
            if (electrons > 0)
            {
                shells.Add(new(principal, azimuthal, electrons));
            }
        }

        return shells.ToImmutable();
    }

    /// <summary>Gets the shells that an atom brings into bands: a minimal basis, with empty d and p shells of metals.</summary>
    /// <param name="atomicNumber">The atomic number, 1 to 96.</param>
    /// <returns>Their quantum numbers n and l.</returns>
    public static ImmutableArray<(int Principal, int Azimuthal)> Valence(int atomicNumber) => atomicNumber switch
    {
        <= 2 => [(1, S)],
        <= 10 => [(2, S), (2, P)],
        <= 18 => [(3, S), (3, P)],
        <= 30 => [(4, S), (4, P), (3, D)],
        <= 36 => [(4, S), (4, P)],
        <= 48 => [(5, S), (5, P), (4, D)],
        <= 54 => [(5, S), (5, P)],
        <= 80 => [(6, S), (6, P), (5, D)],
        <= 86 => [(6, S), (6, P)],
        _ => [(7, S), (7, P), (6, D), (5, F)],
    };

    /// <summary>Gets the number of electrons that an atom gives to bands.</summary>
    /// <param name="atomicNumber">The atomic number, 1 to 96.</param>
    /// <returns>Those in the shells of <see cref="Valence"/>; lanthanides give 3, but europium and ytterbium 2.</returns>
    /// <remarks>
    /// The 4f electrons of lanthanides stay in the core: they are localised, and an open 4f shell at the Fermi energy, as a local density
    /// without spin gives it, is an artefact. The count follows from the charge of the ion, 3+ or 2+ (half-filled and filled 4f).
    /// </remarks>
    public static double ValenceElectrons(int atomicNumber)
    {
        if (atomicNumber is >= 57 and <= 71)
        {
            return atomicNumber is 63 or 70 ? 2 : 3;
        }

        var valence = Valence(atomicNumber);
        return Electrons(atomicNumber).Where(shell => valence.Contains((shell.Principal, shell.Azimuthal))).Sum(shell => shell.Electrons);
    }

    /// <summary>Gets the covalent radius that confines the orbitals, in Å.</summary>
    /// <param name="element">The element.</param>
    /// <returns>The radius of B. Cordero et al., Dalton Trans. 2008, 2832; the mean of low and high spin for Mn, Fe and Co.</returns>
    public static double CovalentRadius(Element element) => element.AtomicNumber switch
    {
        25 => 1.50,
        26 => 1.42,
        27 => 1.38,
        _ => element.CovalentRadius,
    };

    private static int Capacity(int azimuthal) => 2 * ((2 * azimuthal) + 1);

    // The shells outside the core in the order in which they are filled, with the places that they offer.
    private static (int Principal, int Azimuthal, int Places)[] Outside(int atomicNumber, int n, int electrons) => (n, electrons) switch
    {
        ( <= 3, _) => [(n, S, 2), (n, P, 6)],
        (_, <= 2) => [(n, S, 2)],
        ( <= 5, <= 12) => [(n - 1, D, electrons >= 11 ? 10 : electrons - 1), (n, S, 2)],
        ( <= 5, _) => [(n - 1, D, 10), (n, S, 2), (n, P, 6)],
        (6, <= 16) or (7, _) => [(n - 2, F, InnerElectrons(atomicNumber, electrons)), (n, S, 2), (n - 1, D, 10)],
        (_, <= 26) => [(n - 2, F, 14), (n - 1, D, electrons - (electrons == 26 ? 16 : 15)), (n, S, 2)],
        _ => [(n - 2, F, 14), (n - 1, D, 10), (n, S, 2), (n, P, 6)],
    };

    // 4f and 5f electrons of lanthanides and actinides: mostly d1 s2 is left.
    private static int InnerElectrons(int atomicNumber, int electrons) => atomicNumber switch
    {
        63 => 7,
        70 => 14,
        90 => 0,
        94 => 5,
        95 => 7,
        _ => electrons - 3,
    };
}
