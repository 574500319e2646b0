using System.Collections.Immutable;
using Faithful.Crystals;

namespace Faithful.Models.Energies;

/// <summary>
/// The scales that total energies of a catalogue are on, found from crystals whose formation energy is known as well. A total energy depends on functional
/// and pseudopotentials: a catalogue that holds calculations of two kinds mixes two scales, tens of electronvolts apart. On each of them, total minus
/// formation energy is nearly linear in the composition, so the crystals that fit one line together are those of one scale. Immutable.
/// </summary>
/// <remarks>
/// Which crystal is on which scale is not known beforehand. The fit goes on from a line through all: crystals are dealt out by their residual, a line is
/// fitted to those of each scale, each crystal goes to its nearest line, and so on until none changes. Absolute residuals are minimised (by iteratively
/// reweighted least squares), because catalogues have outliers; none is left out, because crystals of an element that is rare on a scale are outliers until
/// its reference is found. Last, what each scale's line leaves is fitted by a sum over pairs of elements. The result depends on the crystals, never on their order or on chance.
/// </remarks>
public sealed class EnergyScales
{
    /// <summary>The largest number of scales.</summary>
    public const int Largest = 4;

    private const double Penalty = 1e-2; // keeps elements apart that only ever occur together
    private const double CoarsePenalty = 1e-3, PairPenalty = 1;
    private const int PairSteps = 3;
    private const double ElementTolerance = 1; // eV/atom: phases of an element differ by less, scales mostly by more
    private const double LargestZero = 0.2; // eV/atom: a lowest phase farther above the zero that compounds tell is not the reference phase
    private const double LeastResidual = 0.02; // eV/atom: below it, residuals have the same weight
    private const int LeastSteps = 20, MostSteps = 200; // the weights need some steps after the last crystal has found its scale

    private readonly PairEnergies _coarse;
    private readonly double _tolerance;

    private EnergyScales(ImmutableArray<EnergyScale> scales, PairEnergies coarse, double tolerance) =>
        (Scales, _coarse, _tolerance) = (scales, coarse, tolerance);

    /// <summary>Gets the scales, that of most crystals first.</summary>
    public ImmutableArray<EnergyScale> Scales { get; }

