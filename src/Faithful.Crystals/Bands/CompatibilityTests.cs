using System.Numerics;

namespace Faithful.Crystals.Bands;

/// <summary>
/// Whether the occupied states at two momenta can be joined along the straight line between them: an operation that leaves the whole
/// line where it is must have the same trace at both ends, up to the phase of its screw or glide. Where it has not, bands cross the Fermi level.
/// </summary>
internal sealed class CompatibilityTests
{
    /// <summary>The kinds of operations that are counted apart: axes of order 2, 3, 4 and 6, and mirrors.</summary>
    public const int Kinds = 5;

    private const double Tolerance = 0.2; // of traces, which are whole numbers or roots of 2 and 3
    private const int Reach = 4; // of twice the components of a line's vector in a reduced basis

    /// <summary>Initializes a new instance of the <see cref="CompatibilityTests"/> class.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="traces">The traces.</param>
    /// <param name="gaps">The gap at each momentum; shape (8).</param>
    public CompatibilityTests(BandCell cell, SymmetryTraces traces, ReadOnlySpan<double> gaps)
    {
        for (var index = 0; index < cell.Operations.Length; index++)
        {
            var operation = cell.Operations[index];
            if (operation.HasNoAxis)
            {
                continue;
            }

            var kind = Kind(operation);
            var phases = Phases(operation);
            for (var from = 0; from < InvariantMomenta.Count; from++)
            {
                for (var to = from; to < InvariantMomenta.Count; to++)
                {
                    if (phases[from ^ to] is not { Count: > 0 } expected)
                    {
                        continue;
                    }

                    var (start, end) = (traces[index, from], traces[index, to]);
                    if (double.IsNaN(start) || double.IsNaN(end))
                    {
                        continue;
                    }

                    Tests[kind]++;
                    if (expected.Exists(phase => (end - (phase * start)).Magnitude > Tolerance))
                    {
                        Violations[kind]++;
                        ViolationGap = Math.Min(ViolationGap, Math.Max(gaps[from], gaps[to]));
                    }
                }
            }
        }
    }

    /// <summary>Gets the number of tests of each kind; shape (<see cref="Kinds"/>).</summary>
    public int[] Tests { get; } = new int[Kinds];

    /// <summary>Gets how many of them fail; shape (<see cref="Kinds"/>).</summary>
    public int[] Violations { get; } = new int[Kinds];

    /// <summary>Gets the smallest of the larger gaps at the ends of the lines that fail; infinite where none fails.</summary>
    public double ViolationGap { get; private set; } = double.PositiveInfinity;

    private static int Kind(BandOperation operation) => operation.Determinant < 0 ? 4 : operation.Order switch { 3 => 1, 4 => 2, 6 => 3, _ => 0 };

    // For each difference of two momenta the phases that lines of this difference give; none where the operation turns all of them.
    private static List<Complex>?[] Phases(BandOperation operation)
    {
        var phases = new List<Complex>?[InvariantMomenta.Count];
        var m = operation.Reciprocal;
        for (var a = -Reach; a <= Reach; a++)
        {
            for (var b = -Reach; b <= Reach; b++)
            {
                for (var c = -Reach; c <= Reach; c++)
                {
                    if ((a, b, c) == (0, 0, 0)
                        || (m[0] * a) + (m[1] * b) + (m[2] * c) != a || (m[3] * a) + (m[4] * b) + (m[5] * c) != b || (m[6] * a) + (m[7] * b) + (m[8] * c) != c)
                    {
                        continue;
                    }

                    var difference = (4 * (a & 1)) + (2 * (b & 1)) + (c & 1);
                    var phase = Complex.FromPolarCoordinates(1, -Math.PI * new Vector3D(a, b, c).Dot(operation.Screw));
                    var known = phases[difference] ??= [];
                    if (!known.Exists(other => (other - phase).Magnitude < 1e-3))
                    {
                        known.Add(phase);
                    }
                }
            }
        }

        return phases;
    }
}
