using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Formats;

public sealed class MaterialsJsonTests
{
    private const string Good = """{"id":"mp-1","cell":[4,5,6,90,90,90],"species":["Na","Cl"],"frac":[[0,0,0],[0.5,0.5,0.5]],"labels":{"tqc":"NLC","gap":1.50,"metal":false,"no":null}}""";

    [Fact]
    public void A_line_is_a_crystal_with_labels()
    {
        var record = Assert.Single(Read(Good)).GetRecordOrThrow();
        Assert.Equal(("mp-1", "NaCl", "data.jsonl(1)"), (record.Id, record.Crystal.Formula, record.Origin));
        Assert.Equal(new(4, 5, 6), record.Crystal.Lattice.Lengths);
        Assert.Equal(new(0.5, 0.5, 0.5), record.Crystal.FractionalPositions[1]);
        Assert.Equal([("gap", "1.50"), ("metal", "false"), ("tqc", "NLC")], record.Labels.Select(label => (label.Key, label.Value)).Order());
        Assert.Empty(record.Warnings);
    }

    [Theory]
    [InlineData("""{"frac":[[0,0,0]],"id":"x","species":["Si"],"lattice":[[0,2,2],[2,0,2],[2,2,0]]}""")]
    [InlineData("""  { "id" : "x" , "energy":[{"a":1}], "lattice":[[0,2,2],[2,0,2],[2,2,0]], "species":["Si"], "frac":[[0,0,0]], "labels":{} }  """)]
    public void Fields_may_come_in_any_order_and_others_are_passed_over(string line)
    {
        var record = Assert.Single(Read(line)).GetRecordOrThrow();
        Assert.Equal(new(0, 2, 2), record.Crystal.Lattice.A);
        Assert.Empty(record.Labels);
    }

