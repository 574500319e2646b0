namespace Microsoft.ML.AutoML;

/// <summary>What came of a trial. Results are compared by the trial's number.</summary>
public class TrialResult : IEqualityComparer<TrialResult>
{
    public TrialSettings TrialSettings { get; set; }

    public ITransformer Model { get; set; }

    /// <summary>What the tuner makes as small as it can.</summary>
    public double Loss { get; set; }

    public double Metric { get; set; }

    /// <summary>The cost of the trial, told by its runner.</summary>
    public double DurationInMilliseconds { get; set; }

    /// <summary>The largest share of all processors that the process took, 0 to 1; measured by the experiment.</summary>
    public double? PeakCpu { get; set; }

    /// <summary>The most memory that the process held; measured by the experiment.</summary>
    public double? PeakMemoryInMegaByte { get; set; }

    public bool Equals(TrialResult x, TrialResult y) => GetHashCode(x) == GetHashCode(y);

    public int GetHashCode(TrialResult obj) => obj?.TrialSettings?.TrialId ?? 0;
}
