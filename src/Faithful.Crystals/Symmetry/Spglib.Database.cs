using System.Runtime.InteropServices;

namespace Faithful.Crystals.Symmetry;

/// <content>spglib's own table of space groups.</content>
internal static unsafe partial class Spglib
{
    /// <summary>The most operations that a setting of a space group has (cubic, face-centred).</summary>
    public const int MaximumOperations = 192;

    /// <param name="rotations">Room for 192 matrices of nine whole numbers, row by row.</param>
    /// <param name="translations">Room for 192 vectors.</param>
    /// <param name="hallNumber">1 to 530.</param>
    /// <returns>The number of operations, or 0.</returns>
    [LibraryImport(Name)]
    internal static partial int spg_get_symmetry_from_database(int* rotations, double* translations, int hallNumber);

    /// <param name="rotations">Matrices of nine whole numbers, row by row.</param>
    /// <param name="translations">Vectors in fractions.</param>
    /// <param name="count">The number of operations.</param>
    /// <param name="lattice">Its vectors as columns, Å, right-handed.</param>
    /// <param name="distanceTolerance">How far translations may be off, Å.</param>
    /// <returns>The space group, with the number 0 where spglib finds none.</returns>
    [LibraryImport(Name)]
    internal static partial SpglibSpaceGroupType spg_get_spacegroup_type_from_symmetry(
        int* rotations, double* translations, int count, double* lattice, double distanceTolerance);
}
