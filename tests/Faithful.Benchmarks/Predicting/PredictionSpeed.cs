namespace Faithful.Benchmarks.Predicting;

/// <summary>How fast one network answers from packed arrays.</summary>
/// <param name="Model">The network.</param>
/// <param name="BatchSize">Crystals in a batch.</param>
/// <param name="EdgesPerCrystal">Directed edges, on average.</param>
/// <param name="EagerStructuresPerSecond">In libtorch.</param>
/// <param name="OnnxStructuresPerSecond">In ONNX Runtime.</param>
/// <param name="LargestDifference">Between the logits of both, relative to the largest.</param>
internal sealed record PredictionSpeed(
    string Model, int BatchSize, double EdgesPerCrystal, double EagerStructuresPerSecond, double OnnxStructuresPerSecond, double LargestDifference)
{
    /// <summary>Gets how many times faster ONNX Runtime is.</summary>
    public double Ratio => OnnxStructuresPerSecond / EagerStructuresPerSecond;
}