    /// <summary>Finds the scales.</summary>
    /// <param name="rows">
    /// Crystals; those without a formation energy do not count, but for those of one element. None of them should be held back for a measurement.
    /// </param>
    /// <param name="count">The number of scales. Range 1..<see cref="Largest"/>.</param>
    /// <param name="tolerance">
    /// How far the formation energy of a compound may be from what is expected (<see cref="EnergyRow.Expected"/>, or else what the composition tells),
    /// eV/atom, above 0: an estimate farther off is none. That of an element lies from 0.2 below to 1 above its reference phase.
    /// </param>
    /// <returns>The scales.</returns>
    /// <exception cref="ArgumentException">A number is out of range, or a scale has fewer than two crystals.</exception>
    public static EnergyScales Fit(IReadOnlyList<EnergyRow> rows, int count = 2, double tolerance = 0.5)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Largest);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tolerance);
        EnergyRow[] known = [.. rows.Where(row => row.FormationEnergy is not null)];
        if (known.Length < 2 * count)
        {
            throw new ArgumentException($"Expected at least {2 * count} crystals with a formation energy for {count} scales, found {known.Length}.", nameof(rows));
        }

        double[] weights = [.. known.Select(_ => 1.0)];
        EnergyScale all = FitScale(known, weights);
        double[] residuals = [.. known.Select(row => Residual(all, row))];
        double[] sorted = [.. residuals.Order()];
        double[] cuts = [.. Enumerable.Range(1, count - 1).Select(cut => sorted[cut * sorted.Length / count])];
        int[] scaleOf = [.. residuals.Select(residual => cuts.Count(cut => residual >= cut))];
        EnergyScale[] scales = [];
        for (int step = 0; step < MostSteps; step++)
        {
            scales = [.. Enumerable.Range(0, count).Select(scale => FitScale(known, weights, row => scaleOf[row] == scale))];
            (int Scale, double Distance)[] nearest = [.. known.AsParallel().AsOrdered().Select(row => Nearest(scales, row))];
            int[] next = [.. nearest.Select(found => found.Scale)];
            if (step >= LeastSteps && next.AsSpan().SequenceEqual(scaleOf))
            {
                break;
            }

            scaleOf = next;
            weights = [.. nearest.Select(found => Weight(found.Distance))];
        }

        return scales.All(scale => scale.Crystals >= 2)
            ? new EnergyScales(
                [
                    .. scales.Select((scale, index) => WithPairs(scale, [.. known.Where((_, row) => scaleOf[row] == index)]))
                        .Select(scale => WithElements(scale, rows))
                        .OrderByDescending(scale => scale.Crystals),
                ],
                new PairEnergies(known, [.. known.Select(row => row.FormationEnergy!.Value)], CoarsePenalty),
                tolerance)
            : throw new ArgumentException($"Expected {count} scales of two crystals and more; one line passes through all of them.", nameof(count));
    }

    /// <summary>
    /// Tells a formation energy from the total energy: on the scale where it is nearest to what is expected, which is 0 for a crystal of one element, whatever a
    /// model expects.
    /// </summary>
    /// <param name="row">The crystal; its own formation energy does not count.</param>
    /// <returns>The estimate; null where no scale gives one that is near enough, or no crystal with one of the elements was seen.</returns>
    public EnergyEstimate? Estimate(EnergyRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        (double expected, double below, double above) = row.Element is null
            ? (row.Expected ?? _coarse.Of(row), _tolerance, _tolerance)
            : (0, LargestZero, ElementTolerance); // no phase lies below the reference phase by more than an error
        EnergyEstimate best = Scales
            .Select((scale, index) => new EnergyEstimate(scale.FormationEnergy(row), index))
            .MinBy(estimate => Math.Abs(estimate.FormationEnergy - expected));
        double distance = best.FormationEnergy - expected;
        return distance >= -below && distance <= above && Knows(Scales[best.Scale], row) ? best : null;
    }

    private static bool Knows(EnergyScale scale, EnergyRow row) =>
        row.Composition.All(part => scale.Knows(part.Element));

    private static EnergyScale FitScale(EnergyRow[] rows, double[] weights, Func<int, bool>? isOnScale = null)
    {
        int[] taken = [.. Enumerable.Range(0, rows.Length).Where(row => isOnScale?.Invoke(row) ?? true)];
        return new EnergyScale(
            RidgeFit.Solve(
                taken.Select(row => ((IReadOnlyList<(int, double)>)[.. EnergyScale.Entries(rows[row])], rows[row].TotalEnergy - rows[row].FormationEnergy!.Value, weights[row])),
                EnergyScale.Columns,
                Penalty),
            taken.Length);
    }

    private static EnergyScale WithPairs(EnergyScale line, EnergyRow[] rows)
    {
        double[] left = [.. rows.Select(row => Residual(line, row))];
        EnergyScale scale = line;
        for (int step = 0; step < PairSteps; step++)
        {
            double[] weights = [.. rows.AsParallel().AsOrdered().Select(row => Weight(Residual(scale, row)))];
            scale = line.With(new PairEnergies(rows, left, PairPenalty, weights));
        }

        return scale;
    }

    /// <summary>Of each element the lowest total energy among crystals near enough to where compounds put the zero.</summary>
    private static EnergyScale WithElements(EnergyScale scale, IReadOnlyList<EnergyRow> rows) => scale.With(
        rows.Where(row => row.Element is Element element && scale.Knows(element) && Math.Abs(scale.FormationEnergy(row)) <= ElementTolerance)
            .GroupBy(row => row.Element!)
            .Select(group => group.MinBy(row => row.TotalEnergy)!)
            .Where(row => scale.FormationEnergy(row) <= LargestZero)
            .ToImmutableDictionary(row => row.Element!, row => row.TotalEnergy));

    private static (int Scale, double Distance) Nearest(EnergyScale[] scales, EnergyRow row)
    {
        (int nearest, double distance) = (0, double.PositiveInfinity);
        for (int scale = 0; scale < scales.Length; scale++)
        {
            double found = Math.Abs(Residual(scales[scale], row));
            if (found < distance)
            {
                (nearest, distance) = (scale, found);
            }
        }

        return (nearest, distance);
    }

    /// <summary>With these weights, squares become absolute values.</summary>
    private static double Weight(double residual) => 1 / Math.Max(Math.Abs(residual), LeastResidual);

    private static double Residual(EnergyScale scale, EnergyRow row) => scale.FormationEnergy(row) - row.FormationEnergy!.Value;
}
