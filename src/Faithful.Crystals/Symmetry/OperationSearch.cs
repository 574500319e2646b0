namespace Faithful.Crystals.Symmetry;

/// <summary>
/// Finds the operations of a crystal whose symmetry no tolerance can mistake: each operation that holds loosely holds tightly
/// too. Any finder with a tolerance in between, spglib among them, finds the same ones; whoever asks need not wait for the
/// Wyckoff positions, which cost spglib up to 0.1 s in face-centred cubic crystals.
/// </summary>
/// <remarks>
/// An operation takes the lattice to itself, so its matrix in a reduced basis is made of vectors as long as the basis vectors;
/// it takes an atom of the rarest species to one of its kind, which gives the translation; and then all other atoms must fall
/// on atoms of their kind. Distances are measured as spglib measures them (A. Togo, I. Tanaka, arXiv:1808.01590, section III).
/// </remarks>
internal sealed class OperationSearch
{
    // What is between a fifth and three and a half times the tolerance is left to spglib.
    private const double Tight = 0.2;
    private const double Loose = 3.5;
    private const double TightAngle = 0.04;
    private const double LooseAngle = 1.6;

    private const int Reach = 2; // of the coefficients of a lattice vector as long as a basis vector; 1 is enough in theory

    private readonly int atoms;
    private readonly double[] basis; // rows, right-handed
    private readonly double[] positions;
    private readonly int[] firstOfKind; // of each atom: where its kind begins in the order of kinds
    private readonly int[] lastOfKind;
    private readonly int[] order; // atoms, kind by kind
    private readonly int anchor; // place in that order where the rarest kind begins
    private readonly double[] image;
    private readonly double tight;
    private readonly double loose;
    private readonly bool isCentred;

    private OperationSearch(Crystal crystal, SymmetryOptions options, bool isCentred)
    {
        this.isCentred = isCentred;
        atoms = crystal.Count;
        tight = Tight * options.DistanceTolerance;
        loose = Loose * options.DistanceTolerance;
        var reduction = crystal.Lattice.Reduction;
        var sign = reduction.A.Dot(reduction.B.Cross(reduction.C)) > 0 ? 1 : -1;
        var (a, b, c) = (sign * reduction.A, sign * reduction.B, sign * reduction.C);
        basis = [a.X, a.Y, a.Z, b.X, b.Y, b.Z, c.X, c.Y, c.Z];
        positions = new double[3 * atoms];
        var change = reduction.RowsOfOriginal;
        for (var atom = 0; atom < atoms; atom++)
        {
            var f = crystal.FractionalPositions[atom];
            for (var axis = 0; axis < 3; axis++)
            {
                var x = (f.X * change[axis]) + (f.Y * change[3 + axis]) + (f.Z * change[6 + axis]);
                positions[(3 * atom) + axis] = PeriodicCoordinate.Wrap(sign * x);
            }
        }

        order = [.. Enumerable.Range(0, atoms).OrderBy(atom => crystal.Species[atom].AtomicNumber)];
        firstOfKind = new int[atoms];
        lastOfKind = new int[atoms];
        var rarest = int.MaxValue;
        for (int first = 0, end; first < atoms; first = end)
        {
            var kind = crystal.Species[order[first]];
            for (end = first; end < atoms && crystal.Species[order[end]] == kind; end++)
            {
                firstOfKind[order[end]] = first;
            }

            for (var place = first; place < end; place++)
            {
                lastOfKind[order[place]] = end;
            }

            if (end - first < rarest)
            {
                (rarest, anchor) = (end - first, first);
            }
        }

        image = new double[3 * atoms];
    }

    /// <summary>Finds the operations of a crystal.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="options">The tolerances.</param>
    /// <returns>The operations, or null where tolerances decide, or the cell is not primitive.</returns>
    public static FoundOperations? Find(Crystal crystal, SymmetryOptions options) => options.AngleTolerance > 0
        ? new OperationSearch(crystal, options, isCentred: false).Find(options.AngleTolerance)
        : null;

    /// <summary>Finds the operations of a crystal in any cell, translations within it included.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="options">The tolerances.</param>
    /// <returns>The operations that take the lattice of the given cell to itself, or null where tolerances decide.</returns>
    public static FoundOperations? FindInCell(Crystal crystal, SymmetryOptions options) => options.AngleTolerance > 0
        ? new OperationSearch(crystal, options, isCentred: true).Find(options.AngleTolerance)
        : null;

    private FoundOperations? Find(double angleTolerance)
    {
        List<int> rotations = [];
        List<int> different = []; // rotations, each once
        List<double> translations = [];
        List<int> permutations = [];
        var permutation = new int[atoms];
        var translation = new double[3];
        foreach (var (rotation, isTight) in LatticeSymmetries(angleTolerance))
        {
            Rotate(rotation);
            var isIdentity = rotation.AsSpan().SequenceEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
            var found = false;
            for (var place = anchor; place < lastOfKind[order[anchor]] && (isCentred || isIdentity || !found); place++)
            {
                var deviation = Deviation(place, permutation, translation);
                if (deviation > loose)
                {
                    continue;
                }

                if (deviation > tight || !isTight || (isIdentity && found && !isCentred))
                {
                    return null; // a tolerance decides, or the cell is not primitive
                }

                different.AddRange(found ? [] : rotation);
                found = true;
                rotations.AddRange(rotation);
                translations.AddRange(translation);
                permutations.AddRange(permutation);
            }
        }

        var pointGroup = PointGroupTypes.NumberOf(different.ToArray(), different.Count / 9);
        return pointGroup == 0 ? null : new(basis, [.. rotations], [.. translations], [.. permutations], positions, pointGroup);
    }

