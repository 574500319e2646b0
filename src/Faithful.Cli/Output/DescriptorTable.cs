using System.Globalization;
using System.IO.Compression;
using System.Text;
using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;

namespace Faithful.Cli.Output;

/// <summary>
/// Writes descriptors as CSV (RFC 4180): id, the labels of the first crystal, and the columns of a set. The file appears when it
/// is complete; disposed of earlier, it leaves nothing.
/// </summary>
internal sealed class DescriptorTable : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly DescriptorSet _set;
    private readonly StreamWriter _writer;
    private readonly StringBuilder _line = new();
    private string[]? _labels;

    /// <summary>Initializes a new instance of the <see cref="DescriptorTable"/> class.</summary>
    /// <param name="path">The file; gzipped where its name ends so.</param>
    /// <param name="set">The columns.</param>
    public DescriptorTable(string path, DescriptorSet set)
    {
        _path = path;
        _temporary = TemporaryName(path);
        _set = set;
        _writer = Open(_temporary, path);
    }

    /// <summary>Writes what each column of a set is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="set">The set.</param>
    public static void WriteColumns(string path, DescriptorSet set)
    {
        string temporary = TemporaryName(path);
        using (StreamWriter writer = Open(temporary, path))
        {
            writer.Write("name,unit,description\n");
            foreach (DescriptorColumn column in set.Columns)
            {
                writer.Write($"{CsvText.Quote(column.Name)},{CsvText.Quote(column.Unit)},{CsvText.Quote(column.Description)}\n");
            }
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Writes a crystal.</summary>
    /// <param name="record">Its id and labels.</param>
    /// <param name="values">Its descriptors.</param>
    public void Add(CrystalRecord record, ReadOnlySpan<float> values)
    {
        if (_labels is null)
        {
            _labels = [.. record.Labels.Keys.Order(StringComparer.Ordinal)];
            _writer.Write($"{string.Join(',', ["id", .. _labels.Select(label => CsvText.Quote($"label:{label}")), .. _set.Names.Select(CsvText.Quote)])}\n");
        }

        _line.Clear().Append(CsvText.Quote(record.Id));
        foreach (string label in _labels)
        {
            _line.Append(',').Append(record.Labels.TryGetValue(label, out string? value) ? CsvText.Quote(value) : "");
        }

        foreach (float value in values)
        {
            _line.Append(',');
            if (!float.IsNaN(value))
            {
                _line.Append(CultureInfo.InvariantCulture, $"{value}");
            }
        }

        _writer.Write(_line.Append('\n'));
    }

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        _writer.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(_temporary);
    }

    private static string TemporaryName(string path) => $"{path}.{Environment.ProcessId}.tmp";

    private static StreamWriter Open(string temporary, string path)
    {
        Stream file = File.Create(temporary);
        return new(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file);
    }
}
