using System.Collections.Immutable;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Descriptors;

/// <summary>What point and space groups are like, by their numbers: International Tables for Crystallography A, chapters 1.4 and 3.2.</summary>
internal static class PointGroupFacts
{
    private static readonly ImmutableArray<int> Orders =
        [1, 2, 2, 2, 4, 4, 4, 8, 4, 4, 8, 8, 8, 8, 16, 3, 6, 6, 6, 12, 6, 6, 12, 12, 12, 12, 24, 12, 24, 24, 24, 48];

    private static readonly ImmutableArray<int> Centrosymmetric = [2, 5, 8, 11, 15, 17, 20, 23, 27, 29, 32];
    private static readonly ImmutableArray<int> Polar = [1, 3, 4, 7, 9, 13, 16, 19, 21, 25];
    private static readonly ImmutableArray<int> WithoutReflections = [1, 3, 6, 9, 12, 16, 18, 21, 24, 28, 30];

    // The 73 space groups with a site whose symmetry is the whole point group.
    private static readonly ImmutableArray<int> Symmorphic =
    [
        1, 2, 3, 5, 6, 8, 10, 12, 16, 21, 22, 23, 25, 35, 38, 42, 44, 47, 65, 69, 71, 75, 79, 81, 82, 83, 87, 89, 97, 99, 107, 111,
        115, 119, 121, 123, 139, 143, 146, 147, 148, 149, 150, 155, 156, 157, 160, 162, 164, 166, 168, 174, 175, 177, 183, 187, 189,
        191, 195, 196, 197, 200, 202, 204, 207, 209, 211, 215, 216, 217, 221, 225, 229,
    ];

    /// <summary>Gets the number of operations of a point group, 1 to 32.</summary>
    public static int Order(int pointGroup) => Orders[pointGroup - 1];

    /// <summary>Gets whether a point group holds the inversion.</summary>
    public static bool HasInversion(int pointGroup) => Centrosymmetric.Contains(pointGroup);

    /// <summary>Gets whether a point group leaves a direction alone, so that a crystal may be polarized.</summary>
    public static bool IsPolar(int pointGroup) => Polar.Contains(pointGroup);

    /// <summary>Gets whether a point group holds rotations only, so that a crystal may be chiral.</summary>
    public static bool HasRotationsOnly(int pointGroup) => WithoutReflections.Contains(pointGroup);

    /// <summary>Gets whether a space group is the product of its lattice and its point group.</summary>
    public static bool IsSymmorphic(int spaceGroup) => Symmorphic.Contains(spaceGroup);

    /// <summary>Gets the centring of the conventional cell from the first letter of a symbol: P 0, A, B or C 1, I 2, F 3, R 4.</summary>
    public static int Centring(char letter) => letter switch { 'P' => 0, 'A' or 'B' or 'C' => 1, 'I' => 2, 'F' => 3, 'R' => 4, _ => -1 };

    /// <summary>Gets the highest order of a rotation or rotoinversion in a point group.</summary>
    public static int HighestRotation(int pointGroup) => pointGroup switch
    {
        <= 2 => 1,
        <= 8 => 2,
        <= 15 => 4,
        <= 20 => 3,
        <= 27 => 6,
        28 or 29 => 3,
        _ => 4,
    };

    /// <summary>Gets the crystal system of a space group, 1 triclinic to 7 cubic.</summary>
    public static int System(int spaceGroup) => 1 + (int)SpaceGroups.CrystalSystem(spaceGroup);
}
