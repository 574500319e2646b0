namespace Faithful.Pipelines;

/// <summary>A point of the validation curve of a trial.</summary>
/// <param name="Part">The part of the trial's epochs or trees that is done, above 0 and up to 1.</param>
/// <param name="Value">The metric of the sweep there; of trees the best up to there.</param>
public readonly record struct TrialPoint(double Part, double Value);
