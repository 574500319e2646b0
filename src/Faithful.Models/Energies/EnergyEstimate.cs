namespace Faithful.Models.Energies;

/// <summary>A formation energy that was told from a total energy.</summary>
/// <param name="FormationEnergy">The formation energy, eV/atom.</param>
/// <param name="Scale">The scale on which the total energy was read, from 0.</param>
public readonly record struct EnergyEstimate(double FormationEnergy, int Scale);
