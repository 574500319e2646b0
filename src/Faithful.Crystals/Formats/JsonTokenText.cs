using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Faithful.Crystals.Formats;

/// <summary>The tokens of JSON as text.</summary>
internal static class JsonTokenText
{
    /// <summary>Describes the current token for an error message.</summary>
    /// <param name="json">The reader at the token.</param>
    /// <returns>What was found.</returns>
    public static string Describe(ref readonly Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.EndObject => "the end of the object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.EndArray => "the end of the list",
        JsonTokenType.Null => "null",
        _ => QuotedText.Of(json.ValueSpan),
    };

    /// <summary>Gets the current token as it is written.</summary>
    /// <param name="json">The reader at the token.</param>
    /// <returns>The text, for a number its digits.</returns>
    public static string Written(ref readonly Utf8JsonReader json) =>
        Encoding.UTF8.GetString(json.HasValueSequence ? json.ValueSequence.ToArray() : json.ValueSpan);

    /// <summary>Reads a value that can be a label.</summary>
    /// <param name="json">The reader at the value.</param>
    /// <param name="label">The text of a string, the digits of a number, <c>true</c> or <c>false</c>; null for null.</param>
    /// <returns>Whether the value is a scalar.</returns>
    public static bool TryGetLabel(ref readonly Utf8JsonReader json, out string? label)
    {
        label = json.TokenType switch
        {
            JsonTokenType.String => json.GetString(),
            JsonTokenType.Number => Written(in json),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => null,
        };
        return label is not null || json.TokenType == JsonTokenType.Null;
    }
}
