using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Faithful.Networks.Training;

/// <summary>
/// Named float32 arrays and a few strings in one file of the safetensors format (8 bytes of header length, a JSON header, the
/// raw data; little-endian), which PyTorch, JAX and others read.
/// </summary>
public sealed class SafeTensors
{
    private const int LargestHeader = 100_000_000; // the limit that the format's reference reader sets

    private readonly Dictionary<string, (long[] Shape, float[] Values)> _tensors = [];

    /// <summary>Gets the strings of the header.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Gets the names of the arrays, in order.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="RunFolderException">The file is missing, cut short, or not of this format.</exception>
    public static SafeTensors Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException(path, "a readable checkpoint", error.Message);
        }

        long headerLength = bytes.Length >= 8 ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : -1;
        if (headerLength is < 2 or > LargestHeader || headerLength > bytes.Length - 8)
        {
            throw new RunFolderException(path, "a checkpoint in safetensors format", $"{bytes.Length} bytes without a whole header");
        }

        try
        {
            return Parse(JsonNode.Parse(bytes.AsSpan(8, (int)headerLength))!.AsObject(), bytes.AsSpan(8 + (int)headerLength), path);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            throw new RunFolderException(path, "a safetensors header", error.Message);
        }
    }

    /// <summary>Adds an array.</summary>
    /// <param name="name">A name not used yet.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="values">The values in row-major order.</param>
    public void Add(string name, long[] shape, float[] values) => _tensors.Add(name, (shape, values));

    /// <summary>Gets the values of an array.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The values in row-major order, or null when there is no such array.</returns>
    public float[]? Find(string name) => _tensors.TryGetValue(name, out var tensor) ? tensor.Values : null;

    /// <summary>Gets the shape of an array.</summary>
    /// <param name="name">The name of an array that is there.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="KeyNotFoundException">There is no such array.</exception>
    public long[] Shape(string name) => [.. _tensors[name].Shape];

    /// <summary>Writes the file content.</summary>
    /// <param name="stream">The destination.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = new JsonObject();
        if (Metadata.Count > 0)
        {
            header["__metadata__"] = new JsonObject(
                Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }

        long offset = 0;
        foreach ((string name, (long[] shape, float[] values)) in _tensors)
        {
            long end = offset + 4L * values.Length;
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        string text = header.ToJsonString();
        text = text.PadRight((text.Length + 7) / 8 * 8); // the data begins at a multiple of 8
        byte[] headerBytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, headerBytes.Length);
        stream.Write(length);
        stream.Write(headerBytes);
        foreach ((_, float[] values) in _tensors.Values)
        {
            stream.Write(MemoryMarshal.AsBytes<float>(values));
        }
    }

    private static SafeTensors Parse(JsonObject header, ReadOnlySpan<byte> data, string path)
    {
        var content = new SafeTensors();
        foreach ((string name, JsonNode? node) in header)
        {
            if (name == "__metadata__")
            {
                foreach ((string key, JsonNode? value) in node!.AsObject())
                {
                    content.Metadata[key] = value!.GetValue<string>();
                }

                continue;
            }

            long[] shape = [.. node!["shape"]!.AsArray().Select(size => size!.GetValue<long>())];
            long start = node["data_offsets"]![0]!.GetValue<long>(), end = node["data_offsets"]![1]!.GetValue<long>();
            long count = shape.Aggregate(1L, (product, size) => product * size);
            if (node["dtype"]!.GetValue<string>() != "F32" || start < 0 || end > data.Length || end - start != 4 * count)
            {
                throw new RunFolderException(path, $"float32 data of {name} within the file", $"bytes {start} to {end} of {data.Length}");
            }

            content.Add(name, shape, MemoryMarshal.Cast<byte, float>(data[(int)start..(int)end]).ToArray());
        }

        return content;
    }
}