    private void Rotate(ReadOnlySpan<int> w)
    {
        for (var atom = 0; atom < 3 * atoms; atom += 3)
        {
            var (x, y, z) = (positions[atom], positions[atom + 1], positions[atom + 2]);
            image[atom] = (w[0] * x) + (w[1] * y) + (w[2] * z);
            image[atom + 1] = (w[3] * x) + (w[4] * y) + (w[5] * z);
            image[atom + 2] = (w[6] * x) + (w[7] * y) + (w[8] * z);
        }
    }

    // How far atoms fall from atoms when the anchor falls on the atom at a place of its kind: the largest distance, Å, infinite
    // as soon as it is too large. The translation is the mean over all atoms.
    private double Deviation(int place, Span<int> permutation, Span<double> translation)
    {
        var (from, to) = (3 * order[anchor], 3 * order[place]);
        var (tx, ty, tz) = (positions[to] - image[from], positions[to + 1] - image[from + 1], positions[to + 2] - image[from + 2]);
        var worst = 0.0;
        var (sumX, sumY, sumZ) = (0.0, 0.0, 0.0);
        var limit = loose * loose;
        foreach (var atom in order)
        {
            var (x, y, z) = (image[3 * atom] + tx, image[(3 * atom) + 1] + ty, image[(3 * atom) + 2] + tz);
            var nearest = double.PositiveInfinity;
            for (var other = firstOfKind[atom]; other < lastOfKind[atom]; other++)
            {
                var candidate = 3 * order[other];
                var (dx, dy, dz) = (positions[candidate] - x, positions[candidate + 1] - y, positions[candidate + 2] - z);
                dx -= Math.Round(dx);
                dy -= Math.Round(dy);
                dz -= Math.Round(dz);
                var u = (dx * basis[0]) + (dy * basis[3]) + (dz * basis[6]);
                var v = (dx * basis[1]) + (dy * basis[4]) + (dz * basis[7]);
                var w = (dx * basis[2]) + (dy * basis[5]) + (dz * basis[8]);
                var squared = (u * u) + (v * v) + (w * w);
                if (squared < nearest)
                {
                    nearest = squared;
                    permutation[atom] = order[other];
                    if (squared < limit)
                    {
                        sumX += dx;
                        sumY += dy;
                        sumZ += dz;
                        break; // atoms of a kind are further apart than this
                    }
                }
            }

            if (nearest > limit)
            {
                return double.PositiveInfinity;
            }

            worst = Math.Max(worst, nearest);
        }

        translation[0] = PeriodicCoordinate.Wrap(tx + (sumX / atoms));
        translation[1] = PeriodicCoordinate.Wrap(ty + (sumY / atoms));
        translation[2] = PeriodicCoordinate.Wrap(tz + (sumZ / atoms));
        return Math.Sqrt(worst);
    }

    // The matrices that take the reduced lattice to itself, loosely, with whether they do so tightly.
    private List<(int[] Rotation, bool IsTight)> LatticeSymmetries(double angleTolerance)
    {
        var vectors = new Vector3D[] { new(basis[0], basis[1], basis[2]), new(basis[3], basis[4], basis[5]), new(basis[6], basis[7], basis[8]) };
        var candidates = new List<Candidate>[] { [], [], [] };
        for (var i = -Reach; i <= Reach; i++)
        {
            for (var j = -Reach; j <= Reach; j++)
            {
                for (var k = -Reach; k <= Reach; k++)
                {
                    var vector = (i * vectors[0]) + (j * vectors[1]) + (k * vectors[2]);
                    for (var axis = 0; axis < 3; axis++)
                    {
                        var difference = Math.Abs(vector.Length - vectors[axis].Length);
                        if (difference <= loose && (i, j, k) != (0, 0, 0))
                        {
                            candidates[axis].Add(new(i, j, k, vector, difference <= tight));
                        }
                    }
                }
            }
        }

        var (ab, bc, ca) = (Angle(vectors[0], vectors[1]), Angle(vectors[1], vectors[2]), Angle(vectors[2], vectors[0]));
        List<(int[], bool)> found = [];
        foreach (var a in candidates[0])
        {
            foreach (var b in candidates[1])
            {
                var gamma = Math.Abs(Angle(a.Vector, b.Vector) - ab);
                if (gamma > LooseAngle * angleTolerance)
                {
                    continue;
                }

                foreach (var c in candidates[2])
                {
                    int[] rotation = [a.I, b.I, c.I, a.J, b.J, c.J, a.K, b.K, c.K];
                    if (Int128.Abs(IntegerMatrix.Determinant(rotation)) != 1)
                    {
                        continue;
                    }

                    var largest = Math.Max(gamma, Math.Max(Math.Abs(Angle(b.Vector, c.Vector) - bc), Math.Abs(Angle(c.Vector, a.Vector) - ca)));
                    if (largest <= LooseAngle * angleTolerance)
                    {
                        found.Add((rotation, largest <= TightAngle * angleTolerance && a.IsTight && b.IsTight && c.IsTight));
                    }
                }
            }
        }

        return found;
    }

    private static double Angle(Vector3D u, Vector3D v) => Math.Atan2(u.Cross(v).Length, u.Dot(v)) * (180 / Math.PI);

    private readonly record struct Candidate(int I, int J, int K, Vector3D Vector, bool IsTight);
}
