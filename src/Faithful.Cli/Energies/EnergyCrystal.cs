using Faithful.Models.Energies;

namespace Faithful.Cli.Energies;

/// <summary>A crystal with a total energy.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Row">Its composition and energies.</param>
internal sealed record EnergyCrystal(string Id, EnergyRow Row);
