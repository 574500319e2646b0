using Faithful.Crystals;

namespace Faithful.Models.Energies;

/// <summary>
/// An energy from the composition alone: a sum over pairs of elements, Σ w(a,b) x(a) x(b) of their shares x, as in a regular solution.
/// </summary>
internal sealed class PairEnergies
{
    private readonly Dictionary<(int, int), int> _columns = [];
    private readonly double[] _coefficients;

    /// <summary>Fits the coefficients.</summary>
    /// <param name="rows">Crystals.</param>
    /// <param name="energies">The energy of each, eV/atom.</param>
    /// <param name="penalty">What a squared coefficient costs, above 0.</param>
    /// <param name="weights">The weight of each crystal; null where all count the same.</param>
    public PairEnergies(IReadOnlyList<EnergyRow> rows, IReadOnlyList<double> energies, double penalty, IReadOnlyList<double>? weights = null)
    {
        foreach (((int, int) pair, _) in rows.SelectMany(Pairs))
        {
            _columns.TryAdd(pair, _columns.Count);
        }

        _coefficients = RidgeFit.Solve(rows.Select((row, index) => (Entries(row), energies[index], weights?[index] ?? 1)), _columns.Count, penalty);
    }

    /// <summary>Gets the energy.</summary>
    /// <param name="row">The crystal.</param>
    /// <returns>The energy, eV/atom; pairs that no crystal had count 0.</returns>
    public double Of(EnergyRow row) => Entries(row).Sum(entry => entry.Value * _coefficients[entry.Column]);

    private IReadOnlyList<(int Column, double Value)> Entries(EnergyRow row) =>
        [.. Pairs(row).Where(pair => _columns.ContainsKey(pair.Pair)).Select(pair => (_columns[pair.Pair], pair.Product))];

    private static IEnumerable<((int, int) Pair, double Product)> Pairs(EnergyRow row)
    {
        for (int first = 0; first < row.Composition.Length; first++)
        {
            for (int second = first; second < row.Composition.Length; second++)
            {
                (Element element, double share) = row.Composition[first];
                (Element other, double otherShare) = row.Composition[second];
                yield return ((element.AtomicNumber, other.AtomicNumber), share * otherShare);
            }
        }
    }
}
