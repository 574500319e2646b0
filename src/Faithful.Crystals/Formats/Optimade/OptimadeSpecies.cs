using System.Globalization;
using System.Text.Json;

namespace Faithful.Crystals.Formats.Optimade;

/// <summary>Reads one species of a structure: a name and what is at the sites that have it, which must be one element.</summary>
internal static class OptimadeSpecies
{
    /// <summary>What the list of species should be.</summary>
    public const string Expected = "a list of species with \"name\" and \"chemical_symbols\" in \"species\"";

    private const double RoundedOne = 1 - 1e-6;

    /// <summary>Reads a species.</summary>
    /// <param name="json">The reader at the beginning of the object; afterwards at its end.</param>
    /// <param name="errors">Makes the errors.</param>
    /// <returns>The name and the element.</returns>
    /// <exception cref="CrystalFormatException">The object is no species, or the species is not one element.</exception>
    public static (string Name, Element Element) Read(ref Utf8JsonReader json, OptimadeErrors errors)
    {
        Require(ref json, JsonTokenType.StartObject, Expected, errors);
        string? name = null;
        List<string>? symbols = null;
        double? concentration = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("name"u8))
            {
                json.Read();
                Require(ref json, JsonTokenType.String, Expected, errors);
                name = json.GetString();
            }
            else if (json.ValueTextEquals("chemical_symbols"u8))
            {
                symbols = [];
                while (IsInList(ref json, symbols.Count == 0, Expected, errors))
                {
                    Require(ref json, JsonTokenType.String, Expected, errors);
                    symbols.Add(json.GetString()!);
                }
            }
            else if (json.ValueTextEquals("concentration"u8))
            {
                concentration = ReadSmallest(ref json, errors);
            }
            else if (json.ValueTextEquals("attached"u8))
            {
                json.Read();
                if (json.TokenType != JsonTokenType.Null)
                {
                    throw errors.With("positions of all atoms", "attached atoms in \"species\"");
                }
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        return name is null || symbols is null or []
            ? throw errors.With(Expected, "none")
            : (name, ElementOf(symbols, concentration ?? 1, errors));
    }

    private static double? ReadSmallest(ref Utf8JsonReader json, OptimadeErrors errors)
    {
        const string ExpectedNumbers = "a list of numbers in \"concentration\"";
        double? smallest = null;
        while (IsInList(ref json, smallest is null, ExpectedNumbers, errors))
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetDouble(out var number) || !double.IsFinite(number))
            {
                throw errors.Wrong(ExpectedNumbers, in json);
            }

            smallest = Math.Min(number, smallest ?? 1);
        }

        return smallest;
    }

    // Goes to the next value of a list; null counts as an empty one.
    private static bool IsInList(ref Utf8JsonReader json, bool isFirst, string expected, OptimadeErrors errors)
    {
        if (isFirst)
        {
            json.Read();
            if (json.TokenType == JsonTokenType.Null)
            {
                return false;
            }

            Require(ref json, JsonTokenType.StartArray, expected, errors);
        }

        return json.Read() && json.TokenType != JsonTokenType.EndArray;
    }

    private static Element ElementOf(List<string> symbols, double concentration, OptimadeErrors errors)
    {
        if (symbols.Count > 1)
        {
            throw errors.Disordered($"a species of {QuotedText.Of(string.Join(", ", symbols).AsSpan())}");
        }

        if (symbols[0] is "vacancy" or "X")
        {
            throw errors.Disordered($"a species of {QuotedText.Of(symbols[0].AsSpan())}");
        }

        return concentration < RoundedOne ? throw errors.Disordered(string.Create(CultureInfo.InvariantCulture, $"a concentration of {concentration}"))
            : Element.TryFromSymbol(symbols[0], out var element) ? element
            : throw errors.With("an element symbol, such as Si, in \"chemical_symbols\"", QuotedText.Of(symbols[0].AsSpan()));
    }

    private static void Require(ref Utf8JsonReader json, JsonTokenType type, string expected, OptimadeErrors errors)
    {
        if (json.TokenType != type)
        {
            throw errors.Wrong(expected, in json);
        }
    }
}
