using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Testing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests.Loading;

/// <summary>A source of crystals is a data view of texts and labels.</summary>
public sealed class LoadCrystalsTests : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Structures_are_read_again_to_the_last_bit()
    {
        CrystalDataView data = _context.Data.LoadCrystals(TestData.Examples, []);
        CrystalRecord[] records = [.. CrystalSource.Read(TestData.Examples).Select(result => result.GetRecordOrThrow())];
        Assert.Equal(records.Length, data.GetRowCount());
        CrystalInput[] rows = [.. _context.Data.CreateEnumerable<CrystalInput>(data, reuseRowObject: false)];
        Assert.Equal(records.Select(record => record.Id), rows.Select(row => row.Id));
        Assert.All(records.Zip(rows), pair =>
        {
            Crystal read = CrystalText.Parse(pair.Second.Structure, "x");
            Assert.True(pair.First.Crystal.Species.SequenceEqual(read.Species));
            Assert.True(pair.First.Crystal.FractionalPositions.SequenceEqual(read.FractionalPositions));
            Assert.Equal(pair.First.Crystal.Lattice.C, read.Lattice.C);
        });
    }

    [Fact]
    public void Labels_are_numbers_or_texts_as_their_column_says()
    {
        string source = Source("""{"tqc":"NLC","gap":1.5,"space_group":225,"mixed":1}""", """{"tqc":"ES","space_group":1,"mixed":"a"}""", "{}");
        CrystalDataView data = _context.Data.LoadCrystals(source);
        Assert.Equal(
            ["Id: String", "Structure: String", "gap: Single", "mixed: String", "space_group: String", "tqc: String"],
            data.Schema.Select(column => column.ToString()));
        Assert.Equal([1.5f, float.NaN, float.NaN], data.GetColumn<float>("gap"));
        Assert.Equal(["NLC", "ES", ""], data.GetColumn<string>("tqc"));
        Assert.Equal(["225", "1", ""], data.GetColumn<string>("space_group"));
        Assert.Equal(["Id", "Structure", "tqc"], _context.Data.LoadCrystals(source, ["tqc"]).Schema.Select(column => column.Name));
        Assert.Throws<LabelException>(() => _context.Data.LoadCrystals(source, ["mixed"]));
        Assert.Contains("gap", Assert.Throws<LabelException>(() => _context.Data.LoadCrystals(source, ["none"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _context.Data.LoadCrystals(source, ["tqc", "tqc"]));
    }

    [Fact]
    public void A_file_of_labels_is_joined_by_id()
    {
        string source = Source("{}", "{}");
        string labels = _folder.Write("other.csv", "id,energy\nc0,-1.5\nc1,2\n");
        CrystalDataView data = _context.Data.LoadCrystals(source, options: new() { LabelFile = labels });
        Assert.Equal([-1.5f, 2f], data.GetColumn<float>("energy"));
        File.WriteAllText(labels, "id,energy\nx,1\n");
        Assert.Throws<CrystalFormatException>(() => _context.Data.LoadCrystals(source, options: new() { LabelFile = labels }));
    }

    [Fact]
    public void A_bad_crystal_is_reported_and_left_out_or_ends_the_reading()
    {
        string source = _folder.Write("bad.jsonl", $"{TestCrystals.Json(TestCrystals.Records[0])}\n{{\"id\":3}}\n{TestCrystals.Json(TestCrystals.Records[1])}\n");
        CrystalDataView data = _context.Data.LoadCrystals(source);
        Assert.Equal(2, data.GetRowCount());
        Assert.Equal(["Si", "NaCl"], data.GetColumn<string>("Id"));
        Assert.EndsWith("bad.jsonl(2)", Assert.Single(data.Rejected).Origin, StringComparison.Ordinal);
        Assert.Throws<CrystalFormatException>(() => _context.Data.LoadCrystals(source, options: new() { Strict = true }));
        Assert.Throws<CrystalFormatException>(() => _context.Data.LoadCrystals(_folder["nothing"]));
    }

    [Fact]
    public void Every_cursor_reads_again_and_only_what_it_is_asked_for()
    {
        int passes = 0;
        IEnumerable<CrystalRecord> Records()
        {
            passes++;
            return TestCrystals.Records;
        }

        IEnumerable<CrystalRecord> records = Enumerable.Repeat(0, 1).SelectMany(_ => Records());
        CrystalDataView data = _context.Data.LoadCrystals(records);
        Assert.Equal(1, passes);
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema["Id"]]);
        Assert.False(cursor.IsColumnActive(data.Schema["Structure"]));
        Assert.Throws<ArgumentException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(data.Schema["Structure"]));
        ValueGetter<ReadOnlyMemory<char>> get = cursor.GetGetter<ReadOnlyMemory<char>>(data.Schema["Id"]);
        ReadOnlyMemory<char> id = default;
        Assert.Throws<InvalidOperationException>(() => get(ref id));
        Assert.True(cursor.MoveNext());
        get(ref id);
        Assert.Equal((2, "Si", 0), (passes, id.ToString(), cursor.Position));
    }

    [Fact]
    public void A_pipeline_takes_the_view_as_it_is()
    {
        IDataView data = _context.Data.LoadCrystals(TestCrystals.Records);
        using CrystalScoringTransformer transformer = _context.Transforms.ScoreCrystals(ShippedModels.PointGroup, ShippedModels.OnCpu).Fit(data);
        Assert.Equal(TestCrystals.Records.Length, _context.Predictions(transformer.Transform(data)).Count(prediction => prediction.Class.Length > 0));
    }

    private string Source(params string[] labels) => _folder.Write("source.jsonl", string.Concat(labels.Select((text, index) =>
        $"{{\"id\":\"c{index}\",\"cell\":[3,3,3,90,90,90],\"species\":[\"Po\"],\"frac\":[[0,0,0]],\"labels\":{text}}}\n")));
}
