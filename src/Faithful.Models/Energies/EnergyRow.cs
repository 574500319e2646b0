using System.Collections.Immutable;
using Faithful.Crystals;

namespace Faithful.Models.Energies;

/// <summary>A crystal as far as <see cref="EnergyScales"/> look at it: its composition and its energies.</summary>
/// <param name="TotalEnergy">The total energy of a calculation, eV/atom, finite.</param>
/// <param name="FormationEnergy">The formation energy, eV/atom, finite; null where it is not known.</param>
public sealed record EnergyRow(double TotalEnergy, double? FormationEnergy)
{
    /// <summary>Gets the share of each element among the atoms, in the order of atomic numbers; they add up to 1.</summary>
    public required ImmutableArray<(Element Element, double Share)> Composition { get; init; }

    /// <summary>
    /// Gets whether the crystal holds oxygen or fluorine. Calculations often treat d electrons otherwise there (GGA+U), and catalogues then mix both kinds
    /// by corrections that are linear in the composition (A. Jain et al., Phys. Rev. B 84, 045115 (2011), DOI 10.1103/PhysRevB.84.045115).
    /// </summary>
    public bool IsOxideOrFluoride => Composition.Any(part => part.Element.AtomicNumber is 8 or 9);

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
}
