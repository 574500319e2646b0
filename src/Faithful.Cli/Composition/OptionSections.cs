using System.Text.Json;
using System.Text.Json.Nodes;
using Faithful.Cli.Output;

namespace Faithful.Cli.Composition;

/// <summary>
/// The options of a run by the names that <c>options.json</c> has: taken from a preset, then changed by a file and by single
/// settings.
/// </summary>
/// <param name="sections">The sections with the values of the preset, at least one.</param>
internal sealed class OptionSections(params OptionSection[] sections)
{
    private static readonly JsonDocumentOptions FileSyntax = new() { AllowDuplicateProperties = false };

    /// <summary>Gets a section.</summary>
    /// <param name="name">Its name.</param>
    public OptionSection this[string name] => sections.Single(section => section.Name == name);

    private string Shape => $"{{{string.Join(",", sections.Select(section => $"\"{section.Name}\":{{…}}"))}}}";

    /// <summary>Takes the options of a file: an object of the sections, any part of them.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">A name or a value is wrong; the message says which.</exception>
    public void Read(string path)
    {
        JsonObject document;
        try
        {
            document = JsonNode.Parse(File.ReadAllText(path), documentOptions: FileSyntax) as JsonObject
                ?? throw new UsageException($"{path}: expected an object {Shape}");
        }
        catch (JsonException error)
        {
            throw new UsageException($"{path}({error.LineNumber + 1}): expected options in JSON, found: {error.Message}");
        }

        foreach ((string name, JsonNode? content) in document)
        {
            OptionSection section = sections.FirstOrDefault(section => section.Name == name)
                ?? throw new UsageException($"{path}: expected {string.Join(" or ", sections.Select(section => $"\"{section.Name}\""))}, found \"{name}\"");
            JsonObject values = content as JsonObject ?? throw new UsageException($"{path}: expected an object of options as {name}, found {content?.ToJsonString() ?? "null"}");
            foreach ((string option, JsonNode? value) in values)
            {
                if (!section.Names.Contains(option))
                {
                    throw new UsageException($"{path}: there is no {name} option \"{option}\"{DidYouMean(option, section.Names)}; there are {string.Join(", ", section.Names)}");
                }

                section.Put($"{path}: {name}.{option}", option, value);
            }
        }
    }

    /// <summary>Takes one setting of the command line.</summary>
    /// <param name="setting"><c>name=value</c>; the name alone where it is clear, otherwise with that of the section and a dot before it.</param>
    /// <exception cref="UsageException">The name or the value is wrong; the message says what there is.</exception>
    public void Set(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
        {
            throw new UsageException($"--set: expected name=value, found '{setting}'");
        }

        (string name, string word) = (setting[..equals].Trim(), setting[(equals + 1)..].Trim());
        OptionSection? named = sections.FirstOrDefault(section => name.StartsWith($"{section.Name}.", StringComparison.Ordinal));
        string plain = named is null ? name : name[(named.Name.Length + 1)..];
        OptionSection[] found = [.. (named is null ? sections : [named]).Where(section => section.Names.Contains(plain))];
        switch (found)
        {
            case [OptionSection section]:
                section.Put($"--set {name}", plain, section.Parse(plain, word));
                break;
            case []:
                string known = string.Join("; ", sections.Select((section, index) => $"of the {section.Name} {(index == 0 ? "there are " : "")}{string.Join(", ", section.Names)}"));
                throw new UsageException($"--set: there is no option '{name}'{DidYouMean(plain, sections.SelectMany(section => section.Names))}; {known}");
            default:
                throw new UsageException(
                    $"--set: '{name}' is an option of both {string.Join(" and ", found.Select(section => section.Name))}; expected {string.Join(" or ", found.Select(section => $"{section.Name}.{plain}"))}");
        }
    }

    private static string DidYouMean(string word, IEnumerable<string> names) =>
        UsageFault.Closest(word, names) is string close ? $", did you mean '{close}'?" : "";
}
