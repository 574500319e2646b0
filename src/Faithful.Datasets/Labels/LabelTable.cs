using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>
/// Labels of materials by their ids, several columns of them, as a CSV file holds them. Immutable; no id occurs twice.
/// </summary>
/// <remarks>
/// The file: UTF-8 with or without a byte order mark, gzipped or not; a header row with the names of the columns; one row a
/// material, as many fields as the header; fields in quotation marks where they hold separators, line breaks or quotation marks
/// (RFC 4180). Blanks around a field that is not quoted do not count, and an empty field is no label. Empty lines are passed over.
/// </remarks>
public sealed class LabelTable
{
    private readonly FrozenDictionary<string, LabelRow> rowOfId;

    /// <summary>Initializes a new instance of the <see cref="LabelTable"/> class from rows that were checked.</summary>
    internal LabelTable(string source, ImmutableArray<string> columns, ImmutableArray<LabelRow> rows)
    {
        Source = source;
        Columns = columns;
        Rows = rows;
        rowOfId = rows.ToFrozenDictionary(row => row.Id, StringComparer.Ordinal);
    }

    /// <summary>Gets the file as the caller named it, or what the labels are otherwise from.</summary>
    public string Source { get; }

    /// <summary>Gets the names of the columns of labels in their order, without that of the ids.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Gets the rows in the order of the file, those without any label too.</summary>
    public ImmutableArray<LabelRow> Rows { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, CSV or TSV; gzip is told by the content.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The table.</returns>
    /// <exception cref="CrystalFormatException">
    /// The file does not exist or cannot be read, has no header row or no labels, repeats a column or an id, or has a row with too
    /// few or too many fields or with misplaced quotation marks. The message names the line.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static LabelTable Read(string path, LabelTableOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Read(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan), path, options);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CrystalFormatException(path, 0, "an existing file of labels", "nothing of this name", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrystalFormatException(path, 0, "a readable file of labels", error.Message, error);
        }
    }

    /// <summary>Reads a stream from its place to its end, and disposes of it.</summary>
    /// <param name="stream">The stream, which can seek; gzip is told by the content.</param>
    /// <param name="source">The name of the file, for errors and for the separator.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The table.</returns>
    /// <exception cref="CrystalFormatException">As the overload for a path.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the stream cannot seek.</exception>
    public static LabelTable Read(Stream stream, string source, LabelTableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(source);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The stream must be able to seek.", nameof(stream));
        }

        var start = stream.Position;
        var isZipped = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        stream.Position = start;
        using var text = isZipped ? CompanionFile.Unzip(stream) : stream;
        return LabelTableReader.Read(text, source, options ?? new LabelTableOptions());
    }

    /// <summary>Gathers the labels of records.</summary>
    /// <param name="records">The records, of different ids.</param>
    /// <param name="source">What to call the table in errors.</param>
    /// <returns>The table; its columns are in ordinal order, its rows in that of the records.</returns>
    /// <exception cref="LabelException">An id is empty or occurs twice, or a column has no name that a header could give it.</exception>
    public static LabelTable FromRecords(IEnumerable<CrystalRecord> records, string source = "labels")
    {
        ArgumentNullException.ThrowIfNull(records);
        var builder = new LabelTableBuilder(source);
        foreach (var record in records)
        {
            builder.Add(record);
        }

        return builder.Build();
    }

    /// <summary>Writes the labels of records to a file; <see cref="LabelTableBuilder"/> does it while records stream by.</summary>
    /// <param name="path">The file, which appears only when it is complete; a name that ends with <c>.gz</c> is gzipped.</param>
    /// <param name="records">The records, of different ids.</param>
    /// <param name="options">How to write it; null for the defaults.</param>
    /// <exception cref="LabelException">As <see cref="FromRecords"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<CrystalRecord> records, LabelTableOptions? options = null) =>
        FromRecords(records, path).Write(path, options);

    /// <summary>Writes the table to a file, which appears only when it is complete; a name that ends with <c>.gz</c> is gzipped.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="options">How to write it; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path, LabelTableOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new LabelTableOptions();
        var delimiter = options.DelimiterOf(path);
        AtomicOutput.Write(path, stream => LabelTableWriter.Write(stream, this, options.IdColumn, delimiter));
    }

    /// <summary>Writes the table to a stream, which is left open: the same table gives the same bytes on every machine.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">How to write it; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Write(Stream stream, LabelTableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new LabelTableOptions();
        LabelTableWriter.Write(stream, this, options.IdColumn, options.DelimiterOf(Source));
    }

    /// <summary>Puts a folder before every id, as the ids of crystals in a folder of an archive have it.</summary>
    /// <param name="folder">The folder, with a slash at the end.</param>
    /// <returns>The table with these ids.</returns>
    internal LabelTable InFolder(string folder) => new(Source, Columns, [.. Rows.Select(row => row with { Id = folder + row.Id })]);

    /// <summary>Finds the labels of a material.</summary>
    /// <param name="id">The id; capital letters count.</param>
    /// <param name="row">Its row, or null.</param>
    /// <returns>Whether the table has the id.</returns>
    public bool TryFind(string id, [NotNullWhen(true)] out LabelRow? row) => rowOfId.TryGetValue(id, out row);

    /// <summary>Adds the labels to records, all at once; <see cref="LabelJoin"/> does it while records stream by.</summary>
    /// <param name="records">The records.</param>
    /// <returns>The records with their labels, without those whose own labels say otherwise, and what was found.</returns>
    public (ImmutableArray<CrystalRecord> Records, LabelJoinReport Report) Join(IEnumerable<CrystalRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var join = new LabelJoin(this);
        ImmutableArray<CrystalRecord> joined = [.. records.Select(join.Apply).Where(result => result.IsSuccess).Select(result => result.Record!)];
        return (joined, join.Report());
    }
}
