using System.Collections.Immutable;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets.Purification;

/// <summary>A purified data set, and an account of what is not in it. Every crystal that was read is either kept or removed.</summary>
public sealed class PurificationResult
{
    internal PurificationResult()
    {
    }

    /// <summary>Gets the label column by which duplicates were compared, or null.</summary>
    public required string? Label { get; init; }

    /// <summary>Gets the number of crystals before purification.</summary>
    public required int Read { get; init; }

    /// <summary>Gets how many of these have the label; 0 without one.</summary>
    public required int Labelled { get; init; }

    /// <summary>Gets how many of the kept crystals have the label; 0 without one.</summary>
    public required int KeptLabelled { get; init; }

    /// <summary>Gets the crystals that are kept, in primitive cells, in the order of the input.</summary>
    public required ImmutableArray<CrystalRecord> Kept { get; init; }

    /// <summary>Gets the crystals that are not, in the order of the input.</summary>
    public required ImmutableArray<RemovedCrystal> Removed { get; init; }

    /// <summary>Gets the kept crystals that are in another cell than before, in the order of the input.</summary>
    public required ImmutableArray<ChangedCrystal> Changed { get; init; }

    /// <summary>Gets what each rule did, in the order in which they were applied.</summary>
    public required ImmutableArray<RuleSummary> Rules { get; init; }

    /// <summary>Gets how many crystals have a label <c>space_group</c> that could be compared with what spglib finds.</summary>
    public required int SpaceGroupLabelsCompared { get; init; }

    /// <summary>Gets the crystals whose label <c>space_group</c> is not what spglib finds; they are kept or removed all the same.</summary>
    public required ImmutableArray<SpaceGroupDifference> SpaceGroupLabelDiffers { get; init; }
}
