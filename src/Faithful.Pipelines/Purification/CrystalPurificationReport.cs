using System.Collections.Immutable;
using Faithful.Datasets.Purification;

namespace Faithful.Pipelines;

/// <summary>
/// What purification found in the data that it learned from. Places of rows read <c>row 17</c>, counted from 1. Every row is kept,
/// removed, or unreadable.
/// </summary>
public sealed record CrystalPurificationReport
{
    /// <summary>Gets the number of rows.</summary>
    public required int Read { get; init; }

    /// <summary>Gets the number of rows with a crystal that are kept.</summary>
    public required int Kept { get; init; }

    /// <summary>Gets the errors of the rows whose structure cannot be read, which name the row's id.</summary>
    public required ImmutableArray<string> Unreadable { get; init; }

    /// <summary>Gets the crystals that are removed, in the order of the rows.</summary>
    public required ImmutableArray<RemovedCrystal> Removed { get; init; }

    /// <summary>Gets what each rule did, in the order in which they were applied.</summary>
    public required ImmutableArray<RuleSummary> Rules { get; init; }

    /// <summary>Gets the crystals whose label <c>space_group</c>, if that is the label, is not what spglib finds.</summary>
    public required ImmutableArray<SpaceGroupDifference> SpaceGroupLabelDiffers { get; init; }
}
