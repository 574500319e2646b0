using System.Text;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.Cif;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Testing;
using Microsoft.ML;

namespace Faithful.Pipelines.Tests;

/// <summary>Crystals of the examples as rows, each in one of the three formats.</summary>
internal static class TestCrystals
{
    private static readonly string[] Names = ["Si", "NaCl", "Cu", "BN", "Fe", "TiO2-rutile", "GaAs", "MgO"];

    /// <summary>Text that holds no crystal.</summary>
    public const string Unreadable = "Si\n1.0\n5.4 0 0\n0 5.4 0\nno lattice";

    public static CrystalRecord[] Records { get; } =
    [
        .. Names.Select(name => CrystalSource.Read(Path.Combine(TestData.Examples, $"{name}.poscar")).Single().GetRecordOrThrow()),
    ];

    /// <summary>POSCAR, CIF and materials JSON in turn.</summary>
    public static CrystalInput[] Rows { get; } = [.. Records.Select((record, index) => Row(record, index % 3))];

    public static CrystalInput[] WithOneUnreadable { get; } = [.. Rows[..3], new() { Id = "broken", Structure = Unreadable }, .. Rows[3..5]];

    public static string Poscar(CrystalRecord record) => Text(stream => PoscarWriter.Write(stream, [record]));

    public static string Json(CrystalRecord record) => Text(stream => MaterialsJsonWriter.Write(stream, [record])).TrimEnd();

    public static IDataView View(this MLContext context, params CrystalInput[] rows) => context.Data.LoadFromEnumerable(rows);

    public static CrystalPrediction[] Predictions(this MLContext context, IDataView scored) =>
        [.. context.Data.CreateEnumerable<CrystalPrediction>(scored, reuseRowObject: false)];

    public static (string Id, Crystal Crystal)[] Named { get; } = [.. Rows.Select(row => (row.Id, Read(row)))];

    // By the reader of files: what the rows hold, to the last digit.
    private static Crystal Read(CrystalInput row) =>
        CrystalSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(row.Structure)), row.Id, row.Id).Single().GetRecordOrThrow().Crystal;

    private static CrystalInput Row(CrystalRecord record, int format) => new()
    {
        Id = record.Id,
        Structure = format switch
        {
            0 => Poscar(record),
            1 => Text(stream => CifWriter.Write(stream, [record])),
            _ => Json(record),
        },
    };

    private static string Text(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
