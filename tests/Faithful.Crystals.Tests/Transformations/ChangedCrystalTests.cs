using Faithful.Crystals.Neighbors;
using Faithful.Crystals.Transformations;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Crystals.Tests.Transformations;

/// <summary>What makes another crystal: expansion, strain, substitution; and what no transformation does.</summary>
public sealed class ChangedCrystalTests
{
    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 60, Replay = "20264,7")]
    public void Expansion_multiplies_every_distance(SeededCrystal sample)
    {
        var factor = sample.Random().Uniform(0.9, 4);
        var expanded = sample.Crystal.Expand(factor);
        var (before, after) = (NeighborSearch.Find(sample.Crystal, 4), NeighborSearch.Find(expanded, 4 * factor));
        Assert.Equal(before.Count, after.Count);
        Assert.All(before.Distances.Zip(after.Distances), pair => Assert.Equal(factor * pair.First, pair.Second, 4 * Tolerances.Distance));
        Assert.Equal(Math.Pow(factor, 3), expanded.Lattice.Volume / sample.Crystal.Lattice.Volume, 1e-9 * Math.Pow(factor, 3));
        Assert.True((sample.Crystal.Lattice.Angles - expanded.Lattice.Angles).Length < 1e-5);
        Assert.Equal(sample.Crystal.FractionalPositions, expanded.FractionalPositions);
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 100, Replay = "20265,7")]
    public void Strain_moves_atoms_as_its_matrix_says(SeededCrystal sample)
    {
        var random = sample.Random();
        var (d, s) = (random.Vector(-0.1, 0.1), random.Vector(-0.1, 0.1));
        var strain = new StrainTensor(d.X, d.Y, d.Z, s.X, s.Y, s.Z);
        var strained = sample.Crystal.Strain(strain);
        for (var atom = 0; atom < strained.Count; atom++)
        {
            var v = sample.Crystal.CartesianPosition(atom);
            var moved = v + new Vector3D((d.X * v.X) + (s.Z * v.Y) + (s.Y * v.Z), (s.Z * v.X) + (d.Y * v.Y) + (s.X * v.Z), (s.Y * v.X) + (s.X * v.Y) + (d.Z * v.Z));
            Assert.True((moved - strained.CartesianPosition(atom)).Length < Tolerances.Distance);
        }

        Assert.Equal(strain.VolumeRatio, strained.Lattice.Volume / sample.Crystal.Lattice.Volume, 1e-9);
        Assert.Equal(strain, StrainTensor.FromVoigt(d.X, d.Y, d.Z, 2 * s.X, 2 * s.Y, 2 * s.Z));
        Assert.Equal(strain, StrainTensor.FromMatrix(new[,] { { d.X, s.Z, s.Y }, { s.Z, d.Y, s.X }, { s.Y, s.X, d.Z } }));

        // The same strain in every direction is an expansion, and none at all is the crystal itself.
        var even = sample.Crystal.Strain(new[,] { { 0.25, 0, 0 }, { 0, 0.25, 0 }, { 0, 0, 0.25 } });
        Assert.Equal(sample.Crystal.Expand(1.25).Lattice.B, even.Lattice.B);
        var same = sample.Crystal.Strain(StrainTensor.Zero).Lattice;
        Assert.Equal((sample.Crystal.Lattice.A, sample.Crystal.Lattice.B, sample.Crystal.Lattice.C), (same.A, same.B, same.C));
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 200, Replay = "20266,7")]
    public void Substitutions_compose_and_those_that_map_to_different_elements_have_an_inverse(SeededCrystal sample)
    {
        var random = sample.Random();
        var crystal = sample.Crystal;
        var order = random.Permutation(Element.Count);
        var (bijection, inverse) = (new Dictionary<Element, Element>(), new Dictionary<Element, Element>());
        for (var index = 0; index < Element.Count; index++)
        {
            bijection[Element.All[index]] = Element.All[order[index]];
            inverse[Element.All[order[index]]] = Element.All[index];
        }

        var second = Enumerable.Range(0, 60).Select(_ => random.Element()).Distinct().ToDictionary(element => element, _ => random.Element());
        var composed = bijection.ToDictionary(pair => pair.Key, pair => second.GetValueOrDefault(pair.Value, pair.Value));
        Assert.Equal(crystal.Species.AsEnumerable(), crystal.Substitute(bijection).Substitute(inverse).Species);
        Assert.Equal(crystal.Substitute(composed).Species.AsEnumerable(), crystal.Substitute(bijection).Substitute(second).Species);
        Assert.Equal(crystal.FractionalPositions, crystal.Substitute(bijection).FractionalPositions);

        var (from, to) = (crystal.Species[0], random.Element());
        var substituted = crystal.Substitute(from, to);
        for (var atom = 0; atom < crystal.Count; atom++)
        {
            Assert.Equal(crystal.Species[atom] == from ? to : crystal.Species[atom], substituted.Species[atom]);
        }
    }

    [Fact]
    public void Elements_may_change_places()
    {
        var (sodium, chlorine) = (Element.FromSymbol("Na"), Element.FromSymbol("Cl"));
        var salt = new Crystal(Lattice.Cubic(4), [sodium, chlorine, chlorine], [Vector3D.Zero, new(0.5, 0.5, 0.5), new(0.5, 0, 0)]);
        var swapped = salt.Substitute(new Dictionary<Element, Element> { [sodium] = chlorine, [chlorine] = sodium });
        Assert.Equal("Cl Na Na", string.Join(' ', swapped.Species));
        Assert.Equal("Na Na Na", string.Join(' ', salt.Substitute(chlorine, sodium).Species));
        Assert.Equal("Na Cl Cl", string.Join(' ', salt.Substitute(Element.FromSymbol("Fe"), sodium).Species));
    }

    [Fact]
    public void Supercells_of_any_shape_have_as_many_cells_as_the_determinant_says()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new RandomCrystals(seed);
            var crystal = random.Crystal(random.Integer(1, 4));
            var numbers = Enumerable.Range(0, 9).Select(_ => random.Integer(-3, 3)).ToArray();
            var cells = Math.Abs((int)IntegerMatrix.Determinant(numbers));
            if (cells == 0)
            {
                Assert.Throws<ArgumentException>(() => crystal.Supercell(IntegerMatrix.ToRows(numbers)));
                continue;
            }

            var supercell = crystal.Supercell(IntegerMatrix.ToRows(numbers));
            Assert.Equal(cells * crystal.Count, supercell.Count);

            // No two of the copies are the same atom: the constructor would refuse them.
            _ = new Crystal(supercell.Lattice, supercell.Species, supercell.FractionalPositions);
            for (var atom = 0; atom < supercell.Count; atom++)
            {
                var place = crystal.Lattice.ToFractional(supercell.CartesianPosition(atom)) - crystal.FractionalPositions[atom / cells];
                Assert.True((place - new Vector3D(Math.Round(place.X), Math.Round(place.Y), Math.Round(place.Z))).Length < 1e-7, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void A_diagonal_matrix_repeats_cells_along_the_basis_vectors()
    {
        var crystal = new RandomCrystals(5).Crystal(3);
        var (first, second) = (crystal.Supercell(2, 3, 1), crystal.Supercell(new[,] { { 2, 0, 0 }, { 0, 3, 0 }, { 0, 0, 1 } }));
        Assert.Equal(first.Species, second.Species.AsEnumerable());
        Assert.All(first.FractionalPositions.Zip(second.FractionalPositions), pair => Assert.True((pair.First - pair.Second).Length < 1e-12));
        Assert.Throws<ArgumentOutOfRangeException>(() => crystal.Supercell(new[,] { { 100_000, 0, 0 }, { 0, 100_000, 0 }, { 0, 0, 100_000 } }));
    }

    [Fact]
    public void What_is_no_change_is_refused()
    {
        var crystal = new RandomCrystals(7).Crystal(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => crystal.Expand(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => crystal.Expand(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => crystal.Expand(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => crystal.Expand(double.PositiveInfinity));
        Assert.Throws<InvalidCrystalException>(() => crystal.Expand(1e9));
        Assert.Throws<InvalidCrystalException>(() => crystal.Expand(0.001)); // atoms on top of each other
        Assert.Throws<ArgumentOutOfRangeException>(() => crystal.Strain(new StrainTensor(-1, 0, 0, 0, 0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => crystal.Strain(new StrainTensor(double.NaN, 0, 0, 0, 0, 0)));
        Assert.Throws<ArgumentException>(() => crystal.Strain(new[,] { { 0, 0.1, 0 }, { 0, 0, 0 }, { 0, 0, 0 } }));
        Assert.Throws<ArgumentException>(() => crystal.Strain(new double[2, 3]));
        Assert.Throws<ArgumentException>(() => StrainTensor.FromVoigt(1, 2, 3));
        Assert.Throws<ArgumentException>(() => crystal.Rotate(default(Rotation)));
    }

    [Fact]
    public void Results_that_break_a_promise_are_not_returned()
    {
        var (lattice, larger) = (Lattice.FromParameters(3, 4, 5, 80, 95, 100), Lattice.FromParameters(3, 4, 5.00001, 80, 95, 100));
        PostCondition.Volume("test", lattice, lattice, 1);
        PostCondition.Metric("test", lattice, new(2 * lattice.A, 2 * lattice.B, 2 * lattice.C), 2);
        var exception = Assert.Throws<TransformationException>(() => PostCondition.Volume("test", lattice, larger, 1));
        Assert.Equal(("test", $"test: expected {exception.Expected}, found {exception.Found}"), (exception.Transformation, exception.Message));
        Assert.Throws<TransformationException>(() => PostCondition.Volume("test", lattice, lattice, 2));
        Assert.Throws<TransformationException>(() => PostCondition.Metric("test", lattice, larger, 1));
        Assert.Throws<TransformationException>(() => PostCondition.Metric("test", lattice, new(-lattice.A, -lattice.B, -lattice.C), 1));
        Assert.Throws<TransformationException>(() => PostCondition.Count("test", new RandomCrystals(1).Crystal(2), 3));
    }
}
