namespace Faithful.Pipelines;

/// <summary>Follows the validation curve of a running trial.</summary>
/// <param name="trial">The trial at its beginning.</param>
/// <param name="table">The other trials.</param>
/// <param name="rule">Says when to end.</param>
internal sealed class TrialTrack(SweepTrial trial, TrialTable table, StoppingRule rule)
{
    /// <summary>Gets the trial.</summary>
    public SweepTrial Trial { get; private set; } = trial with { Curve = [] };

    /// <summary>Gets what values are.</summary>
    public SweepMetric Metric => table.Metric;

    /// <summary>Says whether the trial could be ended at a stage, so that it is worth measuring there.</summary>
    /// <param name="part">The stage.</param>
    /// <returns>Never for the defaults, which others are compared with.</returns>
    public bool CanEnd(double part) => !Trial.IsDefault && rule.CanEnd(part, table.Peers(Trial));

    /// <summary>Adds a point to the curve.</summary>
    /// <param name="point">The point.</param>
    /// <returns>Whether the trial is to end.</returns>
    public bool Add(TrialPoint point)
    {
        Trial = Trial with { Curve = Trial.Curve.Add(point) };
        table.Follow(Trial);
        return !Trial.IsDefault && rule.IsHopeless(Trial.Curve, table.Peers(Trial));
    }

    /// <summary>Replaces the curve by that of the whole training.</summary>
    /// <param name="points">The points.</param>
    public void Replace(IEnumerable<TrialPoint> points) => Trial = Trial with { Curve = [.. points] };
}
