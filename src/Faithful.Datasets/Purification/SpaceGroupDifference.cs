namespace Faithful.Datasets.Purification;

/// <summary>A crystal whose label <c>space_group</c> is not what spglib finds for the cell as it was read.</summary>
/// <param name="Id">The id.</param>
/// <param name="Label">The label.</param>
/// <param name="Found">The space group that spglib finds, 1 to 230.</param>
public sealed record SpaceGroupDifference(string Id, string Label, int Found);
