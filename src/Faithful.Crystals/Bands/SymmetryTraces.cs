using System.Numerics;

namespace Faithful.Crystals.Bands;

/// <summary>The traces of all operations over the occupied states at all eight momenta; what is known at one of a star is known at all.</summary>
internal sealed class SymmetryTraces
{
    private readonly BandCell cell;
    private readonly InvariantMomenta momenta;
    private readonly double[][] traces; // shape (stars), (operations); NaN where the operation moves the momentum

    /// <summary>Initializes a new instance of the <see cref="SymmetryTraces"/> class.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="momenta">Its momenta.</param>
    /// <param name="states">The states at one momentum of each star; shape (stars).</param>
    public SymmetryTraces(BandCell cell, InvariantMomenta momenta, IReadOnlyList<SpinOrbitStates> states)
    {
        this.cell = cell;
        this.momenta = momenta;
        traces = new double[states.Count][];
        for (var star = 0; star < states.Count; star++)
        {
            var momentum = momenta.Representatives[star];
            traces[star] =
            [
                .. cell.Operations.Select(operation =>
                    InvariantMomenta.Image(operation, momentum) == momentum ? states[star].Trace(operation, momentum) : double.NaN),
            ];
        }
    }

    /// <summary>Gets the trace of an operation.</summary>
    /// <param name="operation">The index of the operation.</param>
    /// <param name="momentum">0 to 7.</param>
    /// <returns>The trace; NaN where the operation moves the momentum.</returns>
    public double this[int operation, int momentum]
    {
        get
        {
            var star = momenta.Star(momentum);
            if (momenta.Representatives[star] == momentum)
            {
                return traces[star][operation];
            }

            // The states there are those of the representative, moved by h; g does to them what h⁻¹gh does to those.
            var (h, g) = (cell.Operations[momenta.Way(momentum)], cell.Operations[operation]);
            if (InvariantMomenta.Image(g, momentum) != momentum)
            {
                return double.NaN;
            }

            var origin = g.Apply(h.Apply(Vector3D.Zero)) - h.Translation;
            var moved = Unturn(h, origin);
            var turned = Unturn(h, g.Apply(h.Apply(new(1, 2, 3))) - h.Translation) - moved; // the image of a vector that no two rotations share
            var conjugate = Array.FindIndex(cell.Operations, candidate =>
                (BandOperation.Times(candidate.Rotation, new(1, 2, 3)) - turned).Length < 1e-6 && Matches(candidate, h, g));
            var found = cell.Operations[conjugate];
            var shift = moved - found.Translation;
            var phase = InvariantMomenta.Phase(
                momenta.Representatives[star], (int)Math.Round(shift.X), (int)Math.Round(shift.Y), (int)Math.Round(shift.Z));
            return phase * SpinSign(h, g, found) * traces[star][conjugate];
        }
    }

    private static Vector3D Unturn(BandOperation operation, Vector3D v)
    {
        var m = operation.Reciprocal; // transposed, it is the inverse of the rotation
        return BandOperation.Times([m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]], v);
    }

    private static bool Matches(BandOperation candidate, BandOperation h, BandOperation g)
    {
        foreach (var unit in (ReadOnlySpan<Vector3D>)[new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)])
        {
            var left = BandOperation.Times(h.Rotation, BandOperation.Times(candidate.Rotation, unit));
            var right = BandOperation.Times(g.Rotation, BandOperation.Times(h.Rotation, unit));
            if ((left - right).Length > 1e-6)
            {
                return false;
            }
        }

        return true;
    }

    // Matrices of SU(2) stand for turns up to a sign: that of h⁻¹gh against the one that was chosen for the operation.
    private static int SpinSign(BandOperation h, BandOperation g, BandOperation found)
    {
        var product = Multiply((Complex.Conjugate(h.SpinUp), -h.SpinDown), Multiply((g.SpinUp, g.SpinDown), (h.SpinUp, h.SpinDown)));
        var overlap = ((Complex.Conjugate(product.Up) * found.SpinUp) + (Complex.Conjugate(product.Down) * found.SpinDown)).Real;
        return overlap > 0 ? 1 : -1;
    }

    private static (Complex Up, Complex Down) Multiply((Complex Up, Complex Down) a, (Complex Up, Complex Down) b) => (
        (a.Up * b.Up) - (Complex.Conjugate(a.Down) * b.Down),
        (a.Down * b.Up) + (Complex.Conjugate(a.Up) * b.Down));
}
