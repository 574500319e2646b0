namespace Faithful.Pipelines;

/// <summary>Decides from validation curves whether a trial is worth its time. Stages are parts of a trial's own epochs or trees.</summary>
/// <param name="kind">The rule.</param>
/// <param name="metric">What is better.</param>
internal sealed class StoppingRule(EarlyStopping kind, SweepMetric metric)
{
    /// <summary>The stage at which trees are looked at: FastTree grows all of its trees at once, so a quarter is grown before them.</summary>
    public const double TreeStage = 0.25;

    private const double FirstPart = 0.2;
    private const int CompletePeers = 4;
    private const int PeersAtRung = 3;
    private static readonly double[] Rungs = [0.125, 0.25, 0.5];

    /// <summary>Says whether a trial at a stage could be ended at all, so that it is worth looking there.</summary>
    /// <param name="part">The stage.</param>
    /// <param name="peers">Other trials of the same model.</param>
    /// <returns>Whether there are trials enough to compare with.</returns>
    public bool CanEnd(double part, IEnumerable<SweepTrial> peers) => kind switch
    {
        EarlyStopping.Median => part >= FirstPart && peers.Count(peer => peer.State == TrialState.Complete) >= CompletePeers,
        EarlyStopping.Halving => peers.Count(peer => Reached(peer, part)) >= PeersAtRung,
        _ => false,
    };

    /// <summary>Says whether a trial is to end.</summary>
    /// <param name="curve">Its curve up to now, the last point being new.</param>
    /// <param name="peers">Other trials of the same model.</param>
    /// <returns>Whether it is hopeless.</returns>
    public bool IsHopeless(IReadOnlyList<TrialPoint> curve, IReadOnlyList<SweepTrial> peers)
    {
        double part = curve[^1].Part;
        if (part >= 1)
        {
            return false;
        }

        if (kind == EarlyStopping.Median)
        {
            return CanEnd(part, peers) && metric.IsBetter(Median(peers, part), BestAt(curve, part));
        }

        double before = curve.Count > 1 ? curve[^2].Part : 0;
        double rung = kind == EarlyStopping.Halving ? Rungs.LastOrDefault(rung => before < rung && rung <= part) : 0;
        if (rung == 0 || !CanEnd(rung, peers))
        {
            return false;
        }

        double[] others = [.. peers.Where(peer => Reached(peer, rung)).Select(peer => BestAt(peer.Curve, rung))];
        double own = BestAt(curve, part);
        return others.Count(other => metric.IsBetter(other, own)) >= (others.Length + 2) / 2; // places in the better half, this trial counted
    }

    private static bool Reached(SweepTrial peer, double part) => peer.Curve.Length > 0 && peer.Curve[^1].Part >= part;

    private double Median(IReadOnlyList<SweepTrial> peers, double part)
    {
        double[] best =
        [
            .. peers.Where(peer => peer.State == TrialState.Complete && peer.Curve.Length > 0).Select(peer => BestAt(peer.Curve, part)).Order(),
        ];
        return (best[(best.Length - 1) / 2] + best[best.Length / 2]) / 2;
    }

    private double BestAt(IReadOnlyList<TrialPoint> curve, double part) => metric.Best(UpTo(curve, part).Select(point => point.Value));

    /// <summary>The points up to a stage, at least the first one: curves have different numbers of points.</summary>
    private static IEnumerable<TrialPoint> UpTo(IReadOnlyList<TrialPoint> curve, double part) =>
        curve.Where((point, index) => index == 0 || point.Part <= part + 1e-9);
}
