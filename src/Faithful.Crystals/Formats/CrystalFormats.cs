using Faithful.Crystals.Formats.Cif;
using Faithful.Crystals.Formats.ExtendedXyz;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Crystals.Formats.Optimade;
using Faithful.Crystals.Formats.Poscar;

namespace Faithful.Crystals.Formats;

/// <summary>The table of formats: a format is added by adding a row.</summary>
internal static class CrystalFormats
{
    /// <summary>Gets the formats, in the order in which a text is tried against them.</summary>
    public static IReadOnlyList<CrystalFormatRow> All { get; } =
    [
        new(
            CrystalFormat.Optimade, "OPTIMADE JSON", "optimade", [".optimade", ".json"], OptimadeReader.IsLike, false, true, false,
            (stream, source, id, options) => OptimadeReader.Read(stream, source, id, options.Optimade),
            (stream, records) => OptimadeWriter.Write(stream, records)),
        new(
            CrystalFormat.MaterialsJson, "materials JSONL", "jsonl", [".jsonl", ".ndjson"], MaterialsJsonReader.IsLike, false, true, false,
            (stream, source, _, options) => MaterialsJsonReader.Read(stream, source, options.MaterialsJson),
            (stream, records) => MaterialsJsonWriter.Write(stream, records)),
        new(
            CrystalFormat.Cif, "CIF", "cif", [".cif"], CifReader.IsLike, false, true, true,
            (stream, source, id, options) => CifReader.Read(stream, source, id, options.Cif),
            (stream, records) => CifWriter.Write(stream, records)),
        new(
            CrystalFormat.ExtendedXyz, "extended XYZ", "extxyz", [".extxyz", ".xyz"], ExtendedXyzReader.IsLike, false, true, false,
            (stream, source, id, options) => ExtendedXyzReader.Read(stream, source, id, options.ExtendedXyz),
            (stream, records) => ExtendedXyzWriter.Write(stream, records)),
        new(
            CrystalFormat.Poscar, "POSCAR", "poscar", [".vasp", ".poscar", ".contcar"], PoscarReader.IsLike, true, false, true,
            (stream, source, id, options) => PoscarReader.Read(stream, source, id, options.Poscar),
            (stream, records) => PoscarWriter.Write(stream, records)),
    ];

    /// <summary>Gets the row of a format.</summary>
    /// <param name="format">The format.</param>
    /// <returns>The row.</returns>
    public static CrystalFormatRow Of(CrystalFormat format) =>
        All.FirstOrDefault(row => row.Format == format) ?? throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format.");

    /// <summary>Tells the format of a text by its beginning; where that could be anything, by the name; else it is taken for a POSCAR.</summary>
    /// <param name="head">The first bytes of the text.</param>
    /// <param name="name">The name of the file.</param>
    /// <returns>The row of the format.</returns>
    public static CrystalFormatRow Detect(byte[] head, string name)
    {
        var text = new TextHead(head);
        return All.FirstOrDefault(row => row.IsLike(text)) ?? ByExtension(name) ?? Of(CrystalFormat.Poscar);
    }

    /// <summary>Finds the format whose extension a file has.</summary>
    /// <param name="name">The name of the file; <c>.gz</c> after the extension is passed over.</param>
    /// <returns>The row of the format, or null.</returns>
    public static CrystalFormatRow? ByExtension(string name)
    {
        name = WithoutGzip(name);
        return All.FirstOrDefault(row => ExtensionOf(name, row) is not null);
    }

    /// <summary>Says whether the name of a file is that of a crystal file.</summary>
    /// <param name="path">The name, which may have folders, separated by slashes.</param>
    /// <returns>Whether it is <c>POSCAR*</c> or <c>CONTCAR*</c> or has the extension of a format.</returns>
    public static bool IsCrystalFile(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return !name.StartsWith("._", StringComparison.Ordinal) // what macOS keeps beside a file in an archive
            && (name.StartsWith("POSCAR", StringComparison.Ordinal)
                || name.StartsWith("CONTCAR", StringComparison.Ordinal)
                || ByExtension(name) is not null);
    }

    /// <summary>Makes the id of a crystal whose text has none.</summary>
    /// <param name="path">The name of its file, which may have folders, separated by slashes.</param>
    /// <returns>The name without the extension of a format; <c>POSCAR-1.5</c> keeps its dot.</returns>
    public static string IdOf(string path)
    {
        path = WithoutGzip(path);
        var extension = All.Select(row => ExtensionOf(path, row)).FirstOrDefault(extension => extension is not null);
        return extension is null ? path : path[..^extension.Length];
    }

    private static string? ExtensionOf(string name, CrystalFormatRow row) => Array.Find(
        row.Extensions,
        extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && name.Length > extension.Length && name[^(extension.Length + 1)] != '/');

    private static string WithoutGzip(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
}
