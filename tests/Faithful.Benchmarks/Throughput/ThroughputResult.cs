namespace Faithful.Benchmarks.Throughput;

/// <summary>How fast one model answers the crystals of a packed data set.</summary>
/// <param name="Model">The name of the model's folder.</param>
/// <param name="Device">Where it computes.</param>
/// <param name="BatchSize">The largest number of crystals in a batch.</param>
/// <param name="Crystals">The crystals of a pass.</param>
/// <param name="Passes">How often all were predicted.</param>
/// <param name="StructuresPerSecond">The rate.</param>
/// <param name="Difference">The largest difference of an answer between the first and the last pass.</param>
internal sealed record ThroughputResult(
    string Model, string Device, int BatchSize, int Crystals, int Passes, double StructuresPerSecond, double Difference);
