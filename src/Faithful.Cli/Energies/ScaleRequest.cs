namespace Faithful.Cli.Energies;

/// <summary>What scales of total energies are looked for.</summary>
/// <param name="Count">The number of scales.</param>
/// <param name="Tolerance">How far a formation energy may be from what is expected, eV/atom.</param>
internal sealed record ScaleRequest(int Count, double Tolerance);
