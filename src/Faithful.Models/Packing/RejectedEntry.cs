namespace Faithful.Models.Packing;

/// <summary>An entry of the source that is no part of the packed data set, and why.</summary>
/// <param name="Origin">The file, with the line in parentheses where a file holds many crystals.</param>
/// <param name="Expected">What should be there, without a full stop.</param>
/// <param name="Found">What is there instead.</param>
/// <param name="IsDisordered">Whether it is a valid crystal whose sites are partly occupied or mixed.</param>
public sealed record RejectedEntry(string Origin, string Expected, string Found, bool IsDisordered = false)
{
    /// <summary>The number of whole numbers that stand for an entry in a packed data set: three texts, and 1 for a disordered crystal.</summary>
    internal const int Length = 4;

    /// <summary>Writes the entry as an error message.</summary>
    /// <returns>For example <c>tqc.jsonl(7): expected a known element, found "Xx"</c>.</returns>
    public override string ToString() => $"{Origin}: expected {Expected}, found {Found}";
}
