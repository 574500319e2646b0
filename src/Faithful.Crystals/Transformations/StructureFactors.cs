using System.Collections.Immutable;
using System.Numerics;

namespace Faithful.Crystals.Transformations;

/// <summary>
/// Structure factors F(h) = Σ w exp(2πi h·x) / √(Σ w²) of a cell, each computed when it is first asked for. The weight w of an atom
/// is a number of its element, so that no two elements are alike, divided by √n for n atoms of it in the cell, so that the few
/// atoms that make an order of a simpler structure are as visible as the many. A typical |F| is 1 whatever the number of atoms.
/// </summary>
/// <remarks>
/// |F(h)|² does not depend on the origin, and neither does the product F(h) F(k) F(−h−k), whose imaginary part changes its sign
/// under inversion (H. Hauptman and J. Karle, The Solution of the Phase Problem, 1953).
/// </remarks>
internal sealed class StructureFactors
{
    private const double Absent = 0.01; // |F|² of reflections that are absent but for small distortions

    private readonly int range;
    private readonly int stride;             // atoms, up to a multiple of the vector length; those added have no weight
    private readonly double[] powers;        // (3 axes, range + 1, real and imaginary part, stride): exp(2πi n x), times w on the first axis
    private readonly (double Real, double Imaginary)[] known; // (range + 1, 2 range + 1, 2 range + 1); NaN where not yet computed

    /// <summary>Initializes a new instance of the <see cref="StructureFactors"/> class.</summary>
    /// <param name="fractions">The fractional positions, shape (atoms).</param>
    /// <param name="species">The element of each atom.</param>
    /// <param name="multiple">The number by which all indices are multiplied, 1 or more.</param>
    /// <param name="range">The largest index of a reflection before that.</param>
    public StructureFactors(ReadOnlySpan<Vector3D> fractions, ImmutableArray<Element> species, int multiple, int range)
    {
        this.range = range;
        stride = (fractions.Length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        powers = new double[6 * (range + 1) * stride];
        known = new (double, double)[(range + 1) * (2 * range + 1) * (2 * range + 1)];
        Array.Fill(known, (double.NaN, 0));
        Span<int> counts = stackalloc int[Element.Count + 1];
        var squares = 0.0; // of the weights
        foreach (var element in species)
        {
            squares += counts[element.AtomicNumber]++ == 0 ? Strength(element) * Strength(element) : 0;
        }

        for (var atom = 0; atom < fractions.Length; atom++)
        {
            SetPowers(0, atom, multiple * fractions[atom].X, Strength(species[atom]) / Math.Sqrt(squares * counts[species[atom].AtomicNumber]));
            SetPowers(1, atom, multiple * fractions[atom].Y, 1);
            SetPowers(2, atom, multiple * fractions[atom].Z, 1);
        }
    }

    /// <summary>Gets the structure factor of a reflection whose indices lie within the range.</summary>
    public (double Real, double Imaginary) this[int h, int k, int l]
    {
        get
        {
            if (h < 0)
            {
                var (real, imaginary) = this[-h, -k, -l]; // weights are real
                return (real, -imaginary);
            }

            ref var factor = ref known[(((h * (2 * range + 1)) + k + range) * (2 * range + 1)) + l + range];
            if (double.IsNaN(factor.Real))
            {
                factor = Sum(h, k, l);
            }

            return factor;
        }
    }

    /// <summary>Gets how many of the structure factors that were asked for are not about zero, from 0 to 1.</summary>
    public double PresentShare
    {
        get
        {
            var (asked, present) = (0, 0);
            foreach (var (real, imaginary) in known)
            {
                asked += double.IsNaN(real) ? 0 : 1;
                present += (real * real) + (imaginary * imaginary) > Absent ? 1 : 0; // false for NaN
            }

            return present / (double)asked;
        }
    }

    /// <summary>From 0.5 to 1.5; multiples of the golden ratio modulo 1 keep neighbours of the periodic table far apart.</summary>
    private static double Strength(Element element) => 0.5 + PeriodicCoordinate.Wrap(element.AtomicNumber * 0.6180339887498949);

    private void SetPowers(int axis, int atom, double fraction, double weight)
    {
        var (sine, cosine) = Math.SinCos(2 * Math.PI * fraction);
        var (real, imaginary) = (weight, 0.0);
        for (var power = 0; power <= range; power++)
        {
            var place = PlaceOf(axis, power) + atom;
            (powers[place], powers[place + stride]) = (real, imaginary);
            (real, imaginary) = ((real * cosine) - (imaginary * sine), (real * sine) + (imaginary * cosine));
        }
    }

    private int PlaceOf(int axis, int index) => 2 * ((axis * (range + 1)) + Math.Abs(index)) * stride;

    private (double Real, double Imaginary) Sum(int h, int k, int l)
    {
        var x = powers.AsSpan(PlaceOf(0, h), 2 * stride);
        var y = powers.AsSpan(PlaceOf(1, k), 2 * stride);
        var z = powers.AsSpan(PlaceOf(2, l), 2 * stride);
        var (signY, signZ) = (k < 0 ? -1.0 : 1, l < 0 ? -1.0 : 1);
        var (real, imaginary) = (Vector<double>.Zero, Vector<double>.Zero);
        for (var atom = 0; atom < stride; atom += Vector<double>.Count)
        {
            var (xr, xi) = (new Vector<double>(x[atom..]), new Vector<double>(x[(stride + atom)..]));
            var (yr, yi) = (new Vector<double>(y[atom..]), signY * new Vector<double>(y[(stride + atom)..]));
            var (zr, zi) = (new Vector<double>(z[atom..]), signZ * new Vector<double>(z[(stride + atom)..]));
            var (xyr, xyi) = ((xr * yr) - (xi * yi), (xr * yi) + (xi * yr));
            real += (xyr * zr) - (xyi * zi);
            imaginary += (xyr * zi) + (xyi * zr);
        }

        return (Vector.Sum(real), Vector.Sum(imaginary));
    }
}
