using Faithful.Crystals;
using Faithful.Crystals.Transformations;

namespace Faithful.Testing;

/// <summary>Seeded random crystals and transformations: the same seed gives the same things on every machine.</summary>
/// <param name="seed">The seed.</param>
public sealed class RandomCrystals(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>Gets a number in [0, 1).</summary>
    public double Uniform() => random.NextDouble();

    /// <summary>Gets a number between two others.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>Gets a whole number from low to high, both included.</summary>
    public int Integer(int low, int high) => random.Next(low, high + 1);

    /// <summary>Gets three numbers between two others.</summary>
    public Vector3D Vector(double low, double high) => new(Uniform(low, high), Uniform(low, high), Uniform(low, high));

    /// <summary>
    /// Gets a lattice of a given volume. Skew 0 gives compact cells, either right- or left-handed; each further step shears the
    /// cell by up to two basis vectors, so that 3 gives cells whose angles are some degrees and whose planes are closer than atoms.
    /// </summary>
    /// <param name="volume">Å³.</param>
    /// <param name="skew">0 to 4.</param>
    public Lattice Lattice(double volume, int skew = 0)
    {
        while (true)
        {
            Vector3D[] rows = [new(1, 0, 0), new(0, Uniform(0.6, 1.6), 0), new(0, 0, Uniform(0.6, 1.6))];
            rows = [.. rows.Select(row => row + Vector(-0.35, 0.35))];
            for (var step = 0; step < skew; step++)
            {
                var target = Integer(0, 2);
                rows[target] += Uniform(-2, 2) * rows[(target + Integer(1, 2)) % 3];
            }

            var determinant = rows[0].Dot(rows[1].Cross(rows[2]));
            var product = rows[0].Length * rows[1].Length * rows[2].Length;
            if (Math.Abs(determinant) > 1e-4 * product)
            {
                var scale = Math.Cbrt(volume / Math.Abs(determinant));
                var rotation = Rotation();
                return new(rotation.Apply(rows[0] * scale), rotation.Apply(rows[1] * scale), rotation.Apply(rows[2] * scale));
            }
        }
    }

    /// <summary>Gets a crystal without symmetry: random lattice, species and positions, some of them outside the cell.</summary>
    /// <param name="atoms">The number of atoms; 0 for a random one from 1 to 12.</param>
    /// <param name="skew">How skewed the cell is, 0 to 4; −1 for a random choice.</param>
    /// <param name="minimumDistance">How close two atoms may be, Å.</param>
    public Crystal Crystal(int atoms = 0, int skew = -1, double minimumDistance = 0.8)
    {
        atoms = atoms > 0 ? atoms : Integer(1, 12);
        while (true)
        {
            var lattice = Lattice(atoms * Uniform(8, 30), skew >= 0 ? skew : Integer(0, 3));
            var kinds = Integer(1, 4);
            var palette = Enumerable.Range(0, kinds).Select(_ => Element()).ToArray();
            var species = Enumerable.Range(0, atoms).Select(_ => palette[Integer(0, kinds - 1)]).ToArray();
            var positions = Enumerable.Range(0, atoms).Select(_ => Vector(-1.5, 2.5)).ToArray();
            try
            {
                var crystal = new Crystal(lattice, species, positions);
                if (Faithful.Crystals.Neighbors.NeighborSearch.Find(crystal, minimumDistance).Count == 0)
                {
                    return crystal;
                }
            }
            catch (InvalidCrystalException)
            {
                // Atoms on top of each other: draw again.
            }
        }
    }

    /// <summary>Gets a rotation, uniform over all of them.</summary>
    public Rotation Rotation()
    {
        while (true)
        {
            // A point of the unit ball in four dimensions, so that no direction is preferred.
            var (w, x, y, z) = (Uniform(-1, 1), Uniform(-1, 1), Uniform(-1, 1), Uniform(-1, 1));
            if ((w * w) + (x * x) + (y * y) + (z * z) is > 0.01 and <= 1)
            {
                return Faithful.Crystals.Transformations.Rotation.FromQuaternion(w, x, y, z);
            }
        }
    }

    /// <summary>Gets an integer matrix of determinant 1 or −1: another basis of the same lattice.</summary>
    /// <param name="steps">How many elementary operations it is made of; more give more skewed cells.</param>
    public int[,] UnimodularMatrix(int steps = 4)
    {
        int[,] matrix = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
        for (var step = 0; step < steps; step++)
        {
            var target = Integer(0, 2);
            var source = (target + Integer(1, 2)) % 3;
            var kind = Integer(0, 4);
            for (var column = 0; column < 3; column++)
            {
                if (kind == 0)
                {
                    (matrix[target, column], matrix[source, column]) = (matrix[source, column], matrix[target, column]);
                }
                else if (kind == 1)
                {
                    matrix[target, column] = -matrix[target, column];
                }
                else
                {
                    matrix[target, column] += (kind == 2 ? -1 : 1) * matrix[source, column];
                }
            }
        }

        return matrix;
    }

    /// <summary>Gets the numbers from 0 to count − 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        random.Shuffle(order);
        return order;
    }

    /// <summary>Gets any of the 118 elements.</summary>
    public Element Element() => Faithful.Crystals.Element.All[Integer(0, Faithful.Crystals.Element.Count - 1)];

    /// <summary>
    /// Describes a crystal otherwise: rotated, about another origin, with its atoms in another order, in another basis of the
    /// same lattice, with atoms in other cells. It is still the same crystal, so every invariant must stay.
    /// </summary>
    /// <param name="crystal">The crystal.</param>
    public Crystal Redescribe(Crystal crystal) => crystal
        .Rotate(Rotation())
        .Translate(Vector(-1, 1))
        .Permute(Permutation(crystal.Count))
        .ChangeBasis(UnimodularMatrix());
}
