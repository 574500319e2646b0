using System.Collections.Immutable;
using Faithful.Crystals;

namespace Faithful.Models.Energies;

/// <summary>
/// A scale of total energies: what the atoms of a crystal count on it together. A total energy minus that is a formation energy. Immutable.
/// </summary>
/// <remarks>
/// An atom of an element counts something of its own, and differently beside oxygen, beside fluorine and as the anion: calculations often treat d electrons
/// otherwise in oxides and fluorides (GGA+U), and catalogues mix such calculations and correct anions by terms that are linear in the composition (A. Jain et
/// al., Phys. Rev. B 84, 045115 (2011), DOI 10.1103/PhysRevB.84.045115; A. Wang et al., Sci. Rep. 11, 15496 (2021), DOI 10.1038/s41598-021-94550-5). By what
/// the two kinds of calculation differ beyond that is a sum over pairs of elements. A crystal of one element is measured from the lowest of its element on the
/// scale, where one is known: there the formation energy is 0 by definition.
/// </remarks>
public sealed class EnergyScale
{
    private const int Kinds = 4; // columns of an element: of its own, beside oxygen, beside fluorine, as the anion

    private readonly double[] _coefficients;
    private readonly PairEnergies? _pairs;
    private readonly ImmutableDictionary<Element, double> _elements;

    internal EnergyScale(double[] coefficients, int crystals)
        : this(coefficients, crystals, null, ImmutableDictionary<Element, double>.Empty)
    {
    }

    private EnergyScale(double[] coefficients, int crystals, PairEnergies? pairs, ImmutableDictionary<Element, double> elements) =>
        (_coefficients, Crystals, _pairs, _elements) = (coefficients, crystals, pairs, elements);

    /// <summary>Gets the number of crystals that the scale was fitted to.</summary>
    public int Crystals { get; }

    /// <summary>Gets the number of coefficients of the linear part.</summary>
    internal static int Columns => Kinds * Element.Count;

    /// <summary>Gets whether crystals of the scale told what an atom of an element counts.</summary>
    /// <param name="element">The element.</param>
    /// <returns>Whether one of them held it.</returns>
    public bool Knows(Element element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return _coefficients[Column(element)] != 0;
    }

    /// <summary>Gets what the atoms of a crystal count together.</summary>
    /// <param name="row">The crystal.</param>
    /// <returns>The energy, eV/atom; elements that no crystal of the scale held count 0.</returns>
    public double Reference(EnergyRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Element is Element element && _elements.TryGetValue(element, out double lowest)
            ? lowest
            : Entries(row).Sum(entry => entry.Value * _coefficients[entry.Column]) + (_pairs?.Of(row) ?? 0);
    }

    /// <summary>Reads a crystal's total energy on this scale.</summary>
    /// <param name="row">The crystal.</param>
    /// <returns>Its formation energy, eV/atom.</returns>
    public double FormationEnergy(EnergyRow row) => row.TotalEnergy - Reference(row);

    /// <summary>Gets the scale with a further sum over pairs of elements.</summary>
    /// <param name="pairs">What total energies of the scale are above the linear part.</param>
    /// <returns>The scale.</returns>
    internal EnergyScale With(PairEnergies pairs) => new(_coefficients, Crystals, pairs, _elements);

    /// <summary>Gets the scale with the reference phases of elements.</summary>
    /// <param name="elements">The lowest total energy of crystals of one element, eV/atom.</param>
    /// <returns>The scale.</returns>
    internal EnergyScale With(ImmutableDictionary<Element, double> elements) => new(_coefficients, Crystals, _pairs, elements);

    /// <summary>Gets the columns of the linear part that a crystal has, and the share of atoms in each.</summary>
    /// <param name="row">The crystal.</param>
    /// <returns>The entries that are not 0.</returns>
    internal static IEnumerable<(int Column, double Value)> Entries(EnergyRow row)
    {
        bool oxygen = row.HoldsOxygen, fluorine = row.HoldsFluorine;
        Element? anion = row.Anion;
        foreach ((Element element, double share) in row.Composition)
        {
            int column = Column(element);
            yield return (column, share);
            if (oxygen)
            {
                yield return (column + 1, share);
            }

            if (fluorine)
            {
                yield return (column + 2, share);
            }

            if (element == anion)
            {
                yield return (column + 3, share);
            }
        }
    }

    private static int Column(Element element) => Kinds * (element.AtomicNumber - 1);
}
