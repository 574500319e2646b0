namespace Faithful.Datasets;

/// <summary>A row of a source that is no part of the data set, and why.</summary>
/// <param name="Origin">The file, with the line in parentheses where a file holds many crystals.</param>
/// <param name="Expected">What should be there, without a full stop.</param>
/// <param name="Found">What is there instead.</param>
public sealed record RejectedRow(string Origin, string Expected, string Found)
{
    /// <summary>Writes the row as an error message.</summary>
    /// <returns>For example <c>tqc.jsonl(7): expected a known element, found "Xx"</c>.</returns>
    public override string ToString() => $"{Origin}: expected {Expected}, found {Found}";
}
