namespace Faithful.Crystals;

/// <summary>
/// A Minkowski-reduced basis of a lattice: the shortest vectors that span it. However skewed the given basis, the planes of the
/// reduced one are at least half a shortest vector apart, so that searches over periodic images stay short.
/// </summary>
/// <remarks>
/// The greedy algorithm of P. Q. Nguyen and D. Stehlé, ACM Trans. Algorithms 5, 46 (2009), DOI 10.1145/1597036.1597050,
/// figure 5 in dimension 3. It decides with a relative tolerance, so that rounding cannot make it cycle; whatever it returns is
/// a basis of the same lattice, because only integer combinations are ever taken.
/// </remarks>
internal sealed class LatticeReduction
{
    private LatticeReduction(Vector3D[] basis, int[] toReduced, int[] toOriginal, bool isIdentity)
    {
        (A, B, C) = (basis[0], basis[1], basis[2]);
        RowsInOriginal = toReduced;
        RowsOfOriginal = toOriginal;
        IsIdentity = isIdentity;
    }

    /// <summary>Gets the shortest vector, Å.</summary>
    public Vector3D A { get; }

    /// <summary>Gets the second vector, Å.</summary>
    public Vector3D B { get; }

    /// <summary>Gets the third vector, Å.</summary>
    public Vector3D C { get; }

    /// <summary>
    /// Gets T with <c>reduced = T · original</c>, row by row, determinant ±1. A translation n of the reduced basis is n · T of
    /// the original one.
    /// </summary>
    public int[] RowsInOriginal { get; }

    /// <summary>Gets the inverse of T: fractions f of the original basis are f · T⁻¹ of the reduced one.</summary>
    public int[] RowsOfOriginal { get; }

    /// <summary>Gets a value indicating whether the original basis was reduced already.</summary>
    public bool IsIdentity { get; }

    public static LatticeReduction Of(Lattice lattice)
    {
        ReadOnlySpan<Vector3D> original = [lattice.A, lattice.B, lattice.C];
        Span<Vector3D> basis = [lattice.A, lattice.B, lattice.C];
        Span<long> rows = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        for (var pass = 0; pass < 1000; pass++) // a handful for any real cell; the bound is for the reader's peace
        {
            SortByLength(basis, rows);
            ReducePair(basis, rows);
            if (!ReduceThird(basis, rows))
            {
                break;
            }
        }

        var toReduced = new int[9];
        for (var index = 0; index < 9; index++)
        {
            toReduced[index] = checked((int)rows[index]);
        }

        // Once more from the integers, so that no rounding of the passes above is left in the vectors.
        var reduced = new Vector3D[3];
        for (var row = 0; row < 3; row++)
        {
            var t = toReduced.AsSpan(3 * row, 3);
            reduced[row] = (t[0] * original[0]) + (t[1] * original[1]) + (t[2] * original[2]);
        }

        var isIdentity = toReduced.AsSpan().SequenceEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
        return new(reduced, toReduced, IntegerMatrix.InvertUnimodular(toReduced), isIdentity);
    }

    // Stable, so that a basis of equal lengths keeps its order.
    private static void SortByLength(Span<Vector3D> basis, Span<long> rows)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var index = 0; index < 2 - pass; index++)
            {
                if (basis[index].LengthSquared > basis[index + 1].LengthSquared * (1 + 1e-12))
                {
                    SwapWithNext(basis, rows, index);
                }
            }
        }
    }

    private static void SwapWithNext(Span<Vector3D> basis, Span<long> rows, int index)
    {
        (basis[index], basis[index + 1]) = (basis[index + 1], basis[index]);
        for (var place = 3 * index; place < (3 * index) + 3; place++)
        {
            (rows[place], rows[place + 3]) = (rows[place + 3], rows[place]);
        }
    }

    private static void ReducePair(Span<Vector3D> basis, Span<long> rows)
    {
        for (var pass = 0; pass < 1000; pass++)
        {
            var factor = Math.Round(basis[1].Dot(basis[0]) / basis[0].LengthSquared);
            if (factor == 0 || !Subtract(basis, rows, 1, 0, factor))
            {
                return;
            }

            if (basis[1].LengthSquared >= basis[0].LengthSquared)
            {
                return;
            }

            SwapWithNext(basis, rows, 0);
        }
    }

    // Takes from the third vector the closest vector of the plane lattice of the first two. True if it became shorter.
    private static bool ReduceThird(Span<Vector3D> basis, Span<long> rows)
    {
        var (aa, ab, bb) = (basis[0].LengthSquared, basis[0].Dot(basis[1]), basis[1].LengthSquared);
        var (ac, bc) = (basis[0].Dot(basis[2]), basis[1].Dot(basis[2]));
        var determinant = (aa * bb) - (ab * ab);
        var x = Math.Floor(((ac * bb) - (bc * ab)) / determinant);
        var y = Math.Floor(((bc * aa) - (ac * ab)) / determinant);

        // The closest point of a reduced plane lattice is a corner of the parallelogram around the projection, or next to one.
        var (bestX, bestY, best) = (0.0, 0.0, basis[2].LengthSquared * (1 - 1e-12));
        for (var dx = -1; dx <= 2; dx++)
        {
            for (var dy = -1; dy <= 2; dy++)
            {
                var length = (basis[2] - ((x + dx) * basis[0]) - ((y + dy) * basis[1])).LengthSquared;
                if (length < best)
                {
                    (bestX, bestY, best) = (x + dx, y + dy, length);
                }
            }
        }

        if (bestX == 0 && bestY == 0)
        {
            return false;
        }

        Take(basis, rows, 2, 0, bestX);
        Take(basis, rows, 2, 1, bestY);
        return true;
    }

    private static bool Subtract(Span<Vector3D> basis, Span<long> rows, int target, int source, double factor)
    {
        var before = basis[target].LengthSquared;
        if ((basis[target] - (factor * basis[source])).LengthSquared >= before * (1 - 1e-12))
        {
            return false;
        }

        Take(basis, rows, target, source, factor);
        return true;
    }

    private static void Take(Span<Vector3D> basis, Span<long> rows, int target, int source, double factor)
    {
        basis[target] -= factor * basis[source];
        for (var column = 0; column < 3; column++)
        {
            rows[(3 * target) + column] -= (long)factor * rows[(3 * source) + column];
        }
    }
}
