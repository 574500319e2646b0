using Faithful.Crystals;

namespace Faithful.Models.Energies;

/// <summary>
/// A scale of total energies: what an atom of each element counts on it, alone and beside oxygen or fluorine. A total energy minus these is a formation energy.
/// Immutable.
/// </summary>
public sealed class EnergyScale
{
    private readonly double[] _coefficients; // two for each element: its energy, and how that differs in oxides and fluorides

    internal EnergyScale(double[] coefficients, int crystals) => (_coefficients, Crystals) = (coefficients, crystals);

    /// <summary>Gets the number of crystals that the scale was fitted to.</summary>
    public int Crystals { get; }

    /// <summary>Gets what an atom of an element counts.</summary>
    /// <param name="element">The element.</param>
    /// <param name="inOxideOrFluoride">Whether the crystal holds oxygen or fluorine.</param>
    /// <returns>The energy, eV/atom; 0 where no crystal of the scale told it.</returns>
    public double Reference(Element element, bool inOxideOrFluoride)
    {
        ArgumentNullException.ThrowIfNull(element);
        int column = 2 * (element.AtomicNumber - 1);
        return _coefficients[column] + (inOxideOrFluoride ? _coefficients[column + 1] : 0);
    }

    /// <summary>Gets what the atoms of a crystal count together.</summary>
    /// <param name="row">The crystal.</param>
    /// <returns>The energy, eV/atom.</returns>
    public double Reference(EnergyRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        bool isOxideOrFluoride = row.IsOxideOrFluoride;
        return row.Composition.Sum(part => part.Share * Reference(part.Element, isOxideOrFluoride));
    }

    /// <summary>Reads a crystal's total energy on this scale.</summary>
    /// <param name="row">The crystal.</param>
    /// <returns>Its formation energy, eV/atom.</returns>
    public double FormationEnergy(EnergyRow row) => row.TotalEnergy - Reference(row);

    internal static IEnumerable<(int Column, double Value)> Columns(EnergyRow row)
    {
        bool isOxideOrFluoride = row.IsOxideOrFluoride;
        foreach ((Element element, double share) in row.Composition)
        {
            yield return (2 * (element.AtomicNumber - 1), share);
            if (isOxideOrFluoride)
            {
                yield return ((2 * (element.AtomicNumber - 1)) + 1, share);
            }
        }
    }
}
