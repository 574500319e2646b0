using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Faithful.Crystals.Formats.MaterialsJson;

/// <summary>Writes materials JSONL. The same records give the same text, on every machine (how gzip packs it is up to .NET).</summary>
public static class MaterialsJsonWriter
{
    // A symbol even where it looks like a number: 2, -4, 432. A column should not mix texts and numbers.
    private const string SymbolLabel = "point_group";

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes records to a stream: one line each with LF, labels in ordinal order of their names.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="records">The records.</param>
    /// <param name="options">How to write them; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static void Write(Stream stream, IEnumerable<CrystalRecord> records, MaterialsJsonWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(records);
        options ??= new();
        options.Validate();
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using var json = new Utf8JsonWriter(buffer, JsonOptions);
        foreach (var record in records)
        {
            WriteRecord(json, record, options);
            json.Flush();
            buffer.Write("\n"u8);
            stream.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
            json.Reset();
        }
    }

    /// <summary>Writes records to a file, which appears only when it is complete; a name that ends with <c>.gz</c> is gzipped.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="records">The records.</param>
    /// <param name="options">How to write them; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<CrystalRecord> records, MaterialsJsonWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        AtomicOutput.Write(path, stream => Write(stream, records, options));
    }

    private static void WriteRecord(Utf8JsonWriter json, CrystalRecord record, MaterialsJsonWriterOptions options)
    {
        var lattice = record.Crystal.Lattice;
        json.WriteStartObject();
        json.WriteString("id"u8, record.Id);
        if (options.AsCell)
        {
            json.WriteStartArray("cell"u8);
            WriteComponents(json, lattice.Lengths, options);
            WriteComponents(json, lattice.Angles, options);
            json.WriteEndArray();
        }
        else
        {
            json.WriteStartArray("lattice"u8);
            WriteVector(json, lattice.A, options);
            WriteVector(json, lattice.B, options);
            WriteVector(json, lattice.C, options);
            json.WriteEndArray();
        }

        json.WriteStartArray("species"u8);
        foreach (var element in record.Crystal.Species)
        {
            json.WriteStringValue(element.Symbol);
        }

        json.WriteEndArray();
        json.WriteStartArray("frac"u8);
        foreach (var position in record.Crystal.FractionalPositions)
        {
            WriteVector(json, position, options);
        }

        json.WriteEndArray();
        if (record.Labels.Count > 0)
        {
            json.WriteStartObject("labels"u8);
            foreach (var (name, value) in record.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
            {
                json.WritePropertyName(name);
                WriteLabel(json, name, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // What reads as a JSON number is one, so that other programs need not parse it: the reader gives the same text either way.
    private static void WriteLabel(Utf8JsonWriter json, string name, string value)
    {
        if (name != SymbolLabel && JsonNumber.IsNumber(value))
        {
            json.WriteRawValue(value, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(value);
        }
    }

    private static void WriteVector(Utf8JsonWriter json, Vector3D vector, MaterialsJsonWriterOptions options)
    {
        json.WriteStartArray();
        WriteComponents(json, vector, options);
        json.WriteEndArray();
    }

    private static void WriteComponents(Utf8JsonWriter json, Vector3D vector, MaterialsJsonWriterOptions options)
    {
        WriteNumber(json, vector.X, options);
        WriteNumber(json, vector.Y, options);
        WriteNumber(json, vector.Z, options);
    }

    private static void WriteNumber(Utf8JsonWriter json, double number, MaterialsJsonWriterOptions options)
    {
        if (options.DecimalPlaces is not { } places)
        {
            json.WriteRawValue(number.ToString("R", CultureInfo.InvariantCulture), skipInputValidation: true);
            return;
        }

        var text = number.ToString($"F{places}", CultureInfo.InvariantCulture);
        text = text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
        json.WriteRawValue(text is "-0" ? "0" : text, skipInputValidation: true);
    }
}
