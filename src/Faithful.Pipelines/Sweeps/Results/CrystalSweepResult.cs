using Faithful.Models;

namespace Faithful.Pipelines;

/// <summary>What a sweep found.</summary>
public sealed record CrystalSweepResult
{
    /// <summary>Gets the folder of the sweep.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets the file of the best options, which <c>train --options</c> takes.</summary>
    public required string OptionsPath { get; init; }

    /// <summary>Gets the table of trials (CSV; the same as lines of JSON lies beside it).</summary>
    public required string TablePath { get; init; }

    /// <summary>Gets the plot of trials (SVG).</summary>
    public required string PlotPath { get; init; }

    /// <summary>Gets the run folder of the best trial, which <c>export</c> takes.</summary>
    public required string RunPath { get; init; }

    /// <summary>Gets the task.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Gets what decided.</summary>
    public required SweepMetric Metric { get; init; }

    /// <summary>Gets the trials by number.</summary>
    public required IReadOnlyList<SweepTrial> Trials { get; init; }

    /// <summary>Gets the best trial that was trained to its end.</summary>
    public required SweepTrial Best { get; init; }

    /// <summary>Gets the model of the best trial with all of its options.</summary>
    public required SweptModel Model { get; init; }

    /// <summary>Gets the best of the trials with the options to begin with; null when none was trained to its end.</summary>
    public SweepTrial? Default => TrialTable.BestOf(Trials.Where(trial => trial.IsDefault), Metric);

    /// <summary>
    /// Gets whether the best trial is better than every model with the options to begin with. It is chosen on the validation part,
    /// so that its value there is a little too good: what 'evaluate' measures on crystals held back is not.
    /// </summary>
    public bool BeatsDefaults => Default is SweepTrial standard && Metric.IsBetter(Best.Value!.Value, standard.Value!.Value);

    /// <summary>Gets whether the sweep was cancelled before all trials had ended.</summary>
    public required bool Cancelled { get; init; }

    /// <summary>Gets the number of trials that ran at a time, as memory allowed.</summary>
    public required int TrialsAtOnce { get; init; }

    /// <summary>Gets the seconds that this call took.</summary>
    public required double Seconds { get; init; }
}
