using System.Text.Json;

namespace Faithful.Service.Responses;

/// <summary>The JSON form of a problem: RFC 9457, with the members <c>line</c>, <c>expected</c> and <c>found</c> for a structure's text.</summary>
internal static class ProblemJson
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Writes a problem as an object.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="error">The problem.</param>
    public static void Write(Utf8JsonWriter json, ProblemException error)
    {
        json.WriteStartObject();
        json.WriteString("type", error.Problem.Type);
        json.WriteString("title", error.Problem.Title);
        json.WriteNumber("status", error.Problem.Status);
        json.WriteString("detail", error.Message);
        if (error.Format is { } format)
        {
            if (format.Line > 0)
            {
                json.WriteNumber("line", format.Line);
            }

            json.WriteString("expected", format.Expected);
            json.WriteString("found", format.Found);
        }

        json.WriteEndObject();
    }
}
