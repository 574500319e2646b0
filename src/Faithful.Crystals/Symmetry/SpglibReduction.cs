namespace Faithful.Crystals.Symmetry;

/// <summary>
/// The way from a cell to the standard primitive one that a dataset of spglib holds. spglib can be asked for the cell itself, but finds all of
/// the dataset anew for it, which takes up to 0.1 s in face-centred cubic crystals.
/// </summary>
/// <remarks>
/// Follows get_standardized_cell and trim_cell of spglib 2.0.2 (3-clause BSD) operation by operation, so that not even the last bit differs.
/// Only their search for another tolerance is left out: who needs it must ask spglib.
/// </remarks>
internal sealed class SpglibReduction
{
    private const double Zero = 1e-10; // ZERO_PREC of mathfunc.h

    private readonly double[] transformation = new double[9]; // from the cell to the conventional one
    private readonly int[]? primitiveAtoms; // of each atom: its place in the primitive cell; null where the dataset is of some atoms only
    private readonly char centering;

    /// <summary>Initializes a new instance of the <see cref="SpglibReduction"/> class.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="atoms">The number of atoms of the cell; null where the dataset is of some of them only.</param>
    public unsafe SpglibReduction(SpglibDataset* dataset, int? atoms)
    {
        new ReadOnlySpan<double>(dataset->TransformationMatrix, 9).CopyTo(transformation);
        primitiveAtoms = atoms is int count ? new ReadOnlySpan<int>(dataset->MappingToPrimitive, count).ToArray() : null;
        centering = SpglibDataset.Text(dataset->HallSymbol, 17).TrimStart('-')[0];
    }

    /// <summary>Puts the primitive cell in the place of the cell that the dataset is of.</summary>
    /// <param name="cell">The cell; changed only where this succeeds.</param>
    /// <param name="tolerance">The distance tolerance, Å.</param>
    /// <returns>The number of atoms of the primitive cell; 0 where spglib must be asked.</returns>
    public int Apply(SpglibCell cell, double tolerance)
    {
        if (Math.Abs(Determinant(transformation)) < tolerance || PrimitiveVectors() is not { } vectors)
        {
            return 0;
        }

        var lattice = Multiply(cell.Lattice, vectors);
        var volume = Determinant(lattice);
        if (volume == 0)
        {
            return 0;
        }

        var change = Multiply(Inverse(lattice), cell.Lattice);
        var ratio = Math.Abs(Nearest(Determinant(cell.Lattice) / volume));
        var whole = change.Select(Nearest).ToArray();
        if (ratio == 0 || Int128.Abs(IntegerMatrix.Determinant(whole)) != ratio || cell.Count % ratio != 0)
        {
            return 0;
        }

        var positions = Translate(cell, change);
        return FindOverlaps(cell, positions, lattice, tolerance, ratio) is { } overlaps ? Trim(cell, positions, lattice, overlaps, ratio) : 0;
    }

    private static double[] Translate(SpglibCell cell, double[] change)
    {
        var positions = new double[3 * cell.Count];
        Span<double> given = stackalloc double[3];
        for (var atom = 0; atom < positions.Length; atom += 3)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                var position = cell.Positions[atom + axis];
                given[axis] = position - Nearest(position);
            }

