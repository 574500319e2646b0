using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

/// <summary>What a trial is to do.</summary>
public class TrialSettings
{
    /// <summary>Counts from 0.</summary>
    public int TrialId { get; set; }

    public DateTime StartedAtUtc { get; set; }

    /// <summary>Null while the trial runs.</summary>
    public DateTime? EndedAtUtc { get; set; }

    public Parameter Parameter { get; set; }
}
