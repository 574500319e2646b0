using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Faithful.Models;

/// <summary>
/// Writes the arrays of a batch to a file, so that a model runs in any ONNX runtime without a featuriser of its own: as NumPy's
/// <c>.npz</c>, whose arrays are the feeds of the graph as they are, or as JSON for runtimes without NumPy.
/// </summary>
public static class BatchFile
{
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the first that a zip archive knows: the same arrays give the same bytes

    /// <summary>Writes a zip archive of one <c>.npy</c> array for each input (NumPy Enhancement Proposal 1, format 1.0), uncompressed.</summary>
    /// <param name="path">The file; it appears when it is complete.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="inputs">The inputs to write, <see cref="ModelCard.GraphInputs"/> for those of a model.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteNumPy(string path, CrystalBatch batch, IEnumerable<ModelInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(inputs);
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (ModelInput input in inputs)
            {
                ZipArchiveEntry entry = archive.CreateEntry($"{input.Name}.npy", CompressionLevel.NoCompression);
                entry.LastWriteTime = EntryTime;
                using Stream array = entry.Open();
                array.Write(NumPyHeader(input, batch.Shape(input)));
                array.Write(batch.Values(input) is long[] integers
                    ? MemoryMarshal.AsBytes(integers.AsSpan())
                    : MemoryMarshal.AsBytes(((float[])batch.Values(input)).AsSpan()));
            }
        });
    }

    /// <summary>
    /// Writes an object with the ids of the crystals and, for each input, type, shape and values in row-major order. Numbers have the
    /// digits that give the same float32 again; what is no number is the text "NaN".
    /// </summary>
    /// <param name="path">The file; it appears when it is complete.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="inputs">The inputs to write, <see cref="ModelCard.GraphInputs"/> for those of a model.</param>
    /// <param name="ids">What the crystals are called, in the order of the batch.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteJson(string path, CrystalBatch batch, IEnumerable<ModelInput> inputs, IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(ids);
        AtomicFile.Write(path, stream =>
        {
            using var json = new Utf8JsonWriter(stream);
            json.WriteStartObject();
            WriteList(json, "crystals", ids, json.WriteStringValue);
            json.WriteStartObject("arrays");
            foreach (ModelInput input in inputs)
            {
                json.WriteStartObject(input.Name);
                json.WriteString("type", input.IsInteger ? "int64" : "float32");
                WriteList(json, "shape", batch.Shape(input), json.WriteNumberValue);
                if (batch.Values(input) is long[] integers)
                {
                    WriteList(json, "values", integers, json.WriteNumberValue);
                }
                else
                {
                    WriteList(json, "values", (float[])batch.Values(input), value => WriteNumber(json, value));
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.Flush();
            stream.Write("\n"u8);
        });
    }

    /// <summary>Magic number, version, length and the description of the array, filled up with spaces to a multiple of 64 bytes.</summary>
    private static byte[] NumPyHeader(ModelInput input, long[] shape)
    {
        string sizes = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        string description = $"{{'descr': '{(input.IsInteger ? "<i8" : "<f4")}', 'fortran_order': False, 'shape': ({sizes}{(shape.Length == 1 ? "," : "")}), }}";
        const int Before = 10, Unit = 64;
        int whole = (Before + description.Length + 1 + Unit - 1) / Unit * Unit, length = whole - Before;
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(description.PadRight(length - 1) + "\n")];
    }

    private static void WriteNumber(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T value in values)
        {
            write(value);
        }

        json.WriteEndArray();
    }
}
