using System.Text.Json;

namespace Faithful.Service.Tests;

/// <summary>The schemas of a description, as far as this project uses JSON Schema.</summary>
internal sealed class OpenApiDescription(JsonElement document)
{
    private readonly JsonElement _schemas = document.GetProperty("components").GetProperty("schemas");

    /// <summary>Asserts that a value fits a schema.</summary>
    public void Check(string schema, JsonElement value) => Check(schema, _schemas.GetProperty(schema), value);

    private void Check(string place, JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            string name = reference.GetString()!.Split('/')[^1];
            Check($"{place} ({name})", _schemas.GetProperty(name), value);
            return;
        }

        JsonElement type = schema.GetProperty("type");
        string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(item => item.GetString()!)] : [type.GetString()!];
        Assert.True(types.Any(name => Fits(name, value)), $"{place}: expected {string.Join(" or ", types)}, found {value}");
        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckObject(place, schema, value);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                Check($"{place}[{index++}]", schema.GetProperty("items"), item);
            }
        }
        else if (schema.TryGetProperty("enum", out JsonElement words))
        {
            Assert.Contains(value.GetString(), words.EnumerateArray().Select(word => word.GetString()));
        }
    }

    private void CheckObject(string place, JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("required", out JsonElement required))
        {
            Assert.All(required.EnumerateArray(), name => Assert.True(value.TryGetProperty(name.GetString()!, out _), $"{place}: lacks {name}"));
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            JsonElement known = default;
            bool isKnown = schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(property.Name, out known);
            if (!isKnown)
            {
                Assert.True(schema.GetProperty("additionalProperties").ValueKind == JsonValueKind.Object, $"{place}: has {property.Name}, which is not described");
                known = schema.GetProperty("additionalProperties");
            }

            Check($"{place}.{property.Name}", known, property.Value);
        }
    }

    private static bool Fits(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException(type),
    };
}
