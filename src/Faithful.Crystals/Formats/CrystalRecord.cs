namespace Faithful.Crystals.Formats;

/// <summary>A crystal with its name, its labels and where it came from.</summary>
/// <param name="Id">The name, for example <c>mp-149</c>; unique in a data set.</param>
/// <param name="Crystal">The crystal.</param>
/// <param name="Labels">The labels by column; numbers as invariant text. Empty if there are none.</param>
/// <param name="Origin">The file, with the line in parentheses where a file holds many crystals.</param>
public sealed record CrystalRecord(string Id, Crystal Crystal, IReadOnlyDictionary<string, string> Labels, string Origin)
{
    /// <summary>Gets what a reader found strange but readable, one sentence each, for example atoms closer than real ones can be.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
