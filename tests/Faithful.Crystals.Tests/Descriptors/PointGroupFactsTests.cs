using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Tests.Descriptors;

public sealed class PointGroupFactsTests
{
    // Everything follows from the operations of the standard setting.
    [Fact]
    public void Facts_about_point_groups_are_those_of_the_operations()
    {
        for (var spaceGroup = 1; spaceGroup <= SpaceGroups.Count; spaceGroup++)
        {
            var group = SpaceGroups.PointGroupNumber(spaceGroup);
            var rotations = SpaceGroupOperations.InStandardSetting(spaceGroup).Select(operation => operation.Rotation)
                .DistinctBy(rotation => string.Join(' ', rotation)).ToArray();
            Assert.Equal(rotations.Length, PointGroupFacts.Order(group));
            Assert.Equal(rotations.Any(rotation => rotation is [-1, 0, 0, 0, -1, 0, 0, 0, -1]), PointGroupFacts.HasInversion(group));
            Assert.Equal(rotations.All(rotation => IntegerMatrix.Determinant(rotation.AsSpan()) == 1), PointGroupFacts.HasRotationsOnly(group));

            // Polar: the sum of a vector's images does not vanish for all vectors.
            var sums = Enumerable.Range(0, 9).Select(entry => rotations.Sum(rotation => rotation[entry]));
            Assert.Equal(sums.Any(sum => sum != 0), PointGroupFacts.IsPolar(group));

            // The trace tells the order of a rotation: 3, -1, 0, 1, 2 for 1, 2, 3, 4, 6.
            var highest = rotations.Max(rotation =>
                ((int)IntegerMatrix.Determinant(rotation.AsSpan()) * (rotation[0] + rotation[4] + rotation[8])) switch { 3 => 1, -1 => 2, 0 => 3, 1 => 4, _ => 6 });
            Assert.Equal(highest, PointGroupFacts.HighestRotation(group));
        }
    }

    // Symmorphic: some point is a fixed point of one operation of each rotation. Such points lie on multiples of 1/24.
    [Fact]
    public void Symmorphic_groups_are_those_with_a_point_that_all_rotations_leave()
    {
        var symmorphic = Enumerable.Range(1, SpaceGroups.Count).Where(HasFixedPoint).ToArray();
        Assert.Equal(73, symmorphic.Length);
        Assert.Equal(symmorphic, Enumerable.Range(1, SpaceGroups.Count).Where(PointGroupFacts.IsSymmorphic));
    }

    private static bool HasFixedPoint(int spaceGroup)
    {
        var operations = SpaceGroupOperations.InStandardSetting(spaceGroup)
            .GroupBy(operation => string.Join(' ', operation.Rotation)).Select(group => group.ToArray()).ToArray();
        int[] steps = spaceGroup is >= 143 and <= 194 ? [0, 4, 8, 12, 16, 20] : [0, 3, 6, 9, 12, 15, 18, 21];
        foreach (var x in steps)
        {
            foreach (var y in steps)
            {
                foreach (var z in steps)
                {
                    var point = new Vector3D(x / 24.0, y / 24.0, z / 24.0);
                    if (operations.All(same => same.Any(operation => IsWhole(operation.Apply(point) - point))))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static bool IsWhole(Vector3D vector) =>
        Math.Abs(vector.X - Math.Round(vector.X)) + Math.Abs(vector.Y - Math.Round(vector.Y)) + Math.Abs(vector.Z - Math.Round(vector.Z)) < 1e-6;
}
