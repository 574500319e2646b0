using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faithful.Cli.Output;
using Faithful.Networks.Training;

namespace Faithful.Cli.Composition;

/// <summary>Options of one kind by the names that <c>options.json</c> has, each of which can be changed.</summary>
/// <param name="name">The name of the section, for example <c>training</c>.</param>
/// <param name="declared">The type as which the section is stored.</param>
/// <param name="value">The options.</param>
/// <param name="hidden">A name that is stored and is no option: which of several kinds the section is.</param>
internal sealed class OptionSection(string name, Type declared, object value, string? hidden = null)
{
    /// <summary>Gets the name of the section.</summary>
    public string Name { get; } = name;

    /// <summary>Gets or sets the options.</summary>
    public object Value { get; set; } = value;

    /// <summary>Gets the names of the options.</summary>
    public IEnumerable<string> Names => Values().Select(pair => pair.Key).Where(key => key != hidden);

    /// <summary>Reads the word of a command line: a number, true, false, a list, or else a text; choices may be written with hyphens.</summary>
    /// <param name="option">The option.</param>
    /// <param name="word">The word.</param>
    /// <returns>The value in JSON.</returns>
    public JsonNode? Parse(string option, string word)
    {
        if (Property(option).PropertyType.IsEnum)
        {
            return word.Replace('-', '_');
        }

        try
        {
            return JsonNode.Parse(word);
        }
        catch (JsonException)
        {
            return word;
        }
    }

    /// <summary>Changes an option.</summary>
    /// <param name="origin">Where the value comes from, for errors.</param>
    /// <param name="option">The option, one of <see cref="Names"/>.</param>
    /// <param name="content">The value in JSON.</param>
    /// <exception cref="UsageException">The option does not hold such a value.</exception>
    public void Put(string origin, string option, JsonNode? content)
    {
        JsonObject values = Values();
        values[option] = content?.DeepClone();
        try
        {
            Value = values.Deserialize(declared, RunJson.OneLine)!;
        }
        catch (JsonException)
        {
            throw new UsageException($"{origin}: expected {Expected(Property(option).PropertyType)}, found {content?.ToJsonString() ?? "null"}");
        }
    }

    private static string Expected(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetValues(type).Cast<object>().Select(choice => JsonSerializer.SerializeToNode(choice, type, RunJson.OneLine)))}",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(double) || type == typeof(float) => "a number",
            _ when type == typeof(string) => "a text",
            _ => "a list or an object as options.json has it",
        };
    }

    private JsonObject Values() => JsonSerializer.SerializeToNode(Value, declared, RunJson.OneLine)!.AsObject();

    private PropertyInfo Property(string option) =>
        Value.GetType().GetProperties().Single(property => RunJson.OneLine.PropertyNamingPolicy!.ConvertName(property.Name) == option);
}
