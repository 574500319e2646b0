using System.Text;
using System.Text.Json;
using Faithful.Service.Responses;

namespace Faithful.Service.Requests;

/// <summary>
/// Parses a body in JSON: <c>{"structures":[{"id","format","text"}],"models":[…]}</c>, or one structure as materials JSONL or OPTIMADE
/// have it, on any number of lines.
/// </summary>
internal static class JsonRequest
{
    private const string Structures = "structures";
    private const string Models = "models";

    /// <summary>Parses a body.</summary>
    /// <param name="body">UTF-8.</param>
    /// <param name="id">The id of a single structure that has none.</param>
    /// <returns>What it asks for.</returns>
    /// <exception cref="ProblemException">The body is malformed.</exception>
    public static PredictRequest Parse(ReadOnlyMemory<byte> body, string id)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw ProblemException.Malformed("body", $"an object with '{Structures}', or a structure", Kind(root));
            }

            return root.TryGetProperty(Structures, out _)
                ? ParseList(root)
                : new PredictRequest { Structures = [new StructureText(id, StructureFormat.Json, OneLine(root))] };
        }
        catch (JsonException error)
        {
            throw ProblemException.Malformed($"body({error.LineNumber + 1})", "JSON", error.Message);
        }
        catch (InvalidOperationException)
        {
            // What JsonElement says of an escape that is half of a character.
            throw ProblemException.Malformed("body", "texts in Unicode", "half of a surrogate pair");
        }
    }

    private static PredictRequest ParseList(JsonElement root)
    {
        IReadOnlyList<StructureText> structures = [];
        IReadOnlyList<string>? models = null;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            switch (property.Name)
            {
                case Structures:
                    structures = [.. Items(property.Value, Structures).Select(ParseStructure)];
                    break;
                case Models when property.Value.ValueKind == JsonValueKind.Null:
                    break;
                case Models:
                    models = [.. Items(property.Value, Models).Select((item, index) => Text(item, $"{Models}[{index}]"))];
                    break;
                default:
                    throw ProblemException.Malformed("body", $"'{Structures}' and '{Models}'", $"'{property.Name}'");
            }
        }

        return new PredictRequest { Structures = structures, Models = models, IsList = true };
    }

    private static StructureText ParseStructure(JsonElement item, int index)
    {
        string place = $"{Structures}[{index}]";
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw ProblemException.Malformed(place, "an object with id, format and text", Kind(item));
        }

        string? id = null, text = null;
        StructureFormat format = StructureFormat.Auto;
        foreach (JsonProperty property in item.EnumerateObject())
        {
            switch (property.Name)
            {
                case "id":
                    id = Text(property.Value, $"{place}.id");
                    break;
                case "text":
                    text = Text(property.Value, $"{place}.text");
                    break;
                case "format":
                    string name = Text(property.Value, $"{place}.format");
                    format = name switch
                    {
                        "auto" => StructureFormat.Auto,
                        "poscar" => StructureFormat.Poscar,
                        "cif" => StructureFormat.Cif,
                        "json" => StructureFormat.Json,
                        _ => throw ProblemException.Malformed($"{place}.format", "poscar, cif, json or auto", $"'{name}'"),
                    };
                    break;
                default:
                    throw ProblemException.Malformed(place, "id, format and text", $"'{property.Name}'");
            }
        }

        return text is null
            ? throw ProblemException.Malformed(place, "a text", "none")
            : new StructureText(id ?? $"{index}", format, Encoding.UTF8.GetBytes(text));
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement value, string place) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray()
        : throw ProblemException.Malformed(place, "a list", Kind(value));

    private static string Text(JsonElement value, string place) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw ProblemException.Malformed(place, "a text", Kind(value));

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    /// <summary>Readers of JSON take a crystal a line, as JSONL has them.</summary>
    private static byte[] OneLine(JsonElement root)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            root.WriteTo(json);
        }

        return buffer.ToArray();
    }
}