    [Theory]
    [InlineData("""{"id":"x" """, "a JSON object in one line", "\"{\"id\":\"x\"\"")]
    [InlineData("""{"id":"x"} {}""", "a JSON object in one line", "\"{\"id\":\"x\"} {}\"")]
    [InlineData("[1]", "a JSON object", "a list")]
    [InlineData("hello", "a JSON object in one line", "\"hello\"")]
    [InlineData("""{"cell":[4,5,6,90,90,90],"species":["Na"],"frac":[[0,0,0]]}""", "the field \"id\"", "none")]
    [InlineData("""{"id":"x","species":["Na"],"frac":[[0,0,0]]}""", "the field \"cell\" or \"lattice\"", "none")]
    [InlineData("""{"id":"x","cell":[4,5,6,90,90,90],"frac":[[0,0,0]]}""", "the field \"species\"", "none")]
    [InlineData("""{"id":"x","cell":[4,5,6,90,90,90],"species":["Na"]}""", "the field \"frac\"", "none")]
    [InlineData("""{"id":["x"]}""", "a text as \"id\"", "a list")]
    [InlineData("""{"id":"x","id":"y"}""", "every field once", "a second \"id\"")]
    [InlineData("""{"cell":[4,5,6,90,90,90],"lattice":[[1,0,0],[0,1,0],[0,0,1]]}""", "every field once, and either \"cell\" or \"lattice\"", "a second \"lattice\"")]
    [InlineData("""{"cell":[4,5,6,90,90]}""", "6 numbers in \"cell\"", "the end of the list")]
    [InlineData("""{"cell":[4,5,6,90,90,90,1]}""", "6 numbers in \"cell\"", "\"1\"")]
    [InlineData("""{"cell":[4,5,"6",90,90,90]}""", "6 numbers in \"cell\"", "\"6\"")]
    [InlineData("""{"cell":[4,5,null,90,90,90]}""", "6 numbers in \"cell\"", "null")]
    [InlineData("""{"cell":[4,5,1e999,90,90,90]}""", "6 numbers in \"cell\"", "\"1e999\"")]
    [InlineData("""{"cell":[4,5,NaN,90,90,90]}""", "a JSON object in one line", "\"{\"cell\":[4,5,NaN,90,90,90]}\"")]
    [InlineData("""{"cell":[4,5,6,30,30,90]}""", "cell angles between 0 and 180 degrees", "30, 30, 90")]
    [InlineData("""{"cell":[0,5,6,90,90,90]}""", "cell lengths from", "0, 5, 6")]
    [InlineData("""{"lattice":[[1,0,0],[2,0,0],[0,0,1]]}""", "three basis vectors that span a volume", "a volume of 0")]
    [InlineData("""{"lattice":[[1,0,0],[0,1,0]]}""", "3 rows of 3 numbers in \"lattice\"", "the end of the list")]
    [InlineData("""{"lattice":[[1,0,0],[0,1,0],[0,0,1],[1,1,1]]}""", "3 rows of 3 numbers in \"lattice\"", "a list")]
    [InlineData("""{"species":["Na","Xy"]}""", "an element symbol, such as Si, in \"species\"", "\"Xy\"")]
    [InlineData("""{"species":[11]}""", "a list of element symbols in \"species\"", "\"11\"")]
    [InlineData("""{"species":"Na"}""", "a list of element symbols in \"species\"", "\"Na\"")]
    [InlineData("""{"frac":[0,0,0]}""", "a list of triples of numbers in \"frac\"", "\"0\"")]
    [InlineData("""{"frac":[[0,0]]}""", "a list of triples of numbers in \"frac\"", "the end of the list")]
    [InlineData("""{"labels":{"a":[1]}}""", "texts or numbers in \"labels\"", "a list")]
    [InlineData("""{"labels":{"a":1,"a":2}}""", "one label \"a\"", "two")]
    [InlineData("""{"labels":[]}""", "an object as \"labels\"", "a list")]
    [InlineData("""{"id":"x","cell":[4,5,6,90,90,90],"species":[],"frac":[]}""", "at least one atom", "none")]
    [InlineData("""{"id":"x","cell":[4,5,6,90,90,90],"species":["Na"],"frac":[[0,0,0],[0.5,0,0]]}""", "as many positions as species (1)", "2")]
    [InlineData("""{"id":"x","cell":[4,5,6,90,90,90],"species":["Na","Na"],"frac":[[0,0,0],[1,0,0]]}""", "atoms at least 0.005 Å apart", "0.0000 Å between atoms 1 and 2")]
    [InlineData("""{"id":"x","cell":[4,5,6,90,90,90],"species":["Na"],"frac":[[0,0,1e9]]}""", "fractional coordinates", "(0, 0, 1000000000)")]
    public void A_bad_line_is_named_and_does_not_end_the_reading(string line, string expected, string found)
    {
        var results = Read(Good + "\n\n" + line + "\n" + Good.Replace("mp-1", "mp-2", StringComparison.Ordinal) + "\n");
        Assert.Equal([true, false, true], results.Select(result => result.IsSuccess));
        var error = results[1].Error!;
        Assert.Equal(("data.jsonl", 3), (error.File, error.Line));
        Assert.StartsWith(expected, error.Expected, StringComparison.Ordinal);
        Assert.StartsWith(found, error.Found, StringComparison.Ordinal);
        Assert.Equal($"data.jsonl(3): expected {error.Expected}, found {error.Found}", error.Message);
        Assert.Equal(("mp-2", "data.jsonl(4)"), (results[2].Record!.Id, results[2].Record!.Origin));
    }

    [Fact]
    public void What_is_written_is_read_to_the_last_bit_by_any_number_of_threads()
    {
        var records = Records(300);
        using var stream = new MemoryStream();
        MaterialsJsonWriter.Write(stream, records);
        foreach (var threads in new[] { 1, 2, 7 })
        {
            var again = MaterialsJsonReader.Read(new MemoryStream(stream.ToArray()), "m.jsonl", new() { Threads = threads }).ToList();
            Assert.Equal(records.Count, again.Count);
            for (var index = 0; index < records.Count; index++)
            {
                AssertSame(records[index], again[index].GetRecordOrThrow());
            }
        }
    }

