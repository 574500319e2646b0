namespace Faithful.Testing.Fuzzing;

/// <summary>The outcome of fuzzing a reader.</summary>
/// <param name="Inputs">How many inputs were read.</param>
/// <param name="Crystals">How many crystals came out of them.</param>
/// <param name="Errors">How many errors came out of them.</param>
/// <param name="Faults">What went wrong, one of each kind.</param>
public sealed record FuzzReport(long Inputs, long Crystals, long Errors, IReadOnlyList<FuzzFault> Faults);
