using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsvHelper;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>Reads a <see cref="LabelTable"/> from text.</summary>
internal sealed class LabelTableReader : IDisposable
{
    private const int MaximumRowLength = 1 << 24; // bytes; a quotation mark that is never closed must not swallow the memory
    private const int MaximumColumns = 10_000;

    private readonly string source;
    private readonly LabelTableOptions options;
    private readonly CsvReader reader;

    private LabelTableReader(TextReader text, string source, LabelTableOptions options)
    {
        this.source = source;
        this.options = options;
        reader = CsvReader.Create(text, new CsvReaderOptions
        {
            Separator = options.DelimiterOf(source),
            HasHeader = false, // its names are checked as a row
            TrimWhitespace = true,
            TrackLineNumbers = true,
            PoolStrings = true, // the same few classes on every row
            MaxRecordSize = MaximumRowLength,
            OnMalformedRecord = row => throw Malformed(row),
        });
    }

    /// <summary>Gets the line on which the current row begins, from 1.</summary>
    private int Line => (int)reader.LineNumber;

    /// <summary>Reads a table.</summary>
    /// <param name="stream">UTF-8, left open.</param>
    /// <param name="source">The file, for errors.</param>
    /// <param name="options">How to read it.</param>
    /// <returns>The table.</returns>
    /// <exception cref="CrystalFormatException">The text is not such a table.</exception>
    public static LabelTable Read(Stream stream, string source, LabelTableOptions options)
    {
        using var text = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), true, 1 << 16, leaveOpen: true);
        using var reader = new LabelTableReader(text, source, options);
        try
        {
            return reader.ReadTable();
        }
        catch (DecoderFallbackException error)
        {
            throw new CrystalFormatException(source, 0, "text in UTF-8", "other bytes", error);
        }
        catch (InvalidDataException error)
        {
            throw new CrystalFormatException(source, 0, "a whole gzip file", error.Message, error);
        }
        catch (CsvFormatException error)
        {
            throw new CrystalFormatException(
                source, (int)error.LineNumber, $"rows of at most {MaximumRowLength} bytes", "a longer one, or a quotation mark that is never closed", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private LabelTable ReadTable()
    {
        var header = ReadRow() ?? throw new CrystalFormatException(source, 0, "a header row with an id column and columns of labels", "an empty file");
        var idColumn = CheckHeader(header);
        ImmutableArray<string> columns = [.. header.Where((_, column) => column != idColumn)];
        var rows = ImmutableArray.CreateBuilder<LabelRow>();
        var lineOfId = new Dictionary<string, int>(StringComparer.Ordinal);
        while (ReadRow() is { } fields)
        {
            if (fields.Length != header.Length)
            {
                throw Fault($"{header.Length} fields as in the header", $"{fields.Length}");
            }

            var id = fields[idColumn];
            if (id.Length == 0)
            {
                throw Fault($"an id in the column \"{header[idColumn]}\"", "an empty field");
            }

            if (!lineOfId.TryAdd(id, Line))
            {
                throw Fault($"each id once (first in line {lineOfId[id]})", $"the id \"{id}\" again");
            }

            var labels = new Dictionary<string, string>(columns.Length, StringComparer.Ordinal);
            for (var column = 0; column < fields.Length; column++)
            {
                if (column != idColumn && fields[column].Length > 0)
                {
                    labels[header[column]] = fields[column];
                }
            }

            rows.Add(new(id, labels, string.Create(CultureInfo.InvariantCulture, $"{source}({Line})")));
        }

        return new LabelTable(source, columns, rows.ToImmutable());
    }

    /// <summary>Reads the next row that is not an empty line; null at the end.</summary>
    private string[]? ReadRow()
    {
        if (!reader.Read())
        {
            return null;
        }

        var fields = new string[reader.FieldCount];
        for (var column = 0; column < fields.Length; column++)
        {
            fields[column] = reader.GetString(column);
        }

        return fields;
    }

    /// <summary>Checks the names and finds the column of ids.</summary>
    private int CheckHeader(string[] header)
    {
        if (header.Length is < 2 or > MaximumColumns)
        {
            var separator = options.DelimiterOf(source) == '\t' ? "tabs" : $"\"{options.DelimiterOf(source)}\"";
            throw Fault(
                $"an id column and at least one column of labels (at most {MaximumColumns} in all), separated by {separator}",
                header.Length == 1 ? $"only the column \"{Shorten(header[0])}\"" : $"{header.Length} columns");
        }

        var idColumn = FindIdColumn(header);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var column = 0; column < header.Length; column++)
        {
            // Tables with an index that nobody named have no name over their ids.
            if (LabelColumns.Fault(header[column]) is var (expected, found) && !(column == idColumn && header[column].Length == 0))
            {
                throw Fault(expected, $"{found} for column {column + 1}");
            }

            if (!seen.Add(header[column]))
            {
                throw Fault("each column once", $"the column \"{header[column]}\" again");
            }
        }

        return idColumn;
    }

    private int FindIdColumn(string[] header)
    {
        int Find(string name) => Array.FindIndex(header, column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (options.IdColumn is { } wanted)
        {
            return Find(wanted) is var index and >= 0 ? index : throw Fault($"the column \"{wanted}\" for ids", $"the columns {string.Join(", ", header)}");
        }

        return LabelColumns.IdNames.Select(Find).FirstOrDefault(index => index >= 0, 0);
    }

    private CrystalFormatException Malformed(CsvMalformedRecord row) => row.Reason == CsvMalformedReason.UnterminatedQuote
        ? new(source, (int)row.LineNumber, "a closing quotation mark", "none up to the end of the file")
        : new(
            source,
            (int)row.LineNumber,
            "quotation marks around whole fields only, and doubled inside them",
            $"\"{Shorten(row.RawRecord)}\"");

    private CrystalFormatException Fault(string expected, string found) => new(source, Line, expected, found);

    private static string Shorten(string text) => text.Length > 60 ? $"{text[..60]}…" : text;
}