    [Fact]
    public void The_same_records_give_the_same_text()
    {
        using var folder = new TemporaryFolder();
        var records = Records(50);
        MaterialsJsonWriter.Write(folder["a.jsonl"], records);
        MaterialsJsonWriter.Write(folder["b.jsonl.gz"], records.Select(record => record with { Labels = record.Labels.Reverse().ToDictionary() }));
        var (plain, zipped) = (CrystalSource.Read(folder["a.jsonl"]).ToList(), CrystalSource.Read(folder["b.jsonl.gz"]).ToList());
        MaterialsJsonWriter.Write(folder["c.jsonl"], plain.Select(result => result.GetRecordOrThrow()));
        MaterialsJsonWriter.Write(folder["d.jsonl"], zipped.Select(result => result.GetRecordOrThrow()));
        Assert.Equal(File.ReadAllBytes(folder["a.jsonl"]), File.ReadAllBytes(folder["c.jsonl"]));
        Assert.Equal(File.ReadAllBytes(folder["a.jsonl"]), File.ReadAllBytes(folder["d.jsonl"]));
        Assert.Equal(4, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Rounded_numbers_are_short_and_close()
    {
        var records = Records(50);
        using var stream = new MemoryStream();
        MaterialsJsonWriter.Write(stream, records, new() { AsCell = true, DecimalPlaces = 6 });
        Assert.DoesNotContain("-0,", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
        var again = MaterialsJsonReader.Read(new MemoryStream(stream.ToArray()), "m.jsonl").Select(result => result.GetRecordOrThrow());
        foreach (var (before, after) in records.Zip(again))
        {
            Assert.True((before.Crystal.Lattice.Lengths - after.Crystal.Lattice.Lengths).Length < 1e-5);
            Assert.True((before.Crystal.FractionalPositions[0] - after.Crystal.FractionalPositions[0]).Length < 1e-6);
        }
    }

    [Fact]
    public void Long_files_are_read_in_order_and_may_be_left_early()
    {
        var lines = new StringBuilder();
        for (var number = 1; number <= 20_000; number++) // some 4 MB: several chunks
        {
            lines.Append(Good.Replace("mp-1", FormattableString.Invariant($"mp-{number}"), StringComparison.Ordinal)).Append("\r\n");
        }

        var bytes = Encoding.UTF8.GetBytes(lines.ToString().TrimEnd());
        var ids = MaterialsJsonReader.Read(new MemoryStream(bytes), "m.jsonl").Select(result => result.GetRecordOrThrow()).Select(record => (record.Id, record.Origin)).ToList();
        Assert.Equal(Enumerable.Range(1, 20_000).Select(number => ($"mp-{number}", $"m.jsonl({number})")), ids);
        Assert.Equal(10, MaterialsJsonReader.Read(new MemoryStream(bytes), "m.jsonl").Take(10).Count());
    }

    [Fact]
    public void A_line_without_end_is_refused()
    {
        var bytes = new byte[5 << 20];
        Array.Fill(bytes, (byte)'x');
        var error = Assert.Single(MaterialsJsonReader.Read(new MemoryStream(bytes), "m.jsonl", new() { MaximumLineLength = 1 << 21 })).Error!;
        Assert.Equal((1, "a line of at most 2097152 bytes"), (error.Line, error.Expected));
    }

    private static List<CrystalReadResult> Read(string text) => [.. MaterialsJsonReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.jsonl")];

    private static List<CrystalRecord> Records(int count) => [.. Enumerable.Range(0, count).Select(seed => new CrystalRecord(
        $"id-{seed} \"é\"\\",
        new RandomCrystals(seed).Crystal(),
        new Dictionary<string, string> { ["number"] = $"{seed}.50", ["text"] = $"007 {seed}", ["Zahl"] = "-1e-05", ["octal"] = "007", ["plus"] = "+1", ["nan"] = "NaN" },
        "test"))];

    private static void AssertSame(CrystalRecord before, CrystalRecord after)
    {
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(before.Labels.OrderBy(label => label.Key), after.Labels.OrderBy(label => label.Key));
        Assert.Equal(before.Crystal.Species.AsEnumerable(), after.Crystal.Species);
        Assert.Equal(before.Crystal.FractionalPositions.AsEnumerable(), after.Crystal.FractionalPositions);
        Assert.Equal(
            (before.Crystal.Lattice.A, before.Crystal.Lattice.B, before.Crystal.Lattice.C),
            (after.Crystal.Lattice.A, after.Crystal.Lattice.B, after.Crystal.Lattice.C));
    }
}
