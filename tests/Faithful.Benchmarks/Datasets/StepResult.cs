namespace Faithful.Benchmarks.Datasets;

/// <summary>What one step of the benchmark came to, as its process reports it.</summary>
/// <param name="Name">The step in words.</param>
/// <param name="Crystals">The number of crystals.</param>
/// <param name="WallSeconds">The time on the clock.</param>
/// <param name="CpuSeconds">The time of all cores.</param>
/// <param name="PeakBytes">The most memory that the process had, pages of mapped files included.</param>
/// <param name="Note">What else is worth knowing.</param>
internal sealed record StepResult(string Name, int Crystals, double WallSeconds, double CpuSeconds, long PeakBytes, string Note);
