namespace Faithful.Benchmarks.Training;

/// <summary>
/// The mean time of each part of a training step, with the device waited for after each part. Where the host's share of a part is
/// near the whole, the part is bound by launches: the device waits for the host.
/// </summary>
/// <param name="Assembly">The batch is put together.</param>
/// <param name="Forward">The network computes.</param>
/// <param name="Backward">Loss and gradients.</param>
/// <param name="Optimizer">The parameters move.</param>
internal sealed record TrainingPhases(PhaseTime Assembly, PhaseTime Forward, PhaseTime Backward, PhaseTime Optimizer);
