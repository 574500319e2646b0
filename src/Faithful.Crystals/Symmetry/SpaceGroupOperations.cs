using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Faithful.Crystals.Symmetry;

/// <summary>The operations of the space groups, from spglib's table. All methods may be called from many threads at once.</summary>
public static class SpaceGroupOperations
{
    // Translations of the International Tables are multiples of 1/24 in every setting; spglib's table has them with rounding errors.
    private const int TranslationDenominator = 24;

    private static readonly ConcurrentDictionary<int, ImmutableArray<SymmetryOperation>> Known = new();

    /// <summary>
    /// Gets the operations of a space group in its standard setting (unique axis b with cell choice 1, hexagonal axes, origin
    /// choice 2), centring translations included.
    /// </summary>
    /// <param name="spaceGroup">The number of the space group, 1 to 230.</param>
    /// <returns>1 to 192 operations, the identity first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such space group.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    public static ImmutableArray<SymmetryOperation> InStandardSetting(int spaceGroup)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spaceGroup, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spaceGroup, SpaceGroups.Count);
        return Known.GetOrAdd(spaceGroup, Read);
    }

    private static unsafe ImmutableArray<SymmetryOperation> Read(int spaceGroup)
    {
        Spglib.Require();
        var rotations = new int[9 * Spglib.MaximumOperations];
        var translations = new double[3 * Spglib.MaximumOperations];
        int count;
        fixed (int* rotation = rotations)
        fixed (double* translation = translations)
        {
            count = Spglib.spg_get_symmetry_from_database(rotation, translation, StandardSettings.HallNumber(spaceGroup));
        }

        if (count < 1)
        {
            throw new InvalidOperationException($"spglib's table has no operations for the space group {spaceGroup}.");
        }

        return
        [
            .. Enumerable.Range(0, count).Select(index => new SymmetryOperation(
                [.. rotations.AsSpan(9 * index, 9)],
                new(Fraction(translations[3 * index]), Fraction(translations[(3 * index) + 1]), Fraction(translations[(3 * index) + 2])))),
        ];
    }

    private static double Fraction(double translation)
    {
        var numerator = (int)Math.Round(translation * TranslationDenominator) % TranslationDenominator;
        return (double)((numerator + TranslationDenominator) % TranslationDenominator) / TranslationDenominator;
    }
}
