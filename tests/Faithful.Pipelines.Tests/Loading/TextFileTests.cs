using Faithful.Testing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests.Loading;

/// <summary>Tables that other programs wrote are scored like crystals that were given directly.</summary>
public sealed class TextFileTests : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly CrystalPrediction[] _expected;

    public TextFileTests() => _expected = _context.Predictions(ShippedModels.Opened.Transform(_context.View(TestCrystals.Rows)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tab_separated_with_line_breaks_written_out()
    {
        string path = _folder.Write("crystals.tsv", TableRow.Table('\t', TestCrystals.Rows));
        Check(_context.Data.LoadFromTextFile<TableRow>(path, hasHeader: true));
    }

    [Fact]
    public void Comma_separated_with_quoted_fields_over_several_lines()
    {
        string path = _folder.Write("crystals.csv", string.Concat(
            TestCrystals.Rows.Select(row => $"{row.Id},\"{row.Structure.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n").Prepend("Id,Structure\n")));
        Check(_context.Data.LoadFromTextFile(path, new TextLoader.Options
        {
            Separators = [','],
            HasHeader = true,
            AllowQuoting = true,
            ReadMultilines = true,
            Columns = [new TextLoader.Column("Id", DataKind.String, 0), new TextLoader.Column("Structure", DataKind.String, 1)],
        }));
    }

    private void Check(IDataView data) => Predictions.AssertSame(_expected, _context.Predictions(ShippedModels.Opened.Transform(data)));
}
