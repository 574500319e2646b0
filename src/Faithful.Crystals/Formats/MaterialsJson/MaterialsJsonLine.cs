using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Faithful.Crystals.Formats.MaterialsJson;

/// <summary>Reads one line of a materials JSONL.</summary>
internal ref struct MaterialsJsonLine
{
    private static readonly Dictionary<string, string> NoLabels = [];

    private readonly MaterialsJsonErrors errors;
    private readonly string source;
    private readonly int line;
    private Utf8JsonReader json;
    private string? id;
    private Lattice? lattice;
    private ImmutableArray<Element> species;
    private ImmutableArray<Vector3D> positions;
    private Dictionary<string, string>? labels;

    private MaterialsJsonLine(ReadOnlySpan<byte> text, string source, int line)
    {
        this.source = source;
        this.line = line;
        errors = new(source, line);
        json = new(text);
    }

    /// <summary>Reads a line.</summary>
    /// <param name="text">UTF-8, with or without its end.</param>
    /// <param name="source">The file.</param>
    /// <param name="line">The one-based line.</param>
    /// <returns>The crystal or what is wrong; null for a blank line.</returns>
    public static CrystalReadResult? Parse(ReadOnlySpan<byte> text, string source, int line)
    {
        if (line == 1 && text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        text = text.Trim(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            return null;
        }

        try
        {
            return CrystalReadResult.Success(new MaterialsJsonLine(text, source, line).ReadRecord());
        }
        catch (CrystalFormatException exception)
        {
            return CrystalReadResult.Failure(exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not UTF-8.
            return CrystalReadResult.Failure(new MaterialsJsonErrors(source, line).NotJson(text, exception));
        }
        catch (InvalidCrystalException exception)
        {
            return CrystalReadResult.Failure(new MaterialsJsonErrors(source, line).Because(exception));
        }
    }

    private CrystalRecord ReadRecord()
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong("a JSON object");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadField();
        }

        json.Read(); // throws if anything follows the object
        var crystal = new Crystal(
            lattice ?? throw errors.Missing("\"cell\" or \"lattice\""),
            species.IsDefault ? throw errors.Missing("\"species\"") : species,
            positions.IsDefault ? throw errors.Missing("\"frac\"") : positions);
        var origin = string.Create(CultureInfo.InvariantCulture, $"{source}({line})");
        return new(id ?? throw errors.Missing("\"id\""), crystal, labels ?? NoLabels, origin)
        {
            Warnings = CloseAtomWarning.Of(crystal) is { } warning ? [warning] : [],
        };
    }

    private void ReadField()
    {
        if (json.ValueTextEquals("id"u8))
        {
            Once(id is null, "id");
            json.Read();
            id = json.TokenType switch
            {
                JsonTokenType.String => json.GetString(),
                JsonTokenType.Number => JsonTokenText.Written(in json),
                _ => throw Wrong("a text as \"id\""),
            };
        }
        else if (json.ValueTextEquals("cell"u8))
        {
            Once(lattice is null, "cell");
            lattice = ReadCell();
        }
        else if (json.ValueTextEquals("lattice"u8))
        {
            Once(lattice is null, "lattice");
            lattice = ReadLattice();
        }
        else if (json.ValueTextEquals("species"u8))
        {
            Once(species.IsDefault, "species");
            species = ReadSpecies();
        }
        else if (json.ValueTextEquals("frac"u8))
        {
            Once(positions.IsDefault, "frac");
            positions = ReadPositions();
        }
        else if (json.ValueTextEquals("labels"u8))
        {
            Once(labels is null, "labels");
            labels = ReadLabels();
        }
        else
        {
            json.Read();
            json.Skip();
        }
    }

    private Lattice ReadCell()
    {
        Span<double> numbers = stackalloc double[6];
        ReadNumbers(numbers, "6 numbers in \"cell\": a, b, c in Å, alpha, beta, gamma in degrees");
        return Lattice.FromParameters(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    private Lattice ReadLattice()
    {
        const string Expected = "3 rows of 3 numbers in \"lattice\", in Å";
        Begin(Expected);
        Span<double> row = stackalloc double[3];
        Span<Vector3D> rows = stackalloc Vector3D[3];
        for (var index = 0; index < 3; index++)
        {
            ReadNumbers(row, Expected);
            rows[index] = new(row[0], row[1], row[2]);
        }

        json.Read();
        return json.TokenType == JsonTokenType.EndArray ? new(rows[0], rows[1], rows[2]) : throw Wrong(Expected);
    }

    private ImmutableArray<Element> ReadSpecies()
    {
        const string Expected = "a list of element symbols in \"species\"";
        Begin(Expected);
        var list = ImmutableArray.CreateBuilder<Element>();
        while (json.Read() && json.TokenType == JsonTokenType.String)
        {
            list.Add(Element.TryFromSymbol(json.ValueSpan, out var element)
                ? element
                : throw Wrong("an element symbol, such as Si, in \"species\""));
        }

        return json.TokenType == JsonTokenType.EndArray ? list.DrainToImmutable() : throw Wrong(Expected);
    }

    private ImmutableArray<Vector3D> ReadPositions()
    {
        const string Expected = "a list of triples of numbers in \"frac\"";
        Begin(Expected);
        var list = ImmutableArray.CreateBuilder<Vector3D>(species.IsDefault ? 8 : species.Length);
        Span<double> triple = stackalloc double[3];
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            ReadRest(triple, Expected);
            list.Add(new(triple[0], triple[1], triple[2]));
        }

        return json.TokenType == JsonTokenType.EndArray ? list.DrainToImmutable() : throw Wrong(Expected);
    }

    private Dictionary<string, string> ReadLabels()
    {
        const string Expected = "texts or numbers in \"labels\"";
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong("an object as \"labels\"");
        }

        var values = new Dictionary<string, string>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = string.Intern(json.GetString()!); // the same few names on every line
            json.Read();
            if (!JsonTokenText.TryGetLabel(in json, out var value))
            {
                throw Wrong(Expected);
            }

            if (value is not null && !values.TryAdd(name, value))
            {
                throw errors.TwiceLabel(name);
            }
        }

        return values;
    }

    private void Begin(string expected)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong(expected);
        }
    }

    private void ReadNumbers(scoped Span<double> numbers, string expected)
    {
        Begin(expected);
        ReadRest(numbers, expected);
    }

    // The numbers and the end of an array that has begun.
    private void ReadRest(scoped Span<double> numbers, string expected)
    {
        for (var index = 0; index < numbers.Length; index++)
        {
            json.Read();
            if (json.TokenType != JsonTokenType.Number || !json.TryGetDouble(out numbers[index]) || !double.IsFinite(numbers[index]))
            {
                throw Wrong(expected);
            }
        }

        json.Read();
        if (json.TokenType != JsonTokenType.EndArray)
        {
            throw Wrong(expected);
        }
    }

    private readonly void Once(bool isFirst, string field)
    {
        if (!isFirst)
        {
            throw errors.TwiceField(field);
        }
    }

    private readonly CrystalFormatException Wrong(string expected) => errors.Wrong(expected, in json);
}
