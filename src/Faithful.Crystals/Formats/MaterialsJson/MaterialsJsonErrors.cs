using System.Text.Json;

namespace Faithful.Crystals.Formats.MaterialsJson;

/// <summary>The errors of one line of a materials JSONL.</summary>
/// <param name="source">The file as the caller named it.</param>
/// <param name="line">The one-based line.</param>
internal readonly struct MaterialsJsonErrors(string source, int line)
{
    public CrystalFormatException Because(InvalidCrystalException exception) =>
        new(source, line, exception.Expected, exception.Found, exception);

    public CrystalFormatException Missing(string field) => new(source, line, $"the field {field}", "none");

    public CrystalFormatException NotJson(ReadOnlySpan<byte> text, Exception exception) =>
        new(source, line, "a JSON object in one line", QuotedText.Of(text), exception);

    public CrystalFormatException TwiceField(string field) =>
        new(source, line, "every field once, and either \"cell\" or \"lattice\"", $"a second \"{field}\"");

    public CrystalFormatException TwiceLabel(string name) => new(source, line, $"one label \"{name}\"", "two");

    public CrystalFormatException Wrong(string expected, ref readonly Utf8JsonReader json) =>
        new(source, line, expected, JsonTokenText.Describe(in json));
}
