using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Faithful.Datasets;

/// <summary>The JSON of a <see cref="SplitFile"/>.</summary>
internal static class SplitFileJson
{
    /// <summary>The names of the parts in files.</summary>
    public static readonly ImmutableArray<string> PartNames = ["training", "validation", "test"];

    private const int CurrentFormatVersion = 1;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a split.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="file">The split.</param>
    public static void Write(Stream stream, SplitFile file)
    {
        using (var json = new Utf8JsonWriter(stream, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("format_version", CurrentFormatVersion);
            if (file.Options is { } options)
            {
                json.WriteString("kind", SplitKinds.NameOf(options.Kind));
                json.WriteNumber("seed", options.Seed);
                json.WriteNumber("validation_fraction", options.ValidationFraction);
                if (options.Folds == 0)
                {
                    json.WriteNumber("test_fraction", options.TestFraction);
                }
                else
                {
                    json.WriteNumber("folds", options.Folds);
                    json.WriteNumber("fold", options.Fold);
                }
            }

            if (file.Source is { } source)
            {
                json.WriteString("source", source);
            }

            if (file.SourceSha256 is { } digest)
            {
                json.WriteString("source_sha256", digest);
            }

            foreach (var (name, ids) in PartNames.Zip([file.Training, file.Validation, file.Test]))
            {
                json.WriteStartArray(name);
                foreach (var id in ids)
                {
                    json.WriteStringValue(id);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads a split.</summary>
    /// <param name="text">UTF-8, with or without a byte order mark.</param>
    /// <param name="path">The file, for errors.</param>
    /// <returns>The split.</returns>
    /// <exception cref="SplitException">The text is no split.</exception>
    public static SplitFile Read(ReadOnlyMemory<byte> text, string path)
    {
        if (text.Span.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement, path);
        }
        catch (JsonException error)
        {
            var place = error.LineNumber is long line ? FormattableString.Invariant($"{path}({line + 1})") : path;
            throw new SplitException(place, "a split in JSON", error.Message.Split(" LineNumber:")[0].TrimEnd('.'), error);
        }
    }

    private static SplitFile Read(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new SplitException(path, "a JSON object", $"{root.ValueKind}");
        }

        if (Number(root, "format_version", path, CurrentFormatVersion) is var version && version != CurrentFormatVersion)
        {
            throw new SplitException(path, FormattableString.Invariant($"format version {CurrentFormatVersion}"), FormattableString.Invariant($"{version}"));
        }

        return new(
            path,
            [.. PartNames.Select(part => Ids(root, part, path))],
            root.TryGetProperty("kind", out _) ? ReadOptions(root, path) : null,
            Text(root, "source", path),
            Text(root, "source_sha256", path));
    }

    private static SplitOptions ReadOptions(JsonElement root, string path)
    {
        var name = Text(root, "kind", path)!;
        if (!SplitKinds.TryFind(name, out var kind))
        {
            throw new SplitException(path, $"one of {string.Join(", ", SplitKinds.Names)} as \"kind\"", $"\"{name}\"");
        }

        var options = new SplitOptions();
        var folds = Number(root, "folds", path, 0);
        options = options with
        {
            Kind = kind,
            Seed = Whole("seed", Number(root, "seed", path, options.Seed)),
            TestFraction = Number(root, "test_fraction", path, options.TestFraction),
            ValidationFraction = Number(root, "validation_fraction", path, options.ValidationFraction),
            Folds = Whole("folds", folds),
            Fold = Whole("fold", Number(root, "fold", path, options.Fold)),
        };
        try
        {
            options.Validate();
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new SplitException(path, "fractions and folds in their range", error.Message, error);
        }

        return options;

        int Whole(string field, double value) => value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new SplitException(path, $"a whole number as \"{field}\"", FormattableString.Invariant($"{value}"));
    }

    private static ImmutableArray<string> Ids(JsonElement root, string part, string path)
    {
        if (!root.TryGetProperty(part, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new SplitException(path, $"a list of ids \"{part}\"", "none");
        }

        return
        [
            .. list.EnumerateArray().Select(id => id.ValueKind == JsonValueKind.String
                ? id.GetString()!
                : throw new SplitException(path, $"texts in \"{part}\"", id.GetRawText())),
        ];
    }

    private static double Number(JsonElement root, string field, string path, double standard)
    {
        if (!root.TryGetProperty(field, out var value))
        {
            return standard;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            ? number
            : throw new SplitException(path, $"a number as \"{field}\"", value.GetRawText());
    }

    private static string? Text(JsonElement root, string field, string path)
    {
        if (!root.TryGetProperty(field, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new SplitException(path, $"a text as \"{field}\"", value.GetRawText());
    }
}
