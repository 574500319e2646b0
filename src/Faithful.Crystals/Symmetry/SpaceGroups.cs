using System.Collections.Immutable;
using Family = Faithful.Crystals.Symmetry.CrystalSystem; // the name alone means the method below

namespace Faithful.Crystals.Symmetry;

/// <summary>What the number of a space group (1..230) says without any crystal: International Tables for Crystallography A.</summary>
public static class SpaceGroups
{
    /// <summary>The number of space-group types.</summary>
    public const int Count = 230;

    /// <summary>The number of point-group types (crystal classes).</summary>
    public const int PointGroupCount = 32;

    // The first space group of each point group, with its Hermann-Mauguin symbol, in the order of the International Tables.
    private static readonly ImmutableArray<(string Symbol, int FirstSpaceGroup, Family System)> PointGroups =
    [
        ("1", 1, Family.Triclinic),
        ("-1", 2, Family.Triclinic),
        ("2", 3, Family.Monoclinic),
        ("m", 6, Family.Monoclinic),
        ("2/m", 10, Family.Monoclinic),
        ("222", 16, Family.Orthorhombic),
        ("mm2", 25, Family.Orthorhombic),
        ("mmm", 47, Family.Orthorhombic),
        ("4", 75, Family.Tetragonal),
        ("-4", 81, Family.Tetragonal),
        ("4/m", 83, Family.Tetragonal),
        ("422", 89, Family.Tetragonal),
        ("4mm", 99, Family.Tetragonal),
        ("-42m", 111, Family.Tetragonal),
        ("4/mmm", 123, Family.Tetragonal),
        ("3", 143, Family.Trigonal),
        ("-3", 147, Family.Trigonal),
        ("32", 149, Family.Trigonal),
        ("3m", 156, Family.Trigonal),
        ("-3m", 162, Family.Trigonal),
        ("6", 168, Family.Hexagonal),
        ("-6", 174, Family.Hexagonal),
        ("6/m", 175, Family.Hexagonal),
        ("622", 177, Family.Hexagonal),
        ("6mm", 183, Family.Hexagonal),
        ("-6m2", 187, Family.Hexagonal),
        ("6/mmm", 191, Family.Hexagonal),
        ("23", 195, Family.Cubic),
        ("m-3", 200, Family.Cubic),
        ("432", 207, Family.Cubic),
        ("-43m", 215, Family.Cubic),
        ("m-3m", 221, Family.Cubic),
    ];

    /// <summary>Gets the symbols of the 32 point groups; the point group with number n has index n − 1.</summary>
    public static IReadOnlyList<string> PointGroupSymbols { get; } = [.. PointGroups.Select(group => group.Symbol)];

    /// <summary>Gets the point group of a space group.</summary>
    /// <param name="spaceGroup">The number of the space group, 1 to 230.</param>
    /// <returns>The number of the point group, 1 to 32, in the order of the International Tables.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such space group.</exception>
    public static int PointGroupNumber(int spaceGroup)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spaceGroup, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spaceGroup, Count);
        var number = PointGroupCount;
        while (PointGroups[number - 1].FirstSpaceGroup > spaceGroup)
        {
            number--;
        }

        return number;
    }

    /// <summary>Gets the symbol of the point group of a space group.</summary>
    /// <param name="spaceGroup">The number of the space group, 1 to 230.</param>
    /// <returns>For example <c>m-3m</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such space group.</exception>
    public static string PointGroupSymbol(int spaceGroup) => PointGroups[PointGroupNumber(spaceGroup) - 1].Symbol;

    /// <summary>Gets the number of a point group from its symbol.</summary>
    /// <param name="symbol">For example <c>m-3m</c>.</param>
    /// <returns>1 to 32, or 0 if there is no such point group.</returns>
    public static int PointGroupNumberOf(string symbol)
    {
        for (var number = 1; number <= PointGroupCount; number++)
        {
            if (PointGroups[number - 1].Symbol == symbol)
            {
                return number;
            }
        }

        return 0;
    }

    /// <summary>Gets the crystal system of a space group.</summary>
    /// <param name="spaceGroup">The number of the space group, 1 to 230.</param>
    /// <returns>The crystal system.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such space group.</exception>
    public static Family CrystalSystem(int spaceGroup) => PointGroups[PointGroupNumber(spaceGroup) - 1].System;
}
