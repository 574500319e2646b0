using Faithful.Networks.Training;
using Faithful.Pipelines.Tests.Trees;

namespace Faithful.Pipelines.Tests.Sweeps;

public sealed class StoppingRuleTests
{
    private static readonly SweepMetric Accuracy = new(SyntheticCrystals.Classes, SelectionMetric.Accuracy);
    private static readonly SweepMetric Error = new(SyntheticCrystals.Value, SelectionMetric.Accuracy);

    [Fact]
    public void By_the_median_a_trial_ends_where_half_of_the_others_had_been_better()
    {
        var rule = new StoppingRule(EarlyStopping.Median, Accuracy);
        SweepTrial[] peers = [.. new[] { 0.5, 0.6, 0.7, 0.8 }.Select(level => Peer(level))];
        Assert.True(rule.IsHopeless(Curve(5, 0.64), peers));
        Assert.False(rule.IsHopeless(Curve(5, 0.66), peers));
        Assert.False(rule.IsHopeless(Curve(1, 0.1), peers)); // too early to say
        Assert.False(rule.IsHopeless(Curve(10, 0.1), peers)); // nothing is left to save
        Assert.False(rule.IsHopeless(Curve(5, 0.1), peers[..3])); // too few to compare with
        Assert.False(rule.IsHopeless(Curve(5, 0.1), [.. peers.Select(peer => peer with { State = TrialState.Stopped })]));
    }

    [Fact]
    public void An_error_is_worse_when_it_is_larger()
    {
        SweepTrial[] peers = [.. new[] { 0.5, 0.6, 0.7, 0.8 }.Select(level => Peer(level))];
        Assert.False(new StoppingRule(EarlyStopping.Median, Error).IsHopeless(Curve(5, 0.64), peers));
        Assert.True(new StoppingRule(EarlyStopping.Median, Error).IsHopeless(Curve(5, 0.66), peers));
    }

    [Fact]
    public void By_halving_the_better_half_passes_a_rung()
    {
        var rule = new StoppingRule(EarlyStopping.Halving, Accuracy);
        SweepTrial[] peers = [.. new[] { 0.5, 0.6, 0.7 }.Select(level => Peer(level))];
        Assert.True(rule.IsHopeless(Curve(5, 0.55), peers)); // the third of four
        Assert.False(rule.IsHopeless(Curve(5, 0.65), peers));
        Assert.False(rule.IsHopeless(Curve(4, 0.1), peers)); // between rungs
        Assert.False(rule.IsHopeless(Curve(5, 0.1), peers[..2]));
    }

    [Fact]
    public void Without_a_rule_no_trial_ends()
    {
        var rule = new StoppingRule(EarlyStopping.None, Accuracy);
        Assert.False(rule.IsHopeless(Curve(5, 0), [.. Enumerable.Repeat(Peer(1), 9)]));
        Assert.False(rule.CanEnd(0.5, [.. Enumerable.Repeat(Peer(1), 9)]));
    }

    private static SweepTrial Peer(double level) =>
        new() { Trial = 0, Model = "gbt", IsDefault = false, State = TrialState.Complete, Value = level, Values = [], Curve = [.. Curve(10, level)] };

    /// <summary>A curve at one level, a tenth of the training a point.</summary>
    private static TrialPoint[] Curve(int points, double level) => [.. Enumerable.Range(1, points).Select(point => new TrialPoint(point / 10.0, level))];
}
