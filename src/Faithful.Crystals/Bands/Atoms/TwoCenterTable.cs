namespace Faithful.Crystals.Bands;

/// <summary>The two-centre integrals of a pair of elements as functions of the distance. Immutable.</summary>
/// <remarks>
/// Samples every 0.2 bohr from 1 bohr; the last 15 % before the cutoff fade to 0, so that the integrals and their slopes have no jump.
/// </remarks>
internal sealed class TwoCenterTable
{
    private const double Bohr = 0.529177; // Å
    private const double Start = 1; // bohr
    private const double Step = 0.2; // bohr
    private const double Fade = 0.15;

    private static readonly Lazy<TwoCenterTable>[] Tables = CreateAll();

    private readonly double[] overlaps; // shape (samples, Count)
    private readonly double[] hamiltonians;
    private readonly int samples;

    private TwoCenterTable(BandAtom first, BandAtom second)
    {
        var integrals = new TwoCenterIntegrals(first, second);
        Cutoff = CutoffOf(first.Element, second.Element);
        Count = integrals.Count;
        samples = (int)Math.Ceiling((Cutoff + 0.41 - Start) / Step); // the interpolation looks two samples ahead
        overlaps = new double[samples * Count];
        hamiltonians = new double[samples * Count];
        for (var sample = 0; sample < samples; sample++)
        {
            var distance = Start + (sample * Step);
            var left = Math.Clamp((Cutoff - distance) / (Fade * Cutoff), 0, 1);
            var factor = left * left * (3 - (2 * left));
            if (factor == 0)
            {
                break;
            }

            var overlap = overlaps.AsSpan(sample * Count, Count);
            var hamiltonian = hamiltonians.AsSpan(sample * Count, Count);
            integrals.Evaluate(distance, overlap, hamiltonian);
            for (var channel = 0; channel < Count; channel++)
            {
                overlap[channel] *= factor;
                hamiltonian[channel] *= factor;
            }
        }
    }

    /// <summary>Gets the distance in bohr from which on all integrals are 0.</summary>
    public double Cutoff { get; }

    /// <summary>Gets the number of channels: for each shell of the first atom, for each of the second, m = 0 to the smaller l.</summary>
    public int Count { get; }

    /// <summary>Gets the table of two elements, which is made at the first use.</summary>
    /// <param name="first">The element with the smaller atomic number, or the same element.</param>
    /// <param name="second">The other element.</param>
    /// <returns>The table; always the same one.</returns>
    /// <exception cref="ArgumentException">The elements are in the wrong order, or one is not covered by <see cref="BandAtom"/>.</exception>
    public static TwoCenterTable Of(Element first, Element second)
    {
        if (first.AtomicNumber > second.AtomicNumber)
        {
            throw new ArgumentException($"The table of {second} and {first} has {second} first.", nameof(first));
        }

        return BandAtom.Covers(second)
            ? Tables[Index(first.AtomicNumber, second.AtomicNumber)].Value
            : throw new ArgumentException($"There is no atom of {second}.", nameof(second));
    }

    /// <summary>Interpolates the integrals: cubic polynomials through the samples with the slopes of E. Catmull and R. Rom (1974).</summary>
    /// <param name="distance">The distance in bohr; below the first two samples, the first polynomial goes on.</param>
    /// <param name="overlap">The overlap of each channel; shape (Count). The axis points from the first atom to the second.</param>
    /// <param name="hamiltonian">The Hamiltonian of each channel in hartree; shape (Count).</param>
    public void Evaluate(double distance, Span<double> overlap, Span<double> hamiltonian)
    {
        if (distance >= Cutoff)
        {
            overlap[..Count].Clear();
            hamiltonian[..Count].Clear();
            return;
        }

        var place = (distance - Start) / Step;
        var sample = Math.Clamp((int)place, 1, samples - 3);
        var x = place - sample;

        // The weights of the four samples around.
        var before = x * (-0.5 + (x * (1 - (0.5 * x))));
        var left = 1 + (x * x * (-2.5 + (1.5 * x)));
        var right = x * (0.5 + (x * (2 - (1.5 * x))));
        var after = x * x * (-0.5 + (0.5 * x));
        Mix(overlaps, overlap);
        Mix(hamiltonians, hamiltonian);

        void Mix(double[] table, Span<double> result)
        {
            var rows = table.AsSpan((sample - 1) * Count, 4 * Count);
            for (var channel = 0; channel < Count; channel++)
            {
                result[channel] = (before * rows[channel])
                    + (left * rows[Count + channel])
                    + (right * rows[(2 * Count) + channel])
                    + (after * rows[(3 * Count) + channel]);
            }
        }
    }

    private static double CutoffOf(Element first, Element second) =>
        Math.Clamp(2.7 * (BandConfiguration.CovalentRadius(first) + BandConfiguration.CovalentRadius(second)), 4.5, 7.5) / Bohr;

    private static int Index(int first, int second) => (second * (second - 1) / 2) + first - 1;

    private static Lazy<TwoCenterTable>[] CreateAll()
    {
        var tables = new Lazy<TwoCenterTable>[Index(BandAtom.LargestAtomicNumber, BandAtom.LargestAtomicNumber) + 1];
        for (var second = 1; second <= BandAtom.LargestAtomicNumber; second++)
        {
            for (var first = 1; first <= second; first++)
            {
                var (one, other) = (Element.FromAtomicNumber(first), Element.FromAtomicNumber(second));
                tables[Index(first, second)] = new(() => new(BandAtom.Of(one), BandAtom.Of(other)));
            }
        }

        return tables;
    }
}
