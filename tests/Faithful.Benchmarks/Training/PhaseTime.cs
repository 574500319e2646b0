namespace Faithful.Benchmarks.Training;

/// <summary>The time of a part of a training step.</summary>
/// <param name="Host">Until the host had queued all of it, ms.</param>
/// <param name="Whole">Until the device had done all of it, ms.</param>
internal sealed record PhaseTime(double Host, double Whole);
