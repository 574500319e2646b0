using System.Collections.Immutable;
using Faithful.Crystals;
using Faithful.Crystals.Descriptors;

namespace Faithful.Models.Energies;

/// <summary>A crystal as far as <see cref="EnergyScales"/> look at it: its composition and its energies.</summary>
/// <param name="TotalEnergy">The total energy of a calculation, eV/atom, finite.</param>
/// <param name="FormationEnergy">The formation energy, eV/atom, finite; null where it is not known.</param>
public sealed record EnergyRow(double TotalEnergy, double? FormationEnergy)
{
    private static readonly ElementProperty Electronegativity = ElementProperties.Find("electronegativity");

    /// <summary>Gets the share of each element among the atoms, in the order of atomic numbers; they add up to 1.</summary>
    public required ImmutableArray<(Element Element, double Share)> Composition { get; init; }

    /// <summary>Gets the formation energy that a model expects, eV/atom; null where none was asked, and the composition alone tells what to expect.</summary>
    public double? Expected { get; init; }

    /// <summary>Gets the element of a crystal of one element; null for a compound.</summary>
    public Element? Element => Composition.Length == 1 ? Composition[0].Element : null;

    /// <summary>Gets whether the crystal holds oxygen.</summary>
    public bool HoldsOxygen => Holds(8);

    /// <summary>Gets whether the crystal holds fluorine.</summary>
    public bool HoldsFluorine => Holds(9);

    /// <summary>Gets the most electronegative element on Pauling's scale, the anion of an ionic crystal; null for a crystal of one element.</summary>
    public Element? Anion => Composition.Length < 2
        ? null
        : Composition.Select(part => part.Element).Where(element => !double.IsNaN(Electronegativity[element])).MaxBy(element => Electronegativity[element]);

    /// <summary>Makes a row.</summary>
    /// <param name="species">The element of each atom; at least one atom.</param>
    /// <param name="totalEnergy">The total energy, eV/atom.</param>
    /// <param name="formationEnergy">The formation energy, eV/atom; null where it is not known.</param>
    /// <returns>The row.</returns>
    /// <exception cref="ArgumentException">There is no atom, or an energy is not finite.</exception>
    public static EnergyRow Of(ImmutableArray<Element> species, double totalEnergy, double? formationEnergy)
    {
        if (species.IsDefaultOrEmpty || !double.IsFinite(totalEnergy) || formationEnergy is double known && !double.IsFinite(known))
        {
            throw new ArgumentException("An energy row needs atoms and finite energies.", nameof(species));
        }

        return new EnergyRow(totalEnergy, formationEnergy)
        {
            Composition =
            [
                .. species.GroupBy(element => element.AtomicNumber).OrderBy(group => group.Key)
                    .Select(group => (group.First(), (double)group.Count() / species.Length)),
            ],
        };
    }

    private bool Holds(int atomicNumber) => Composition.Any(part => part.Element.AtomicNumber == atomicNumber);
}
