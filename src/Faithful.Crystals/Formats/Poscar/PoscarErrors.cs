namespace Faithful.Crystals.Formats.Poscar;

/// <summary>The errors of one POSCAR: what was expected at a line and the text found there.</summary>
/// <param name="source">The file as the caller named it.</param>
internal sealed class PoscarErrors(string source)
{
    public CrystalFormatException At(int line, string expected, ReadOnlySpan<char> foundText) =>
        new(source, line, expected, QuotedText.Of(foundText));

    public CrystalFormatException AtEnd(int line, string expected) => new(source, line, expected, "the end of the file");

    public CrystalFormatException Because(int line, InvalidCrystalException exception) =>
        new(source, line, exception.Expected, exception.Found, exception);

    public CrystalFormatException With(int line, string expected, string found) => new(source, line, expected, found);
}
