using System.Collections.Immutable;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Crystals.Tests;

public sealed class CrystalTests
{
    private static readonly Element Silicon = Element.FromSymbol("Si");

    [Fact]
    public void Positions_are_kept_as_given()
    {
        Vector3D[] positions = [new(-0.25, 1.5, 7), new(0.25, 0.5, -3)];
        var crystal = new Crystal(Lattice.Cubic(5), [Silicon, Silicon], positions);
        Assert.Equal(positions, crystal.FractionalPositions);
        positions[0] = default;
        Assert.Equal(new(-0.25, 1.5, 7), crystal.FractionalPositions[0]); // the caller's array is not the crystal's
    }

    [Fact]
    public void A_crystal_without_atoms_is_none() => Assert.Equal(
        InvalidCrystalProblem.NoAtoms,
        Assert.Throws<InvalidCrystalException>(() => new Crystal(Lattice.Cubic(5), [], Array.Empty<Vector3D>())).Problem);

    [Fact]
    public void Species_and_positions_must_be_as_many() => Assert.Equal(
        InvalidCrystalProblem.CountsDiffer,
        Assert.Throws<InvalidCrystalException>(() => new Crystal(Lattice.Cubic(5), [Silicon], [default, new Vector3D(0.5, 0, 0)])).Problem);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e7)]
    public void Positions_must_be_numbers_of_a_sensible_size(double component)
    {
        var exception = Assert.Throws<InvalidCrystalException>(() => new Crystal(Lattice.Cubic(5), [Silicon, Silicon], [default, new Vector3D(0.5, component, 0)]));
        Assert.Equal((InvalidCrystalProblem.NumberOutOfRange, 1), (exception.Problem, exception.FirstAtom));
    }

    [Theory]
    [InlineData(0.5, 0.5, 0.5)]
    [InlineData(1.5, -0.5, 0.5)]
    [InlineData(0.5005, 0.4995, 0.5)]
    public void Atoms_on_top_of_each_other_are_refused_whatever_cell_they_are_in(double x, double y, double z)
    {
        var exception = Assert.Throws<InvalidCrystalException>(() => new Crystal(
            Lattice.Cubic(4), [Silicon, Silicon, Silicon], [default, new(0.5, 0.5, 0.5), new Vector3D(x, y, z)]));
        Assert.Equal((InvalidCrystalProblem.AtomsTooClose, 1, 2), (exception.Problem, exception.FirstAtom, exception.SecondAtom));
    }

    [Fact]
    public void An_atom_may_not_lie_on_its_own_image()
    {
        var lattice = new Lattice(new(5, 0, 0), new(5.001, 0.001, 0), new(0, 0, 5));
        Assert.Equal(InvalidCrystalProblem.AtomsTooClose, Assert.Throws<InvalidCrystalException>(() => new Crystal(lattice, [Silicon], [default(Vector3D)])).Problem);
    }

    // The law: a crystal is refused exactly if a brute-force search over images finds two atoms too close.
    [Fact]
    public void The_closest_pair_is_found_in_cells_of_every_shape()
    {
        var found = 0;
        for (var seed = 0; seed < 600; seed++)
        {
            var random = new RandomCrystals(seed);
            var crystal = random.Crystal(random.Integer(1, 9), seed % 4, 1e-3);
            var limit = random.Uniform(0.2, 1.2);
            var expected = BruteForce.Neighbors(crystal, limit).Select(edge => edge.Distance).DefaultIfEmpty(double.PositiveInfinity).Min();
            if (crystal.Lattice.Reduction.A.Length < limit)
            {
                continue; // an image of the atom itself: another law
            }

            var close = CloseAtoms.Find(crystal.Lattice, crystal.FractionalPositions, limit);
            Assert.True(expected < limit == close is not null, $"seed {seed}");
            found += close is null ? 0 : 1;
        }

        Assert.InRange(found, 50, 550); // both outcomes occurred
    }

    // Many atoms are searched in another way than few.
    [Fact]
    public void The_closest_pair_is_found_among_many_atoms()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new RandomCrystals(seed);
            var lattice = random.Lattice(random.Uniform(2000, 8000), seed % 4);
            var positions = Enumerable.Range(0, 150).Select(_ => random.Vector(-1, 2)).ToImmutableArray();
            var closest = double.PositiveInfinity;
            for (var first = 0; first < positions.Length; first++)
            {
                for (var second = 0; second < first; second++)
                {
                    var pair = CloseAtoms.Find(lattice, [positions[first], positions[second]], 3);
                    closest = Math.Min(closest, pair?.Distance ?? closest);
                }
            }

            var close = CloseAtoms.Find(lattice, positions, 1.2 * closest);
            Assert.True(close is var (one, two, distance) && one < two && distance >= closest && distance < 1.2 * closest, $"seed {seed}");
            Assert.True(lattice.Reduction.A.Length < closest || CloseAtoms.Find(lattice, positions, closest) is null, $"seed {seed}");
        }
    }

    [Fact]
    public void Atoms_in_a_plane_take_no_longer_than_others()
    {
        var positions = Enumerable.Range(0, 90_000).Select(atom => new Vector3D(atom % 300 / 300.0, atom / 300 / 300.0, 0)).ToImmutableArray();
        Assert.Null(CloseAtoms.Find(Lattice.Tetragonal(300, 1000), positions, 0.5)); // more than a minute if each looked at each
        Assert.NotNull(CloseAtoms.Find(Lattice.Tetragonal(149, 1000), positions, 0.5));
    }

    [Theory]
    [InlineData("Si Si", "Si2", "Si")]
    [InlineData("Cl Na", "NaCl", "NaCl")]
    [InlineData("O O O Sr Ti", "SrTiO3", "SrTiO3")]
    [InlineData("Se Se Se Bi Bi Se Se Se Bi Bi", "Bi4Se6", "Bi2Se3")]
    [InlineData("O H H", "H2O", "H2O")]
    [InlineData("H H H H C", "CH4", "CH4")]
    [InlineData("C Si", "SiC", "SiC")]
    [InlineData("Ni Ni Ni Pt", "PtNi3", "PtNi3")]
    [InlineData("As Ga", "GaAs", "GaAs")]
    public void Formulas_put_the_electropositive_element_first(string species, string formula, string reduced)
    {
        var elements = species.Split(' ').Select(Element.FromSymbol).ToArray();
        var crystal = new Crystal(Lattice.Cubic(20), elements, elements.Select((_, index) => new Vector3D(0.09 * index, 0, 0)));
        Assert.Equal((formula, reduced), (crystal.Formula, crystal.ReducedFormula));
        Assert.Equal(formula, crystal.Permute([.. Enumerable.Range(0, crystal.Count).Reverse()]).Formula);
    }

    [Fact]
    public void Vectors_know_their_algebra()
    {
        var random = new RandomCrystals(1);
        for (var draw = 0; draw < 100; draw++)
        {
            var (u, v, w) = (random.Vector(-1, 1), random.Vector(-1, 1), random.Vector(-1, 1));
            Assert.Equal(0, u.Cross(v).Dot(u), 1e-12);
            Assert.Equal(u.Dot(v.Cross(w)), w.Dot(u.Cross(v)), 1e-12);
            Assert.True((u + v - v - u).Length < 1e-12 && ((2 * u) - (u * 4 / 2)).Length < 1e-12 && -u + u == Vector3D.Zero);
            Assert.Equal(u.LengthSquared, u.Length * u.Length, 1e-12);
            Assert.Equal((u.X, u.Y, u.Z), (u[0], u[1], u[2]));
            Assert.Throws<ArgumentOutOfRangeException>(() => u[3]);
        }
    }
}
