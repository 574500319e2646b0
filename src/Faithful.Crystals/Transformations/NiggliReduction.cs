namespace Faithful.Crystals.Transformations;

/// <summary>
/// The algorithm of I. Křivý and B. Gruber, Acta Cryst. A32, 297 (1976), DOI 10.1107/S0567739476000636, with the comparisons of
/// R. W. Grosse-Kunstleve, N. K. Sauter and P. D. Adams, Acta Cryst. A60, 1 (2004), DOI 10.1107/S010876730302186X: numbers that
/// differ by less than ε are equal in every condition alike, so that rounding can neither hide a tie nor make the steps cycle.
/// </summary>
/// <remarks>
/// Letters are those of the papers: A = a·a, B = b·b, C = c·c, ξ = 2 b·c, η = 2 a·c, ζ = 2 a·b, all in Å². Unlike the papers'
/// ε, which is a length, the one here has their unit: a fraction of V^⅔. The reduction starts from the shortest vectors of the
/// lattice, so that a few steps remain whatever the given cell is. All steps keep the hand.
/// </remarks>
internal ref struct NiggliReduction
{
    private const int MaximumSteps = 100; // about ten are needed
    private const int MaximumRounds = 30;

    private const double LargestTie = 0.01; // of the shortest vector's square, where the cell is a needle or a plate

    private readonly Span<long> rows;
    private readonly double epsilon;
    private double a;
    private double b;
    private double c;
    private double xi;
    private double eta;
    private double zeta;

    private NiggliReduction(Vector3D first, Vector3D second, Vector3D third, Span<long> rows, double tolerance)
    {
        this.rows = rows;
        (a, b, c) = (first.LengthSquared, second.LengthSquared, third.LengthSquared);
        (xi, eta, zeta) = (2 * second.Dot(third), 2 * first.Dot(third), 2 * first.Dot(second));
        var volume = Math.Abs(first.Dot(second.Cross(third)));
        epsilon = Math.Min(tolerance * Math.Cbrt(volume * volume), LargestTie * Math.Min(a, Math.Min(b, c)));
    }

    /// <summary>Finds the Niggli basis of a lattice.</summary>
    /// <param name="lattice">The lattice.</param>
    /// <param name="tolerance">ε as a fraction of V^⅔; that which was used.</param>
    /// <returns>Nine integers, row by row the new vectors in terms of the given ones, determinant 1; null if the steps do not end.</returns>
    /// <remarks>
    /// Equality within ε is not transitive: where η and η + ζ count as zero and ζ does not, because the cell is ε off a
    /// symmetric one, the steps cycle all the same (3 of 20,000 cells of the Materials Project). Then ε is halved.
    /// </remarks>
    public static int[]? Reduce(Lattice lattice, ref double tolerance)
    {
        var start = lattice.Reduction;
        var hand = (int)IntegerMatrix.Determinant(start.RowsInOriginal);
        Span<long> rows = stackalloc long[9];
        for (var round = 0; round < MaximumRounds; round++, tolerance /= 2)
        {
            for (var index = 0; index < 9; index++)
            {
                rows[index] = hand * start.RowsInOriginal[index];
            }

            if (new NiggliReduction(start.A, start.B, start.C, rows, tolerance).Run())
            {
                var matrix = new int[9];
                for (var index = 0; index < 9; index++)
                {
                    matrix[index] = checked((int)rows[index]);
                }

                return matrix;
            }
        }

        return null;
    }

    /// <summary>Finds a condition of a Niggli cell that a basis breaks by clearly more than the tolerance.</summary>
    /// <param name="lattice">The basis.</param>
    /// <param name="tolerance">ε as a fraction of V^⅔.</param>
    /// <returns>The condition, or null if all hold.</returns>
    public static string? BrokenCondition(Lattice lattice, double tolerance) =>
        new NiggliReduction(lattice.A, lattice.B, lattice.C, [], tolerance).BrokenCondition();

    private bool Run()
    {
        for (var step = 0; step < MaximumSteps; step++)
        {
            if (!Step())
            {
                return true;
            }
        }

        return false;
    }

    private readonly bool IsLess(double left, double right) => left < right - epsilon;

    private readonly bool IsEqual(double left, double right) => Math.Abs(left - right) <= epsilon;

    // One round of the steps 1 to 8; true if the vectors changed in a way that asks for another.
    private bool Step()
    {
        if (IsLess(b, a) || (IsEqual(a, b) && IsLess(Math.Abs(eta), Math.Abs(xi)))) // 1
        {
            (a, b, xi, eta) = (b, a, eta, xi);
            SwapAndTurn(0, 1);
        }

        if (IsLess(c, b) || (IsEqual(b, c) && IsLess(Math.Abs(zeta), Math.Abs(eta)))) // 2
        {
            (b, c, eta, zeta) = (c, b, zeta, eta);
            SwapAndTurn(1, 2);
            return true;
        }

        SetSigns(); // 3 and 4
        return AddToThird(1, b, ref xi, ref eta, IsBeyond(xi, b, 2 * eta, zeta)) // 5: b into c
            || AddToThird(0, a, ref eta, ref xi, IsBeyond(eta, a, 2 * xi, zeta)) // 6: a into c
            || AddFirstToSecond() // 7: a into b
            || AddBothToThird(); // 8: a and b into c
    }

    // |product| > length; or equal, and a further condition on the others says that the other sign is the right one.
    private readonly bool IsBeyond(double product, double length, double doubled, double other) =>
        IsLess(length, Math.Abs(product))
        || (IsEqual(product, length) && IsLess(doubled, other))
        || (IsEqual(product, -length) && IsLess(other, 0));

    private readonly void SwapAndTurn(int first, int second)
    {
        for (var column = 0; column < 3; column++)
        {
            (rows[(3 * first) + column], rows[(3 * second) + column]) = (rows[(3 * second) + column], rows[(3 * first) + column]);
        }

        for (var index = 0; index < 9; index++)
        {
            rows[index] = -rows[index];
        }
    }

    // All three products positive (type I) where an even number of them is negative and none is zero, else none positive (type II).
    private void SetSigns()
    {
        var (positive, zero) = (0, 0);
        Span<double> products = [xi, eta, zeta];
        foreach (var product in products)
        {
            positive += IsLess(0, product) ? 1 : 0;
            zero += IsEqual(0, product) ? 1 : 0;
        }

        var isTypeI = positive == 3 || (zero == 0 && positive == 1);
        Span<int> signs = [1, 1, 1];
        var free = -1; // a vector that may be turned because its product is zero
        for (var axis = 0; axis < 3; axis++)
        {
            if (isTypeI ? IsLess(products[axis], 0) : IsLess(0, products[axis]))
            {
                signs[axis] = -1;
            }
            else if (IsEqual(0, products[axis]))
            {
                free = axis;
            }
        }

        if (signs[0] * signs[1] * signs[2] < 0 && free >= 0)
        {
            signs[free] = -1;
        }

        (xi, eta, zeta) = (signs[1] * signs[2] * xi, signs[0] * signs[2] * eta, signs[0] * signs[1] * zeta);
        for (var index = 0; index < 9; index++)
        {
            rows[index] *= signs[index / 3];
        }
    }

    private bool AddToThird(int source, double length, ref double product, ref double other, bool isBeyond)
    {
        if (!isBeyond)
        {
            return false;
        }

        var sign = Math.Sign(product);
        c += length - (sign * product);
        other -= sign * zeta;
        product -= sign * 2 * length;
        Add(2, source, -sign);
        return true;
    }

    private bool AddFirstToSecond()
    {
        if (!IsBeyond(zeta, a, 2 * xi, eta))
        {
            return false;
        }

        var sign = Math.Sign(zeta);
        b += a - (sign * zeta);
        xi -= sign * eta;
        zeta -= sign * 2 * a;
        Add(1, 0, -sign);
        return true;
    }

    private bool AddBothToThird()
    {
        var sum = xi + eta + zeta + a + b;
        if (!IsLess(sum, 0) && !(IsEqual(sum, 0) && IsLess(0, (2 * (a + eta)) + zeta)))
        {
            return false;
        }

        c += sum;
        xi += (2 * b) + zeta;
        eta += (2 * a) + zeta;
        Add(2, 0, 1);
        Add(2, 1, 1);
        return true;
    }

    private readonly void Add(int target, int source, int factor)
    {
        for (var column = 0; column < 3; column++)
        {
            rows[(3 * target) + column] += factor * rows[(3 * source) + column];
        }
    }

    // The conditions of the International Tables A, section 3.1.3.2. Scalar products of the final vectors differ from those of
    // the steps by rounding: a bound may be passed by 2ε, and a tie is one at ε/2.
    private readonly string? BrokenCondition()
    {
        var (slack, tie) = (2 * epsilon, epsilon / 2);
        var isTypeI = Math.Max(xi, Math.Max(eta, zeta)) > slack;
        var (x, y, z) = (Math.Abs(xi), Math.Abs(eta), Math.Abs(zeta));
        var sum = a + b + xi + eta + zeta;
        return a > b + slack || b > c + slack ? "a ≤ b ≤ c"
            : isTypeI && Math.Min(xi, Math.Min(eta, zeta)) < tie ? "angles that are all acute, or of which none is"
            : x > b + slack || y > a + slack || z > a + slack ? "|b·c| ≤ b²/2, |a·c| ≤ a²/2 and |a·b| ≤ a²/2"
            : !isTypeI && sum < -slack ? "a body diagonal a + b + c not shorter than c"
            : Math.Abs(a - b) <= tie && x > y + slack ? "|b·c| ≤ |a·c| where a = b"
            : Math.Abs(b - c) <= tie && y > z + slack ? "|a·c| ≤ |a·b| where b = c"
            : isTypeI && Math.Abs(xi - b) <= tie && zeta > (2 * eta) + slack ? "a·b ≤ 2 a·c where b·c = b²/2"
            : isTypeI && Math.Abs(eta - a) <= tie && zeta > (2 * xi) + slack ? "a·b ≤ 2 b·c where a·c = a²/2"
            : isTypeI && Math.Abs(zeta - a) <= tie && eta > (2 * xi) + slack ? "a·c ≤ 2 b·c where a·b = a²/2"
            : !isTypeI && Math.Abs(x - b) <= tie && z > slack ? "a·b = 0 where b·c = −b²/2"
            : !isTypeI && Math.Abs(y - a) <= tie && z > slack ? "a·b = 0 where a·c = −a²/2"
            : !isTypeI && Math.Abs(z - a) <= tie && y > slack ? "a·c = 0 where a·b = −a²/2"
            : !isTypeI && Math.Abs(sum) <= tie && (2 * (a + eta)) + zeta > slack ? "a² ≤ 2 |a·c| + |a·b| where |a + b + c| = |c|"
            : null;
    }
}
