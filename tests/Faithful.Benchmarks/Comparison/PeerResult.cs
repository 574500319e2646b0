namespace Faithful.Benchmarks.Comparison;

/// <summary>What the script found out about one library.</summary>
/// <param name="Library">Its name and version.</param>
/// <param name="Skipped">Why it was not measured, or null.</param>
/// <param name="Seconds">The processor time of the search.</param>
/// <param name="Distances">The distances of the nearest neighbours, ascending: crystal, atom, neighbour; Å.</param>
/// <param name="Groups">The space groups.</param>
internal sealed record PeerResult(string Library, string? Skipped, double Seconds, double[][][] Distances, int[] Groups);
