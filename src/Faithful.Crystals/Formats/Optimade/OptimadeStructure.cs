using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Faithful.Crystals.Formats.Optimade;

/// <summary>Reads one structure; see <see cref="OptimadeReader"/> for the rules.</summary>
internal ref struct OptimadeStructure
{
    /// <summary>The prefix of this program's own attributes.</summary>
    public const string LabelPrefix = "_faithful_";

    private const string StructureType = "structures";

    private static readonly Dictionary<string, string> NoLabels = [];

    private readonly OptimadeErrors errors;
    private readonly OptimadeReaderOptions options;
    private Utf8JsonReader json;
    private Lattice? lattice;
    private List<Vector3D>? positions;
    private List<string>? sites;
    private Dictionary<string, Element>? species;
    private Dictionary<string, string>? labels;

    private OptimadeStructure(ReadOnlySpan<byte> text, OptimadeErrors errors, OptimadeReaderOptions options)
    {
        this.errors = errors;
        this.options = options;
        json = new(text);
    }

    /// <summary>Reads a resource.</summary>
    /// <param name="text">A JSON object.</param>
    /// <param name="source">The file.</param>
    /// <param name="line">The one-based line where it begins.</param>
    /// <param name="id">The id if it has none.</param>
    /// <param name="options">How to read it.</param>
    /// <returns>The crystal or what is wrong; null for a resource that is no structure.</returns>
    public static CrystalReadResult? Read(ReadOnlySpan<byte> text, string source, int line, string id, OptimadeReaderOptions options)
    {
        string? ownId = null;
        try
        {
            ownId = ReadHead(text, source, line, out var type);
            if (type != StructureType)
            {
                return type is null
                    ? CrystalReadResult.Failure(new OptimadeErrors(source, line, ownId).With("a \"type\" of the resource: \"structures\"", "none"))
                    : null;
            }

            var origin = string.Create(CultureInfo.InvariantCulture, $"{source}({line})");
            var structure = new OptimadeStructure(text, new(source, line, ownId), options);
            return CrystalReadResult.Success(structure.ReadRecord(ownId ?? id, origin));
        }
        catch (CrystalFormatException exception)
        {
            return CrystalReadResult.Failure(exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not UTF-8.
            return CrystalReadResult.Failure(new OptimadeErrors(source, line, ownId).NotJson(exception));
        }
        catch (InvalidCrystalException exception)
        {
            return CrystalReadResult.Failure(new OptimadeErrors(source, line, ownId).Because(exception));
        }
    }

    private static string? ReadHead(ReadOnlySpan<byte> text, string source, int line, out string? type)
    {
        string? id = null;
        type = null;
        var json = new Utf8JsonReader(text);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new OptimadeErrors(source, line, null).Wrong("a structure as a JSON object", in json);
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isType) = (json.ValueTextEquals("id"u8), json.ValueTextEquals("type"u8));
            json.Read();
            if (isId && json.TokenType is JsonTokenType.String or JsonTokenType.Number)
            {
                JsonTokenText.TryGetLabel(in json, out id);
            }
            else if (isType && json.TokenType == JsonTokenType.String)
            {
                type = json.GetString();
            }

            json.Skip();
        }

        return string.IsNullOrEmpty(id) ? null : id;
    }

    private CrystalRecord ReadRecord(string id, string origin)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isAttributes = json.ValueTextEquals("attributes"u8);
            json.Read();
            if (!isAttributes)
            {
                json.Skip();
                continue;
            }

            Require(JsonTokenType.StartObject, "an object as \"attributes\"");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ReadAttribute();
            }
        }

        var cell = lattice ?? throw Missing("lattice_vectors");
        var places = positions ?? throw Missing("cartesian_site_positions");
        var crystal = new Crystal(cell, Elements(), [.. places.Select(cell.ToFractional)]);
        return new(id, crystal, labels ?? NoLabels, origin) { Warnings = CloseAtomWarning.Of(crystal) is { } warning ? [warning] : [] };
    }

    private void ReadAttribute()
    {
        if (json.ValueTextEquals("lattice_vectors"u8))
        {
            ReadLattice();
        }
        else if (json.ValueTextEquals("cartesian_site_positions"u8))
        {
            ReadPositions();
        }
        else if (json.ValueTextEquals("species_at_sites"u8))
        {
            ReadSites();
        }
        else if (json.ValueTextEquals("species"u8))
        {
            ReadSpecies();
        }
        else if (json.ValueTextEquals("dimension_types"u8))
        {
            ReadDimensions();
        }
        else if (json.ValueTextEquals("nperiodic_dimensions"u8))
        {
            json.Read();
            if (json.TokenType != JsonTokenType.Null && !(json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var count) && count == 3))
            {
                throw errors.Wrong("3 periodic dimensions in \"nperiodic_dimensions\"", in json);
            }
        }
        else if (json.ValueTextEquals("structure_features"u8))
        {
            ReadFeatures();
        }
        else if (json.ValueSpan is [(byte)'_', ..])
        {
            ReadLabel();
        }
        else
        {
            json.Read();
            json.Skip();
        }
    }

    private void ReadLattice()
    {
        const string Expected = "3 rows of 3 numbers in \"lattice_vectors\", in Å";
        if (!TryBegin(Expected))
        {
            return;
        }

        Span<Vector3D> rows = stackalloc Vector3D[3];
        foreach (ref var row in rows)
        {
            json.Read();
            row = ReadTriple(Expected);
        }

        json.Read();
        Require(JsonTokenType.EndArray, Expected);
        lattice = new(rows[0], rows[1], rows[2]);
    }

    private void ReadPositions()
    {
        const string Expected = "a list of triples of numbers in \"cartesian_site_positions\", in Å";
        if (!TryBegin(Expected))
        {
            return;
        }

        positions = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            positions.Add(ReadTriple(Expected));
            CheckCount(positions.Count);
        }
    }

    private void ReadSites()
    {
        const string Expected = "a list of names of species in \"species_at_sites\"";
        if (!TryBegin(Expected))
        {
            return;
        }

        sites = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Require(JsonTokenType.String, Expected);
            sites.Add(string.Intern(json.GetString()!)); // the same few names at every site
            CheckCount(sites.Count);
        }
    }

    private void ReadSpecies()
    {
        if (!TryBegin(OptimadeSpecies.Expected))
        {
            return;
        }

        species = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var (name, element) = OptimadeSpecies.Read(ref json, errors);
            if (!species.TryAdd(name, element))
            {
                throw errors.With("each species once in \"species\"", $"{QuotedText.Of(name.AsSpan())} again");
            }
        }
    }

    private readonly ImmutableArray<Element> Elements()
    {
        var names = sites ?? throw Missing("species_at_sites");
        var known = species ?? throw Missing("species");
        var elements = ImmutableArray.CreateBuilder<Element>(names.Count);
        foreach (var name in names)
        {
            elements.Add(known.TryGetValue(name, out var element)
                ? element
                : throw errors.With("the species of every site in \"species\"", $"{QuotedText.Of(name.AsSpan())} at a site"));
        }

        return elements.MoveToImmutable();
    }

    private void ReadDimensions()
    {
        const string Expected = "[1, 1, 1] in \"dimension_types\": a crystal is periodic in all directions";
        if (!TryBegin(Expected))
        {
            return;
        }

        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var type) || type != 1 || ++count > 3)
            {
                throw errors.Wrong(Expected, in json);
            }
        }

        if (count != 3)
        {
            throw errors.Wrong(Expected, in json);
        }
    }

    private void ReadFeatures()
    {
        const string Expected = "a list of texts in \"structure_features\"";
        for (var isList = TryBegin(Expected); isList && json.Read() && json.TokenType != JsonTokenType.EndArray;)
        {
            Require(JsonTokenType.String, Expected);
            var feature = json.GetString()!;
            throw feature is "disorder" or "assemblies"
                ? errors.Disordered($"the structure feature {QuotedText.Of(feature.AsSpan())}")
                : errors.With("positions of all atoms, and no structure features", $"the feature {QuotedText.Of(feature.AsSpan())}");
        }
    }

    private void ReadLabel()
    {
        var name = json.GetString()!;
        json.Read();
        if (!JsonTokenText.TryGetLabel(in json, out var label))
        {
            json.Skip();
            return;
        }

        name = string.Intern(name.StartsWith(LabelPrefix, StringComparison.Ordinal) ? name[LabelPrefix.Length..] : name);
        if (label is not null && !(labels ??= []).TryAdd(name, label))
        {
            throw errors.With($"one attribute {QuotedText.Of(name.AsSpan())}", "two");
        }
    }

    // The beginning of a list; null counts as none.
    private bool TryBegin(string expected)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return false;
        }

        Require(JsonTokenType.StartArray, expected);
        return true;
    }

    private Vector3D ReadTriple(string expected)
    {
        Require(JsonTokenType.StartArray, expected);
        Span<double> numbers = stackalloc double[3];
        foreach (ref var number in numbers)
        {
            json.Read();
            number = ReadNumber(expected);
        }

        json.Read();
        Require(JsonTokenType.EndArray, expected);
        return new(numbers[0], numbers[1], numbers[2]);
    }

    private readonly double ReadNumber(string expected) =>
        json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw errors.Wrong(expected, in json);

    private readonly void Require(JsonTokenType type, string expected)
    {
        if (json.TokenType != type)
        {
            throw errors.Wrong(expected, in json);
        }
    }

    private readonly void CheckCount(int count)
    {
        if (count > options.MaximumAtoms)
        {
            throw errors.With(FormattableString.Invariant($"at most {options.MaximumAtoms} atoms"), "more");
        }
    }

    private readonly CrystalFormatException Missing(string attribute) => errors.With($"the attribute \"{attribute}\"", "none");
}
