namespace Faithful.Pipelines;

/// <summary>Where a sweep stands: a trial began, got a point further, or ended.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Trials">All trials that the sweep is to make.</param>
/// <param name="Metric">What its values are.</param>
/// <param name="IsBest">Whether the trial has ended and is the best so far.</param>
public sealed record SweepProgress(SweepTrial Trial, int Trials, SweepMetric Metric, bool IsBest);
