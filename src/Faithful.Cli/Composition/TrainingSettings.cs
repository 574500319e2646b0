using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faithful.Cli.Output;
using Faithful.Networks;
using Faithful.Networks.Training;

namespace Faithful.Cli.Composition;

/// <summary>
/// The options of a network and of its training by the names that <c>options.json</c> has: taken from a preset, then changed by a
/// file and by single settings.
/// </summary>
internal sealed class TrainingSettings
{
    private const string NetworkSection = "network";
    private const string TrainingSection = "training";
    private const string KindName = "network"; // the discriminator among a network's options: which network it is

    private static readonly JsonDocumentOptions FileSyntax = new() { AllowDuplicateProperties = false };

    /// <summary>Begins with a preset.</summary>
    /// <param name="network">The network's options.</param>
    /// <param name="training">The training options.</param>
    public TrainingSettings(NetworkOptions network, TrainingOptions training) => (Network, Training) = (network, training);

    /// <summary>Gets the network's options.</summary>
    public NetworkOptions Network { get; private set; }

    /// <summary>Gets the training options.</summary>
    public TrainingOptions Training { get; private set; }

    /// <summary>Takes the options of a file: <c>{"network":{…},"training":{…}}</c>, any part of them.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">A name or a value is wrong; the message says which.</exception>
    public void Read(string path)
    {
        JsonObject document;
        try
        {
            document = JsonNode.Parse(File.ReadAllText(path), documentOptions: FileSyntax) as JsonObject
                ?? throw new UsageException($"{path}: expected an object {{\"{NetworkSection}\":{{…}},\"{TrainingSection}\":{{…}}}}");
        }
        catch (JsonException error)
        {
            throw new UsageException($"{path}({error.LineNumber + 1}): expected options in JSON, found: {error.Message}");
        }

        foreach ((string section, JsonNode? content) in document)
        {
            if (section is not (NetworkSection or TrainingSection))
            {
                throw new UsageException($"{path}: expected \"{NetworkSection}\" or \"{TrainingSection}\", found \"{section}\"");
            }

            JsonObject values = content as JsonObject ?? throw new UsageException($"{path}: expected an object of options as {section}, found {content?.ToJsonString() ?? "null"}");
            foreach ((string name, JsonNode? value) in values)
            {
                if (!Names(section).Contains(name))
                {
                    throw new UsageException($"{path}: there is no {section} option \"{name}\"{DidYouMean(name, Names(section))}; there are {string.Join(", ", Names(section))}");
                }

                Put($"{path}: {section}.{name}", section, name, value);
            }
        }
    }

    /// <summary>Takes one setting of the command line.</summary>
    /// <param name="setting"><c>name=value</c>; the name alone where it is clear, otherwise with <c>network.</c> or <c>training.</c> before it.</param>
    /// <exception cref="UsageException">The name or the value is wrong; the message says what there is.</exception>
    public void Set(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
        {
            throw new UsageException($"--set: expected name=value, found '{setting}'");
        }

        (string name, string word) = (setting[..equals].Trim(), setting[(equals + 1)..].Trim());
        string[] sections = [.. new[] { NetworkSection, TrainingSection }.Where(section => name.StartsWith($"{section}.", StringComparison.Ordinal))];
        string plain = sections.Length > 0 ? name[(sections[0].Length + 1)..] : name;
        string[] found = [.. (sections.Length > 0 ? sections : [NetworkSection, TrainingSection]).Where(section => Names(section).Contains(plain))];
        switch (found)
        {
            case [string section]:
                Put($"--set {name}", section, plain, Parse(section, plain, word));
                break;
            case []:
                throw new UsageException(
                    $"--set: there is no option '{name}'{DidYouMean(plain, Names(NetworkSection).Concat(Names(TrainingSection)))}; " +
                    $"of the network there are {string.Join(", ", Names(NetworkSection))}; of the training {string.Join(", ", Names(TrainingSection))}");
            default:
                throw new UsageException($"--set: '{name}' is an option of both network and training; expected {string.Join(" or ", found.Select(section => $"{section}.{plain}"))}");
        }
    }

    /// <summary>Changes the training options.</summary>
    /// <param name="change">Makes the changed options.</param>
    public void Change(Func<TrainingOptions, TrainingOptions> change) => Training = change(Training);

    private static string DidYouMean(string word, IEnumerable<string> names) =>
        UsageFault.Closest(word, names) is string close ? $", did you mean '{close}'?" : "";

    private IEnumerable<string> Names(string section) => Values(section).Select(pair => pair.Key).Where(name => section != NetworkSection || name != KindName);

    private JsonObject Values(string section) => (section == NetworkSection
        ? JsonSerializer.SerializeToNode(Network, RunJson.OneLine)
        : JsonSerializer.SerializeToNode(Training, RunJson.OneLine))!.AsObject();

    /// <summary>A word is a number, true, false, a list, or else a text; choices may be written with hyphens.</summary>
    private JsonNode? Parse(string section, string name, string word)
    {
        if (Property(section, name).PropertyType is { IsEnum: true })
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

    private void Put(string origin, string section, string name, JsonNode? value)
    {
        JsonObject values = Values(section);
        values[name] = value?.DeepClone();
        try
        {
            if (section == NetworkSection)
            {
                Network = values.Deserialize<NetworkOptions>(RunJson.OneLine)!;
            }
            else
            {
                Training = values.Deserialize<TrainingOptions>(RunJson.OneLine)!;
            }
        }
        catch (JsonException)
        {
            throw new UsageException($"{origin}: expected {Expected(Property(section, name).PropertyType)}, found {value?.ToJsonString() ?? "null"}");
        }
    }

    private PropertyInfo Property(string section, string name) =>
        (section == NetworkSection ? Network.GetType() : typeof(TrainingOptions)).GetProperties()
        .Single(property => RunJson.OneLine.PropertyNamingPolicy!.ConvertName(property.Name) == name);

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
}
