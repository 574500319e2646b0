using System.Collections.Immutable;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Bands;

/// <summary>
/// A primitive cell whose lattice and atoms are the means of what its operations make of them: symmetric to rounding errors, and the same
/// however the crystal was described. spglib idealizes cells too, but along the axes that it has chosen.
/// </summary>
internal sealed class SymmetrizedCell
{
    private const int MostRounds = 100;
    private const double Exact = 1e-13; // fractions

    private readonly ImmutableArray<Element> species;
    private Lattice lattice;

    private SymmetrizedCell(Crystal crystal, int[] rotations, double[] translations)
    {
        species = crystal.Species;
        lattice = crystal.Lattice;
        Rotations = rotations;
        Translations = translations;
        Positions = [.. crystal.FractionalPositions.SelectMany(position => new[] { position.X, position.Y, position.Z })];
        Images = new int[Count * species.Length];
    }

    /// <summary>Gets the number of operations.</summary>
    public int Count => Translations.Length / 3;

    /// <summary>Gets the matrices for columns of fractions; shape (operations, 3, 3).</summary>
    public int[] Rotations { get; }

    /// <summary>Gets the translations in fractions; shape (operations, 3).</summary>
    public double[] Translations { get; }

    /// <summary>Gets the atoms in fractions; shape (atoms, 3).</summary>
    public double[] Positions { get; }

    /// <summary>Gets the atom on which each atom falls; shape (operations, atoms).</summary>
    public int[] Images { get; }

    /// <summary>Finds the operations of a primitive cell, in a reduced basis, and makes it symmetric.</summary>
    /// <param name="primitive">The crystal.</param>
    /// <param name="options">The tolerances.</param>
    /// <returns>The cell; null where its operations do not exchange its atoms one by one.</returns>
    /// <exception cref="SymmetryException">There is no symmetry with these tolerances.</exception>
    public static SymmetrizedCell? Find(Crystal primitive, SymmetryOptions options)
    {
        var reduction = primitive.Lattice.Reduction;
        var sign = reduction.A.Dot(reduction.B.Cross(reduction.C)) > 0 ? 1 : -1;
        var lattice = new Lattice(sign * reduction.A, sign * reduction.B, sign * reduction.C);
        var reduced = new Crystal(
            lattice, primitive.Species, primitive.FractionalPositions.Select(position => lattice.ToFractional(primitive.Lattice.ToCartesian(position))));
        if (OperationSearch.Find(reduced, options) is { } found)
        {
            // The search has a reduced basis of its own.
            var basis = found.Basis;
            var own = new Crystal(
                new Lattice(new(basis[0], basis[1], basis[2]), new(basis[3], basis[4], basis[5]), new(basis[6], basis[7], basis[8])),
                reduced.Species,
                Enumerable.Range(0, reduced.Count).Select(atom => At(found.Positions, atom)));
            return Symmetrize(own, found.Rotations.ToArray(), found.TranslationFractions.ToArray());
        }

        var (rotations, translations) = SymmetryFinder.FindOperations(reduced, options);
        return Symmetrize(reduced, rotations, translations);
    }

    /// <summary>Gets the crystal.</summary>
    /// <returns>The crystal in this cell.</returns>
    public Crystal ToCrystal() => new(lattice, species, Enumerable.Range(0, species.Length).Select(atom => At(Positions, atom)));

    private static Vector3D At(ReadOnlySpan<double> positions, int atom) => new(positions[3 * atom], positions[(3 * atom) + 1], positions[(3 * atom) + 2]);

    private static SymmetrizedCell? Symmetrize(Crystal crystal, int[] rotations, double[] translations)
    {
        var cell = new SymmetrizedCell(crystal, rotations, translations);
        if (!cell.FindImages())
        {
            return null;
        }

        cell.AverageLattice();
        for (var round = 0; round < MostRounds && cell.AveragePositions() > Exact; round++)
        {
        }

        return cell;
    }

    private bool FindImages()
    {
        var atoms = species.Length;
        for (var operation = 0; operation < Count; operation++)
        {
            var taken = new bool[atoms];
            for (var atom = 0; atom < atoms; atom++)
            {
                var moved = Move(operation, atom);
                var (nearest, best) = (-1, double.PositiveInfinity);
                for (var other = 0; other < atoms; other++)
                {
                    if (species[other] == species[atom] && lattice.ToCartesian(Nearest(moved - At(Positions, other))).LengthSquared is var distance && distance < best)
                    {
                        (nearest, best) = (other, distance);
                    }
                }

                if (taken[nearest])
                {
                    return false;
                }

                taken[nearest] = true;
                Images[(operation * atoms) + atom] = nearest;
            }
        }

        return true;
    }

    // The metric that all operations keep, in a basis of any orientation (Cholesky's).
    private void AverageLattice()
    {
        var mean = new double[9];
        for (var operation = 0; operation < Count; operation++)
        {
            var w = Rotations.AsSpan(9 * operation, 9);
            Vector3D[] images =
            [
                lattice.ToCartesian(new(w[0], w[3], w[6])), lattice.ToCartesian(new(w[1], w[4], w[7])), lattice.ToCartesian(new(w[2], w[5], w[8])),
            ];
            for (var i = 0; i < 9; i++)
            {
                mean[i] += images[i / 3].Dot(images[i % 3]) / Count;
            }
        }

        var ax = Math.Sqrt(mean[0]);
        var bx = mean[1] / ax;
        var by = Math.Sqrt(mean[4] - (bx * bx));
        var cx = mean[2] / ax;
        var cy = (mean[5] - (bx * cx)) / by;
        var cz = Math.Sqrt(mean[8] - (cx * cx) - (cy * cy));
        lattice = new(new(ax, 0, 0), new(bx, by, 0), new(cx, cy, cz));
    }

    // One round: translations become those of the atoms on average, atoms the mean of their images. Returns the largest step.
    private double AveragePositions()
    {
        var atoms = species.Length;
        var steps = new Vector3D[atoms];
        for (var operation = 0; operation < Count; operation++)
        {
            var sum = Vector3D.Zero;
            for (var atom = 0; atom < atoms; atom++)
            {
                sum += Nearest(Move(operation, atom) - At(Positions, Images[(operation * atoms) + atom]));
            }

            Translations[3 * operation] -= sum.X / atoms;
            Translations[(3 * operation) + 1] -= sum.Y / atoms;
            Translations[(3 * operation) + 2] -= sum.Z / atoms;
            for (var atom = 0; atom < atoms; atom++)
            {
                var image = Images[(operation * atoms) + atom];
                steps[image] += Nearest(Move(operation, atom) - At(Positions, image)) / Count;
            }
        }

        for (var atom = 0; atom < atoms; atom++)
        {
            Positions[3 * atom] += steps[atom].X;
            Positions[(3 * atom) + 1] += steps[atom].Y;
            Positions[(3 * atom) + 2] += steps[atom].Z;
        }

        return steps.Max(step => step.Length);
    }

    private Vector3D Move(int operation, int atom) => BandOperation.Times(Rotations.AsSpan(9 * operation, 9), At(Positions, atom))
        + new Vector3D(Translations[3 * operation], Translations[(3 * operation) + 1], Translations[(3 * operation) + 2]);

    private static Vector3D Nearest(Vector3D way) => new(way.X - Math.Round(way.X), way.Y - Math.Round(way.Y), way.Z - Math.Round(way.Z));
}