            for (var axis = 0; axis < 3; axis++)
            {
                positions[atom + axis] = Wrap(Product(change, axis, given[0], given[1], given[2]));
            }
        }

        return positions;
    }

    /// <summary>Finds for each atom the first that a lattice vector of the primitive cell takes to it; null where not all are in groups of one size.</summary>
    private static int[]? FindOverlaps(SpglibCell cell, double[] positions, double[] lattice, double tolerance, int ratio)
    {
        var overlaps = new int[cell.Count];
        var sizes = new int[cell.Count];
        for (var atom = 0; atom < cell.Count; atom++)
        {
            overlaps[atom] = atom;
        }

        for (var atom = 0; atom < cell.Count; atom++)
        {
            for (var other = 0; other < cell.Count; other++)
            {
                if (cell.Types[atom] == cell.Types[other] && overlaps[other] == other && Distance(positions, atom, other, lattice) < tolerance)
                {
                    overlaps[atom] = other;
                    break;
                }
            }

            sizes[overlaps[atom]]++;
        }

        return Enumerable.Range(0, cell.Count).All(atom => overlaps[atom] != atom || sizes[atom] == ratio) ? overlaps : null;
    }

    private static double Distance(double[] positions, int atom, int other, double[] lattice)
    {
        var (x, y, z) = (Difference(0), Difference(1), Difference(2));
        var (u, v, w) = (Product(lattice, 0, x, y, z), Product(lattice, 1, x, y, z), Product(lattice, 2, x, y, z));
        return Math.Sqrt((u * u) + (v * v) + (w * w));

        double Difference(int axis)
        {
            var difference = positions[(3 * atom) + axis] - positions[(3 * other) + axis];
            return difference - Nearest(difference);
        }
    }

    private int Trim(SpglibCell cell, double[] positions, double[] lattice, int[] overlaps, int ratio)
    {
        var places = new int[cell.Count];
        List<int> types = [];
        for (var atom = 0; atom < cell.Count; atom++)
        {
            places[atom] = overlaps[atom] == atom ? types.Count : places[overlaps[atom]];
            if (overlaps[atom] == atom)
            {
                types.Add(cell.Types[atom]);
            }
        }

        if (types.Count * ratio != cell.Count || (primitiveAtoms is not null && !places.AsSpan().SequenceEqual(primitiveAtoms)))
        {
            return 0;
        }

        // Atoms that fall together are averaged, on the side of the boundary where the first of them lies.
        var means = new double[3 * types.Count];
        for (var atom = 0; atom < cell.Count; atom++)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                var (position, first) = (positions[(3 * atom) + axis], positions[(3 * overlaps[atom]) + axis]);
                means[(3 * places[atom]) + axis] += Math.Abs(first - position) > 0.5 ? position < first ? position + 1 : position - 1 : position;
            }
        }

        lattice.CopyTo(cell.Lattice, 0);
        types.CopyTo(cell.Types);
        for (var i = 0; i < means.Length; i++)
        {
            cell.Positions[i] = Wrap(means[i] / ratio);
        }

        return types.Count;
    }

    /// <summary>The vectors of the primitive cell in those of the cell, as columns; null for a centring that spglib does not know.</summary>
    private double[]? PrimitiveVectors()
    {
        var conventional = Inverse(transformation);
        double[]? centred = centering switch
        {
            'A' => [1, 0, 0, 0, 1.0 / 2, -1.0 / 2, 0, 1.0 / 2, 1.0 / 2],
            'C' => [1.0 / 2, 1.0 / 2, 0, -1.0 / 2, 1.0 / 2, 0, 0, 0, 1],
            'F' => [0, 1.0 / 2, 1.0 / 2, 1.0 / 2, 0, 1.0 / 2, 1.0 / 2, 1.0 / 2, 0],
            'I' => [-1.0 / 2, 1.0 / 2, 1.0 / 2, 1.0 / 2, -1.0 / 2, 1.0 / 2, 1.0 / 2, 1.0 / 2, -1.0 / 2],
            'R' => [2.0 / 3, -1.0 / 3, -1.0 / 3, 1.0 / 3, 1.0 / 3, -2.0 / 3, 1.0 / 3, 1.0 / 3, 1.0 / 3],
            _ => null,
        };
        return centering == 'P' ? conventional : centred is null ? null : Multiply(conventional, centred);
    }

    private static double Product(double[] m, int row, double x, double y, double z) => (m[3 * row] * x) + (m[(3 * row) + 1] * y) + (m[(3 * row) + 2] * z);

    private static double[] Multiply(double[] a, double[] b)
    {
        var product = new double[9];
        for (var i = 0; i < 9; i++)
        {
            product[i] = Product(a, i / 3, b[i % 3], b[3 + (i % 3)], b[6 + (i % 3)]);
        }

        return product;
    }

    private static double Determinant(double[] a) =>
        (a[0] * ((a[4] * a[8]) - (a[5] * a[7]))) + (a[1] * ((a[5] * a[6]) - (a[3] * a[8]))) + (a[2] * ((a[3] * a[7]) - (a[4] * a[6])));

    private static double[] Inverse(double[] a)
    {
        var determinant = Determinant(a);
        return
        [
            ((a[4] * a[8]) - (a[5] * a[7])) / determinant, ((a[7] * a[2]) - (a[8] * a[1])) / determinant, ((a[1] * a[5]) - (a[2] * a[4])) / determinant,
            ((a[5] * a[6]) - (a[3] * a[8])) / determinant, ((a[8] * a[0]) - (a[6] * a[2])) / determinant, ((a[2] * a[3]) - (a[0] * a[5])) / determinant,
            ((a[3] * a[7]) - (a[4] * a[6])) / determinant, ((a[6] * a[1]) - (a[7] * a[0])) / determinant, ((a[0] * a[4]) - (a[1] * a[3])) / determinant,
        ];
    }

    private static int Nearest(double value) => (int)(value < 0 ? value - 0.5 : value + 0.5);

    private static double Wrap(double value)
    {
        var fraction = value - Nearest(value);
        return fraction < 0 - Zero ? fraction + 1 : fraction;
    }
}
