namespace Faithful.Crystals.Formats.Cif;

/// <summary>A value of a CIF.</summary>
/// <param name="Text">The text without quotation marks.</param>
/// <param name="Line">The one-based line.</param>
/// <param name="IsBare">Whether it is neither quoted nor a text field.</param>
internal readonly record struct CifValue(string Text, int Line, bool IsBare)
{
    /// <summary>Gets a value indicating whether this says that there is no value: <c>?</c> (unknown) or <c>.</c> (none).</summary>
    public bool IsMissing => IsBare && Text is "?" or ".";
}
