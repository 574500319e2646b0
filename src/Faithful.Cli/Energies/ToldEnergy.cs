using Faithful.Crystals;
using Faithful.Models.Energies;

namespace Faithful.Cli.Energies;

/// <summary>A formation energy that a total energy tells.</summary>
/// <param name="Id">The crystal's id.</param>
/// <param name="Element">The element of a crystal of one element; null for a compound.</param>
/// <param name="Estimate">The energy, and the scale that tells it.</param>
internal sealed record ToldEnergy(string Id, Element? Element, EnergyEstimate Estimate);
