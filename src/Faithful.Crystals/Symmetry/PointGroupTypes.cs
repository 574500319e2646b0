namespace Faithful.Crystals.Symmetry;

/// <summary>Tells point groups by how many rotations of each kind they have, which differs between all 32.</summary>
internal static class PointGroupTypes
{
    private static readonly Lazy<Dictionary<UInt128, int>> Numbers = new(Read);

    /// <summary>Gets the point group of some rotations.</summary>
    /// <param name="rotations">Whole-number matrices in any basis, each once; shape (at least count, 3, 3).</param>
    /// <param name="count">How many of them count.</param>
    /// <returns>The number of the point group, 1 to 32, or 0 where they are no point group.</returns>
    public static int NumberOf(ReadOnlySpan<int> rotations, int count)
    {
        UInt128 key = 0;
        for (var index = 0; index < count; index++)
        {
            key += UInt128.One << (10 * Kind(rotations.Slice(9 * index, 9)));
        }

        return Numbers.Value.GetValueOrDefault(key);
    }

    // 0 to 9 for -6, -4, -3, m, -1, 1, 2, 3, 4, 6: determinant and trace of a rotation do not depend on the basis.
    private static int Kind(ReadOnlySpan<int> rotation)
    {
        var determinant = (int)IntegerMatrix.Determinant(rotation);
        var trace = determinant * (rotation[0] + rotation[4] + rotation[8]);
        var order = trace switch { 3 => 0, -1 => 1, 0 => 2, 1 => 3, _ => 4 }; // 1, 2, 3, 4, 6
        return determinant > 0 ? 5 + order : 4 - order;
    }

    private static Dictionary<UInt128, int> Read()
    {
        var numbers = new Dictionary<UInt128, int>();
        for (var spaceGroup = SpaceGroups.Count; spaceGroup >= 1; spaceGroup--)
        {
            UInt128 key = 0;
            foreach (var rotation in SpaceGroupOperations.InStandardSetting(spaceGroup)
                .Select(operation => operation.Rotation)
                .DistinctBy(rotation => string.Join(' ', rotation)))
            {
                key += UInt128.One << (10 * Kind(rotation.AsSpan()));
            }

            numbers[key] = SpaceGroups.PointGroupNumber(spaceGroup);
        }

        return numbers.Count == SpaceGroups.PointGroupCount
            ? numbers
            : throw new InvalidOperationException($"spglib's table gives {numbers.Count} point groups instead of {SpaceGroups.PointGroupCount}.");
    }
}
