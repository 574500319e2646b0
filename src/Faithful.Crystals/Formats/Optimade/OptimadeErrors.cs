using System.Text.Json;

namespace Faithful.Crystals.Formats.Optimade;

/// <summary>The errors of one structure of an OPTIMADE document, which often stands on a single line: so they name the structure.</summary>
/// <param name="source">The file as the caller named it.</param>
/// <param name="line">The one-based line where the structure begins.</param>
/// <param name="id">The structure's id, or null where it has none.</param>
internal readonly struct OptimadeErrors(string source, int line, string? id)
{
    /// <summary>What the document should be.</summary>
    public const string ExpectedDocument = "an OPTIMADE response with structures in \"data\", or structures one a line";

    public CrystalFormatException Because(InvalidCrystalException exception) =>
        new(source, line, exception.Expected, Named(exception.Found), exception);

    public CrystalFormatException Disordered(string found) =>
        new(source, line, "an ordered crystal: every site occupied by one element", Named(found)) { IsDisordered = true };

    public CrystalFormatException NotJson(Exception exception) => new(source, line, ExpectedDocument, "damaged JSON", exception);

    public CrystalFormatException TooLong(int maximumLength) =>
        new(source, line, FormattableString.Invariant($"a structure of at most {maximumLength} bytes"), "more");

    public CrystalFormatException With(string expected, string found) => new(source, line, expected, Named(found));

    public CrystalFormatException Wrong(string expected, ref readonly Utf8JsonReader json) => With(expected, JsonTokenText.Describe(in json));

    private string Named(string found) => id is null ? found : $"{found} in the structure {QuotedText.Of(id.AsSpan())}";
}
