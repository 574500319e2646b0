using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Faithful.Crystals.Formats.MaterialsJson;

namespace Faithful.Crystals.Formats.Optimade;

/// <summary>
/// Writes an OPTIMADE response (https://specification.optimade.org, version 1.2) with structures, one a line within the list. The
/// same records give the same text on every machine. A label <c>x</c> becomes the attribute <c>_faithful_x</c>, one that already is
/// the attribute of a database (<c>_mp_x</c>) keeps its name.
/// </summary>
public static partial class OptimadeWriter
{
    private const int FlushLength = 1 << 16;

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes records to a file, which appears only when it is complete; a name that ends with <c>.gz</c> is gzipped.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="records">The records.</param>
    /// <param name="options">How to write them; null for the defaults.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<CrystalRecord> records, OptimadeWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        AtomicOutput.Write(path, stream => Write(stream, records, options));
    }

    /// <summary>Writes records to a stream, labels in ordinal order of their names.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="records">The records.</param>
    /// <param name="options">How to write them; null for the defaults.</param>
    public static void Write(Stream stream, IEnumerable<CrystalRecord> records, OptimadeWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(records);
        options ??= new();
        var buffer = new ArrayBufferWriter<byte>(FlushLength);
        using var json = new Utf8JsonWriter(buffer, JsonOptions);
        var count = 0;
        buffer.Write("{\"data\":["u8);
        foreach (var record in records)
        {
            buffer.Write(count++ == 0 ? "\n"u8 : ",\n"u8);
            WriteStructure(json, record, options);
            json.Flush();
            json.Reset();
            if (buffer.WrittenCount > FlushLength)
            {
                stream.Write(buffer.WrittenSpan);
                buffer.ResetWrittenCount();
            }
        }

        buffer.Write("\n],\"meta\":"u8);
        json.WriteStartObject();
        json.WriteString("api_version"u8, "1.2.0");
        json.WriteNumber("data_returned"u8, count);
        json.WriteBoolean("more_data_available"u8, false);
        json.WriteEndObject();
        json.Flush();
        buffer.Write("}\n"u8);
        stream.Write(buffer.WrittenSpan);
    }

    private static void WriteStructure(Utf8JsonWriter json, CrystalRecord record, OptimadeWriterOptions options)
    {
        var crystal = record.Crystal;
        string[] elements = [.. crystal.Species.Distinct().Select(element => element.Symbol).Order(StringComparer.Ordinal)];
        json.WriteStartObject();
        json.WriteString("id"u8, record.Id);
        json.WriteString("type"u8, "structures");
        json.WriteStartObject("attributes"u8);
        json.WriteStartArray("elements"u8);
        Array.ForEach(elements, json.WriteStringValue);
        json.WriteEndArray();
        json.WriteNumber("nelements"u8, elements.Length);
        json.WriteNumber("nsites"u8, crystal.Count);
        json.WriteString("chemical_formula_reduced"u8, ReducedFormula(crystal, elements));
        json.WriteStartArray("dimension_types"u8);
        for (var axis = 0; axis < 3; axis++)
        {
            json.WriteNumberValue(1);
        }

        json.WriteEndArray();
        json.WriteNumber("nperiodic_dimensions"u8, 3);
        json.WriteStartArray("lattice_vectors"u8);
        WriteVector(json, crystal.Lattice.A);
        WriteVector(json, crystal.Lattice.B);
        WriteVector(json, crystal.Lattice.C);
        json.WriteEndArray();
        json.WriteStartArray("cartesian_site_positions"u8);
        for (var atom = 0; atom < crystal.Count; atom++)
        {
            WriteVector(json, crystal.CartesianPosition(atom));
        }

        json.WriteEndArray();
        json.WriteStartArray("species_at_sites"u8);
        foreach (var element in crystal.Species)
        {
            json.WriteStringValue(element.Symbol);
        }

        json.WriteEndArray();
        WriteSpecies(json, elements);
        json.WriteStartArray("structure_features"u8);
        json.WriteEndArray();
        foreach (var (name, value) in record.Labels.Where(_ => options.WithLabels).OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(AttributeName(name));
            if (JsonNumber.IsNumber(value))
            {
                json.WriteRawValue(value, skipInputValidation: true);
            }
            else
            {
                json.WriteStringValue(value);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSpecies(Utf8JsonWriter json, string[] elements)
    {
        json.WriteStartArray("species"u8);
        foreach (var element in elements)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, element);
            json.WriteStartArray("chemical_symbols"u8);
            json.WriteStringValue(element);
            json.WriteEndArray();
            json.WriteStartArray("concentration"u8);
            json.WriteNumberValue(1);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVector(Utf8JsonWriter json, Vector3D vector)
    {
        json.WriteStartArray();
        for (var axis = 0; axis < 3; axis++)
        {
            json.WriteRawValue(vector[axis].ToString("R", CultureInfo.InvariantCulture), skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    // The formula of OPTIMADE has its elements in alphabetical order.
    private static string ReducedFormula(Crystal crystal, string[] elements)
    {
        int[] counts = [.. elements.Select(symbol => crystal.Species.Count(element => element.Symbol == symbol))];
        var divisor = counts.Aggregate((first, second) => (int)System.Numerics.BigInteger.GreatestCommonDivisor(first, second));
        return string.Concat(elements.Zip(counts, (symbol, count) =>
            count == divisor ? symbol : FormattableString.Invariant($"{symbol}{count / divisor}")));
    }

    private static string AttributeName(string label) =>
        label.StartsWith(OptimadeStructure.LabelPrefix, StringComparison.Ordinal) || !DatabaseAttribute().IsMatch(label)
            ? OptimadeStructure.LabelPrefix + label
            : label;

    [GeneratedRegex("^_[a-z0-9]+_.")]
    private static partial Regex DatabaseAttribute();
}
