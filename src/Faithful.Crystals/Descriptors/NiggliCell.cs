namespace Faithful.Crystals.Descriptors;

/// <summary>The lengths and angles of the Niggli-reduced cell of a lattice, which do not depend on the basis that it is given in.</summary>
/// <remarks>
/// I. Křivý and B. Gruber, Acta Cryst. A 32, 297 (1976), DOI 10.1107/S0567739476000636, steps 1 to 8, with the tolerance of
/// R. W. Grosse-Kunstleve, N. K. Sauter and P. D. Adams, Acta Cryst. A 60, 1 (2004), DOI 10.1107/S010876730302186X.
/// </remarks>
internal readonly record struct NiggliCell
{
    private const double RelativeTolerance = 1e-6; // of V^(2/3), for numbers of Å²
    private const int MaximumSteps = 1000;         // a handful for any cell that is Minkowski-reduced already

    private NiggliCell(double a, double b, double c, double alpha, double beta, double gamma) =>
        (A, B, C, Alpha, Beta, Gamma) = (a, b, c, alpha, beta, gamma);

    /// <summary>Gets the shortest length, Å.</summary>
    public double A { get; }

    /// <summary>Gets the second length, Å.</summary>
    public double B { get; }

    /// <summary>Gets the longest length, Å.</summary>
    public double C { get; }

    /// <summary>Gets the angle between b and c, degrees.</summary>
    public double Alpha { get; }

    /// <summary>Gets the angle between a and c, degrees.</summary>
    public double Beta { get; }

    /// <summary>Gets the angle between a and b, degrees.</summary>
    public double Gamma { get; }

    public static NiggliCell Of(Vector3D u, Vector3D v, Vector3D w)
    {
        // The names of the paper: squares of the lengths, and twice the scalar products.
        var (a, b, c) = (u.LengthSquared, v.LengthSquared, w.LengthSquared);
        var (xi, eta, zeta) = (2 * v.Dot(w), 2 * u.Dot(w), 2 * u.Dot(v));
        var epsilon = RelativeTolerance * Math.Pow(Math.Abs(u.Dot(v.Cross(w))), 2.0 / 3.0);
        bool Less(double left, double right) => left < right - epsilon;
        bool Equal(double left, double right) => !Less(left, right) && !Less(right, left);

        for (var step = 0; step < MaximumSteps; step++)
        {
            if (Less(b, a) || (Equal(a, b) && Less(Math.Abs(eta), Math.Abs(xi)))) // 1
            {
                (a, b, xi, eta) = (b, a, eta, xi);
            }

            if (Less(c, b) || (Equal(b, c) && Less(Math.Abs(zeta), Math.Abs(eta)))) // 2
            {
                (b, c, eta, zeta) = (c, b, zeta, eta);
                continue;
            }

            // 3 and 4: all angles acute, or none.
            var zeros = (Equal(xi, 0) ? 1 : 0) + (Equal(eta, 0) ? 1 : 0) + (Equal(zeta, 0) ? 1 : 0);
            var negatives = (Less(xi, 0) ? 1 : 0) + (Less(eta, 0) ? 1 : 0) + (Less(zeta, 0) ? 1 : 0);
            var sign = zeros == 0 && negatives % 2 == 0 ? 1 : -1;
            (xi, eta, zeta) = (sign * Math.Abs(xi), sign * Math.Abs(eta), sign * Math.Abs(zeta));

            if (Less(b, Math.Abs(xi)) || (Equal(xi, b) && Less(2 * eta, zeta)) || (Equal(xi, -b) && Less(zeta, 0))) // 5
            {
                var turn = Math.Sign(xi);
                (c, eta, xi) = (b + c - (xi * turn), eta - (zeta * turn), xi - (2 * b * turn));
            }
            else if (Less(a, Math.Abs(eta)) || (Equal(eta, a) && Less(2 * xi, zeta)) || (Equal(eta, -a) && Less(zeta, 0))) // 6
            {
                var turn = Math.Sign(eta);
                (c, xi, eta) = (a + c - (eta * turn), xi - (zeta * turn), eta - (2 * a * turn));
            }
            else if (Less(a, Math.Abs(zeta)) || (Equal(zeta, a) && Less(2 * xi, eta)) || (Equal(zeta, -a) && Less(eta, 0))) // 7
            {
                var turn = Math.Sign(zeta);
                (b, xi, zeta) = (a + b - (zeta * turn), xi - (eta * turn), zeta - (2 * a * turn));
            }
            else if (Less(xi + eta + zeta + a + b, 0) || (Equal(xi + eta + zeta + a + b, 0) && Less(0, (2 * (a + eta)) + zeta))) // 8
            {
                (c, xi, eta) = (a + b + c + xi + eta + zeta, (2 * b) + xi + zeta, (2 * a) + eta + zeta);
            }
            else
            {
                break;
            }
        }

        var (lengthA, lengthB, lengthC) = (Math.Sqrt(a), Math.Sqrt(b), Math.Sqrt(c));
        return new(
            lengthA, lengthB, lengthC, Angle(xi, lengthB, lengthC), Angle(eta, lengthA, lengthC), Angle(zeta, lengthA, lengthB));
    }

    private static double Angle(double twiceProduct, double first, double second) =>
        Math.Acos(Math.Clamp(twiceProduct / (2 * first * second), -1, 1)) * (180 / Math.PI);
}
