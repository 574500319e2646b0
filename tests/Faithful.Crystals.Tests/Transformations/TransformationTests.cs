using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Transformations;

public sealed class TransformationTests
{
    [Fact]
    public void Wrapping_moves_atoms_by_whole_cells_into_the_cell()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var crystal = new RandomCrystals(seed).Crystal();
            var wrapped = crystal.Wrap();
            Assert.Same(wrapped, wrapped.Wrap());
            for (var atom = 0; atom < crystal.Count; atom++)
            {
                for (var axis = 0; axis < 3; axis++)
                {
                    var moved = wrapped.FractionalPositions[atom][axis] - crystal.FractionalPositions[atom][axis];
                    Assert.Equal(Math.Round(moved), moved, 1e-12);
                    Assert.True(wrapped.FractionalPositions[atom][axis] is >= 0 and < 1);
                }
            }
        }
    }

    [Theory]
    [InlineData(-1e-17, 0)] // its remainder rounds to 1, which is outside
    [InlineData(1, 0)]
    [InlineData(-0.0, 0)]
    [InlineData(-0.25, 0.75)]
    [InlineData(0.999999, 0.999999)]
    public void The_cell_is_closed_below_and_open_above(double fraction, double wrapped) =>
        Assert.Equal(wrapped, new Crystal(Lattice.Cubic(3), [Element.All[0]], [new Vector3D(fraction, 0, 0)]).Wrap().FractionalPositions[0].X);

    [Fact]
    public void Canonical_order_does_not_depend_on_the_order_given()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new RandomCrystals(seed);
            var crystal = random.Crystal();
            var canonical = crystal.InCanonicalOrder();
            var again = crystal.Permute(random.Permutation(crystal.Count)).InCanonicalOrder();
            Assert.Equal(canonical.Species.AsEnumerable(), again.Species);
            Assert.Equal(canonical.FractionalPositions.AsEnumerable(), again.FractionalPositions);
            Assert.Equal(canonical.FractionalPositions.AsEnumerable(), crystal.Permute(crystal.CanonicalOrder()).FractionalPositions);

            var counts = canonical.Species.GroupBy(element => element).ToDictionary(group => group.Key, group => group.Count());
            for (var atom = 1; atom < canonical.Count; atom++)
            {
                var (before, after) = (canonical.Species[atom - 1], canonical.Species[atom]);
                Assert.True((-counts[before], before.AtomicNumber).CompareTo((-counts[after], after.AtomicNumber)) <= 0);
                if (before == after)
                {
                    var wrapped = canonical.Wrap().FractionalPositions;
                    var (p, q) = (wrapped[atom - 1], wrapped[atom]);
                    Assert.True((p.X, p.Y, p.Z).CompareTo((q.X, q.Y, q.Z)) < 0);
                }
            }
        }
    }

    [Fact]
    public void A_change_of_basis_keeps_every_atom_in_its_place()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new RandomCrystals(seed);
            var crystal = random.Crystal();
            var changed = crystal.ChangeBasis(random.UnimodularMatrix(6));
            Assert.Equal(crystal.Lattice.Volume, changed.Lattice.Volume, 1e-6 * crystal.Lattice.Volume);
            for (var atom = 0; atom < crystal.Count; atom++)
            {
                Assert.True((crystal.CartesianPosition(atom) - changed.CartesianPosition(atom)).Length < Tolerances.Distance, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void A_rotation_keeps_lengths_angles_and_the_hand()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new RandomCrystals(seed);
            var crystal = random.Crystal();
            var rotation = random.Rotation();
            var rotated = crystal.Rotate(rotation.Row1, rotation.Row2, rotation.Row3);
            Assert.True((crystal.Lattice.Lengths - rotated.Lattice.Lengths).Length < Tolerances.Distance);
            Assert.True((crystal.Lattice.Angles - rotated.Lattice.Angles).Length < 1e-6);
            Assert.Equal(crystal.Lattice.IsRightHanded, rotated.Lattice.IsRightHanded);
            Assert.True((rotation.Apply(crystal.CartesianPosition(0)) - rotated.CartesianPosition(0)).Length < Tolerances.Distance);
        }
    }

    [Fact]
    public void A_supercell_has_the_density_and_composition_of_the_cell()
    {
        var crystal = new RandomCrystals(5).Crystal(4);
        var super = crystal.Supercell(2, 3, 1);
        Assert.Equal(24, super.Count);
        Assert.Equal(crystal.ReducedFormula, super.ReducedFormula);
        Assert.Equal(crystal.VolumePerAtom, super.VolumePerAtom, 1e-9);
        Assert.True((crystal.CartesianPosition(2) - super.CartesianPosition(12)).Length < Tolerances.Distance);
    }

    [Fact]
    public void Two_inversions_are_none()
    {
        var crystal = new RandomCrystals(6).Crystal(5);
        Assert.Equal(crystal.FractionalPositions.AsEnumerable(), crystal.Invert().Invert().FractionalPositions);
    }

    [Fact]
    public void What_is_no_transformation_is_refused()
    {
        var crystal = new RandomCrystals(7).Crystal(3);
        Assert.Throws<ArgumentException>(() => crystal.Permute([0, 1]));
        Assert.Throws<ArgumentException>(() => crystal.Permute([0, 1, 1]));
        Assert.Throws<ArgumentException>(() => crystal.Permute([0, 1, 3]));
        Assert.Throws<ArgumentException>(() => crystal.ChangeBasis(new[,] { { 2, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } }));
        Assert.Throws<ArgumentException>(() => crystal.ChangeBasis(new[,] { { 1, 0 }, { 0, 1 } }));
        Assert.Throws<ArgumentException>(() => crystal.Rotate(new(1, 0, 0), new(0, 1, 0), new(0, 0, -1)));
        Assert.Throws<ArgumentException>(() => crystal.Rotate(new(2, 0, 0), new(0, 0.5, 0), new(0, 0, 1)));
        Assert.Throws<ArgumentException>(() => Rotation.FromQuaternion(0, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => crystal.Supercell(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => crystal.Supercell(100_000, 100_000, 100_000));
        Assert.Throws<InvalidCrystalException>(() => crystal.Translate(new(double.NaN, 0, 0)));
    }
}
