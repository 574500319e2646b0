using Faithful.Testing;

namespace Faithful.Crystals.Tests.Transformations;

/// <summary>
/// The 44 characters of Niggli cells: which scalar products of basis vectors are equal or zero decides the Bravais type.
/// International Tables for Crystallography A, table 3.1.3.1, with its letters: A = a·a, B = b·b, C = c·c, D = b·c, E = a·c, F = a·b.
/// </summary>
internal static class NiggliCharacters
{
    public const int Count = 44;

    public readonly record struct Metric(double A, double B, double C, double D, double E, double F)
    {
        public static Metric Of(Lattice lattice) => new(
            lattice.A.Dot(lattice.A), lattice.B.Dot(lattice.B), lattice.C.Dot(lattice.C), lattice.B.Dot(lattice.C), lattice.A.Dot(lattice.C), lattice.A.Dot(lattice.B));

        public Lattice ToLattice()
        {
            var (ax, bx) = (Math.Sqrt(A), F / Math.Sqrt(A));
            var by = Math.Sqrt(B - (bx * bx));
            var cx = E / ax;
            var cy = (D - (bx * cx)) / by;
            return new(new(ax, 0, 0), new(bx, by, 0), new(cx, cy, Math.Sqrt(C - (cx * cx) - (cy * cy))));
        }

        public double DistanceTo(Metric other) => new[]
        {
            Math.Abs(A - other.A), Math.Abs(B - other.B), Math.Abs(C - other.C), Math.Abs(D - other.D), Math.Abs(E - other.E), Math.Abs(F - other.F),
        }.Max();
    }

    /// <summary>Gets the scalar products of a Niggli cell of a character, as different otherwise as random numbers are.</summary>
    public static Metric Random(int character, RandomCrystals random)
    {
        while (true)
        {
            var a = random.Uniform(5, 40);
            var b = character <= 17 ? a : a * random.Uniform(1.05, 1.7);
            var c = character <= 8 ? a : character is >= 18 and <= 25 ? b : b * random.Uniform(1.05, 1.7);
            var (d, e, f) = (b * random.Uniform(0.03, 0.47), a * random.Uniform(0.03, 0.47), a * random.Uniform(0.03, 0.47));
            var metric = character switch
            {
                1 or 9 => new Metric(a, b, c, a / 2, a / 2, a / 2),
                2 => new(a, b, c, d, d, d),
                3 or 11 or 21 or 32 => new(a, b, c, 0, 0, 0),
                4 => new(a, b, c, -d, -d, -d),
                5 => new(a, b, c, -a / 3, -a / 3, -a / 3),
                6 or 16 => new(a, b, c, -d, -d, (2 * d) - a),
                7 => new(a, b, c, (2 * e) - a, -e, -e),
                8 or 17 => new(a, b, c, -d, -e, d + e - a),
                10 => new(a, b, c, d, d, f),
                12 => new(a, b, c, 0, 0, -a / 2),
                13 or 34 => new(a, b, c, 0, 0, -f),
                14 => new(a, b, c, -d, -d, -f),
                15 => new(a, b, c, -a / 2, -a / 2, 0),
                18 or 26 => new(a, b, c, a / 4, a / 2, a / 2),
                19 or 27 => new(a, b, c, d, a / 2, a / 2),
                20 => new(a, b, c, d, e, e),
                22 or 40 => new(a, b, c, -b / 2, 0, 0),
                23 or 35 => new(a, b, c, -d, 0, 0),
                24 => new(a, b, c, (a / 6) - (b / 2), -a / 3, -a / 3),
                25 => new(a, b, c, -d, -e, -e),
                28 => new(a, b, c, d, a / 2, 2 * d),
                29 => new(a, b, c, d, 2 * d, a / 2),
                30 => new(a, b, c, b / 2, e, 2 * e),
                31 => new(a, b, c, d, e, f),
                33 => new(a, b, c, 0, -e, 0),
                36 => new(a, b, c, 0, -a / 2, 0),
                37 => new(a, b, c, -d, -a / 2, 0),
                38 => new(a, b, c, 0, 0, -a / 2),
                39 => new(a, b, c, -d, 0, -a / 2),
                41 => new(a, b, c, -b / 2, -e, 0),
                42 => new(a, b, c, -b / 2, -a / 2, 0),
                43 => new(a, b, c, -d, ((b - a) / 2) - d, (2 * d) - b),
                _ => new(a, b, c, -d, -e, -f),
            };
            if (IsNiggli(metric, character))
            {
                return metric;
            }
        }
    }

    // The conditions that the formulas above leave to chance, with a distance from ties that they do not ask for.
    private static bool IsNiggli(Metric m, int character)
    {
        const double Rounding = 1e-9;
        var isTypeI = character is 1 or 2 or 9 or 10 or 18 or 19 or 20 or (>= 26 and <= 31);
        var (d, e, f) = (Math.Abs(m.D), Math.Abs(m.E), Math.Abs(m.F));
        var sum = m.A + m.B + (2 * (m.D + m.E + m.F));
        var hasSumTie = character is 5 or 6 or 7 or 8 or 15 or 16 or 17 or 24 or 42 or 43;
        var hasSigns = isTypeI ? m.D > 0 && m.E > 0 && m.F > 0 : m.D <= 0 && m.E <= 0 && m.F <= 0;
        return hasSigns
            && d <= (m.B / 2) + Rounding && e <= (m.A / 2) + Rounding && f <= (m.A / 2) + Rounding
            && (isTypeI || hasSumTie || sum > 0.01 * m.A)
            && (m.A < m.B || d <= e + Rounding)
            && (m.B < m.C || e <= f + Rounding)
            && (character != 7 || d < e) && (character is not (19 or 27) || d > 0.26 * m.A);
    }
}
