namespace Faithful.Crystals.Formats.ExtendedXyz;

/// <summary>The errors of one extended XYZ: what was expected at a line and the text found there.</summary>
/// <param name="source">The file as the caller named it.</param>
internal sealed class ExtendedXyzErrors(string source)
{
    public CrystalFormatException At(int line, string expected, ReadOnlySpan<char> foundText) =>
        new(source, line, expected, QuotedText.Of(foundText));

    public CrystalFormatException AtEnd(int line, string expected) => new(source, line, expected, "the end of the file");

    public CrystalFormatException Because(int line, InvalidCrystalException exception) =>
        new(source, line, exception.Expected, exception.Found, exception);

    public CrystalFormatException TooLong(int line, int maximumLength) =>
        new(source, line, FormattableString.Invariant($"a line of at most {maximumLength} characters"), "more");

    public CrystalFormatException Unreadable(int line, Exception exception) => FileFault.Describe(source, exception, line);

    public CrystalFormatException With(int line, string expected, string found) => new(source, line, expected, found);
}
