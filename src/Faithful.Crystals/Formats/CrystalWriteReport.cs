namespace Faithful.Crystals.Formats;

/// <summary>What <see cref="CrystalWriter"/> wrote.</summary>
/// <param name="Count">The number of crystals.</param>
/// <param name="Renamed">The crystals whose id could not be the name of a file as it is, and the names that they got instead, without extension.</param>
/// <param name="LabelsLeftOut">The number of crystals whose labels were not written, because the format has no place for them.</param>
public sealed record CrystalWriteReport(int Count, IReadOnlyList<(string Id, string Name)> Renamed, int LabelsLeftOut);
