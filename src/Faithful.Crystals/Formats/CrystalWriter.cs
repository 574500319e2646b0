using System.Text;
using Faithful.Crystals.Formats.Archives;

namespace Faithful.Crystals.Formats;

/// <summary>
/// Writes crystals in any format: into one file, or one file each into a folder, a zip or a tar archive, with a
/// <c>labels.csv</c> beside them when there are labels. What is written appears when it is complete, and not before.
/// </summary>
public static class CrystalWriter
{
    /// <summary>The file of labels beside crystals that are one file each: a column <c>id</c> with their names and one for each label.</summary>
    public const string LabelFile = "labels.csv";

    /// <summary>Gets the names of the formats as a command line has them.</summary>
    public static IReadOnlyList<string> FormatNames { get; } = [.. CrystalFormats.All.Select(row => row.Option).Order(StringComparer.Ordinal)];

    /// <summary>Gets a format by its name.</summary>
    /// <param name="name">One of <see cref="FormatNames"/>.</param>
    /// <returns>The format.</returns>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static CrystalFormat FormatNamed(string name) =>
        CrystalFormats.All.FirstOrDefault(row => row.Option == name)?.Format ?? throw new ArgumentException($"There is no format \"{name}\".");

    /// <summary>Tells a format by the name of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The format whose extension it has (<c>.gz</c> after it is passed over), POSCAR for POSCAR* and CONTCAR*, else null.</returns>
    public static CrystalFormat? FormatOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var name = Path.GetFileName(path);
        return CrystalFormats.ByExtension(name)?.Format ?? (IsPoscarName(name) ? CrystalFormat.Poscar : null);
    }

    /// <summary>Writes crystals.</summary>
    /// <param name="path">
    /// A file (with <c>.gz</c> it is gzipped), replaced when it exists. For the formats that are kept as one file each (POSCAR, CIF), also
    /// <c>*.zip</c>, <c>*.tar</c>, <c>*.tar.gz</c>, <c>*.tgz</c>, or a folder, which must not exist or be empty.
    /// </param>
    /// <param name="format">The format.</param>
    /// <param name="records">
    /// The crystals. Where each becomes a file, its id is the name, slashes make folders; letters that not every file system takes
    /// become <c>_</c>, and of names that differ in no more than capitals all but the first get a number.
    /// </param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentException">
    /// The format cannot hold a crystal as it is, for example a label whose name means something else in it.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// The path does not suit the format: one POSCAR for several crystals, or an archive for a format that has all in one file.
    /// </exception>
    /// <exception cref="IOException">The path cannot be written, or is a folder with files in it.</exception>
    public static CrystalWriteReport Write(string path, CrystalFormat format, IEnumerable<CrystalRecord> records)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(records);
        var row = CrystalFormats.Of(format);
        var name = Path.GetFileName(path);
        var isOneFile = CrystalFormats.ByExtension(name) is not null || IsPoscarName(name) || !row.IsOneFileEach;
        if (FileSet.IsArchive(path) && !row.IsOneFileEach)
        {
            throw new NotSupportedException($"{row.Name} holds all crystals in one file: name a file *{row.Extensions[0]} or *{row.Extensions[0]}.gz.");
        }

        return FileSet.IsArchive(path) || !isOneFile ? WriteFiles(path, row, records) : WriteFile(path, row, records);
    }

    private static CrystalWriteReport WriteFile(string path, CrystalFormatRow row, IEnumerable<CrystalRecord> records)
    {
        var (count, leftOut) = (0, 0);
        AtomicOutput.Write(path, stream => row.Write(stream, Counted()));
        return new(count, [], leftOut);

        IEnumerable<CrystalRecord> Counted()
        {
            foreach (var record in records)
            {
                if (++count > 1 && row.IsReadWhole)
                {
                    throw new NotSupportedException($"A {row.Name} file holds one crystal: name a folder, *.zip or *.tar.gz for several.");
                }

                leftOut += !row.KeepsLabels && record.Labels.Count > 0 ? 1 : 0;
                yield return record;
            }
        }
    }

    private static CrystalWriteReport WriteFiles(string path, CrystalFormatRow row, IEnumerable<CrystalRecord> records)
    {
        var names = new SafeFileNames();
        List<(string Id, string Name)> renamed = [];
        List<(string Name, IReadOnlyDictionary<string, string> Labels)> labels = [];
        var count = 0;
        using (var files = FileSet.Create(path))
        {
            foreach (var record in records)
            {
                var name = names.Of(record.Id);
                if (name != record.Id)
                {
                    renamed.Add((record.Id, name));
                }

                files.Add(name + row.Extensions[0], stream => row.Write(stream, [record]));
                labels.Add((name, record.Labels));
                count++;
            }

            if (labels.Exists(label => label.Labels.Count > 0))
            {
                files.Add(LabelFile, stream => WriteLabels(stream, labels));
            }

            files.Complete();
        }

        return new(count, renamed, 0);
    }

    // RFC 4180, with LF; blanks at the ends are quoted, because many readers do not count them.
    private static void WriteLabels(Stream stream, List<(string Name, IReadOnlyDictionary<string, string> Labels)> labels)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 14, leaveOpen: true);
        string[] columns = [.. labels.SelectMany(label => label.Labels.Keys).Distinct().Order(StringComparer.Ordinal)];
        WriteRow(["id", .. columns]);
        foreach (var (name, values) in labels)
        {
            WriteRow(columns.Select(column => values.GetValueOrDefault(column, string.Empty)).Prepend(name));
        }

        void WriteRow(IEnumerable<string> cells)
        {
            writer.Write(string.Join(',', cells.Select(cell =>
                cell.AsSpan().ContainsAny(",\"\r\n") || cell.AsSpan().Trim(" \t").Length < cell.Length ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)));
            writer.Write('\n');
        }
    }

    private static bool IsPoscarName(string name) => CrystalFormats.IsCrystalFile(name) && CrystalFormats.ByExtension(name) is null;
}
