using System.IO.Compression;
using System.Text;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Datasets.Tests.Labels;

public sealed class LabelTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Property(Replay = "(41,1)")]
    public void What_was_written_is_read_back(string?[] ids, string?[] columns, string?[] labels, bool tabs)
    {
        var names = columns.Select(Name).Where(IsColumn).Distinct().Take(4).ToArray();
        var records = ids.Select(Text).Where(id => id.Length > 0).Distinct().Select((id, row) => Record(
            id, [.. names.Select((name, column) => (name, Text(labels.ElementAtOrDefault((row * names.Length) + column))))])).ToList();
        if (names.Length == 0 || records.Count == 0)
        {
            return;
        }

        var path = folder[tabs ? "labels.tsv" : "labels.csv"];
        LabelTable.Write(path, records);
        var table = LabelTable.Read(path);
        Assert.Equal(names.Order(StringComparer.Ordinal), table.Columns);
        Assert.Equal(records.Select(record => record.Id), table.Rows.Select(row => row.Id));
        foreach (var (record, row) in records.Zip(table.Rows))
        {
            Assert.Equal(record.Labels.Where(label => label.Value.Length > 0).OrderBy(label => label.Key), row.Labels.OrderBy(label => label.Key));
        }
    }

    [Fact]
    public void Quotes_separators_line_breaks_and_blanks_are_kept_and_lines_are_counted()
    {
        var table = Read("id,note,gap\n a ,\"one, \"\"two\"\"\r\nthree\" , 1.5 \n\n\"b \",,\r\nc,x y,-1e-3");
        Assert.Equal(["note", "gap"], table.Columns.AsEnumerable());
        Assert.Equal(["a", "b ", "c"], table.Rows.Select(row => row.Id));
        Assert.Equal("one, \"two\"\r\nthree", table.Rows[0].Labels["note"]);
        Assert.Equal("1.5", table.Rows[0].Labels["gap"]);
        Assert.Empty(table.Rows[1].Labels);
        Assert.Equal([2, 5, 6], table.Rows.Select(row => int.Parse(row.Origin.Split('(')[1].TrimEnd(')'))));
    }

    [Theory]
    [InlineData("tqc,ID,name\nES,x,n", "x")]
    [InlineData("tqc,Material_ID,name\nES,x,n", "x")]
    [InlineData("tqc,gap,name\nES,1,x", "x")]
    [InlineData("file,gap,tqc\nx,1,ES", "x")]
    [InlineData(",gap,tqc\nx,1,ES", "x")]
    public void The_column_of_ids_is_known_by_its_name_or_the_first(string text, string id) => Assert.Equal(id, Assert.Single(Read(text).Rows).Id);

    [Fact]
    public void The_column_of_ids_can_be_named()
    {
        var table = LabelTable.Read(folder.Write("a.csv", "id,entry,tqc\n1,x,ES"), new LabelTableOptions { IdColumn = "Entry" });
        Assert.Equal("x", Assert.Single(table.Rows).Id);
        Assert.Equal(["id", "tqc"], table.Columns.AsEnumerable());
        Assert.Contains("\"entry\"", Fault("id,tqc\n1,ES", new LabelTableOptions { IdColumn = "entry" }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Byte_order_mark_gzip_and_line_ends_do_not_matter()
    {
        var bytes = Encoding.UTF8.GetBytes("id,größe\nα,1\nβ,2\n");
        byte[] withMark = [.. Encoding.UTF8.Preamble, .. bytes];
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(withMark);
        }

        foreach (var content in new[] { bytes, withMark, zipped.ToArray(), Encoding.UTF8.GetBytes("id,größe\r\nα,1\r\nβ,2") })
        {
            File.WriteAllBytes(folder["any"], content);
            var table = LabelTable.Read(folder["any"]);
            Assert.Equal(["größe"], table.Columns.AsEnumerable());
            Assert.Equal([("α", "1"), ("β", "2")], table.Rows.Select(row => (row.Id, row.Labels["größe"])));
        }
    }

    [Fact]
    public void A_gzipped_file_is_written_by_its_name_and_nothing_is_left_of_a_failure()
    {
        LabelTable.Write(folder["labels.csv.gz"], [Record("a", ("gap", "1"))]);
        Assert.Equal([0x1f, 0x8b], File.ReadAllBytes(folder["labels.csv.gz"]).Take(2).Select(value => (int)value));
        Assert.Equal("a", Assert.Single(LabelTable.Read(folder["labels.csv.gz"]).Rows).Id);
        Assert.Throws<LabelException>(() => LabelTable.Write(folder["no.csv"], [Record("a", ("gap", "1")), Record("a", ("gap", "1"))]));
        Assert.Equal(["labels.csv.gz"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("", 0, "a header row", "an empty file")]
    [InlineData("\n\n", 0, "a header row", "an empty file")]
    [InlineData("id\nx", 1, "at least one column of labels", "\"id\"")]
    [InlineData("id;tqc\nx;ES", 1, "separated by \",\"", "\"id;tqc\"")]
    [InlineData("id,tqc,tqc\nx,ES,ES", 1, "each column once", "\"tqc\"")]
    [InlineData("id,tqc,\nx,ES,1", 1, "a name for every column", "column 3")]
    [InlineData("mp-1,0.5\nmp-2,0.7", 1, "a header row with names", "\"0.5\"")]
    [InlineData("id,tqc\nx,ES\n\ny\nz,ES", 4, "2 fields as in the header", "1")]
    [InlineData("id,tqc\nx,ES\ny,ES,1\n", 3, "2 fields as in the header", "3")]
    [InlineData("id,tqc\nx,ES\n,ES\n", 3, "an id", "an empty field")]
    [InlineData("id,tqc\nx,\"E\nS\"\ny,ES\nx,ES\n", 5, "first in line 2", "\"x\" again")]
    [InlineData("id,tqc\nx,\"ES\ny,ES\n", 2, "a closing quotation mark", "none")]
    [InlineData("id,tqc\nx,E\"S\"\n", 2, "quotation marks around whole fields", "x,E")]
    [InlineData("id,tqc\ny,ES\nx,\"E\"S\n", 3, "quotation marks around whole fields", "x,")]
    public void A_fault_names_the_line_what_should_be_there_and_what_is(string text, int line, string expected, string found)
    {
        var fault = Fault(text);
        Assert.Equal(line, fault.Line);
        Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
        Assert.Contains(found, fault.Found, StringComparison.Ordinal);
        Assert.Contains("labels.csv", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_missing_no_text_or_cut_off_are_faults()
    {
        Assert.Contains("nothing of this name", Assert.Throws<CrystalFormatException>(() => LabelTable.Read(folder["none.csv"])).Message, StringComparison.Ordinal);
        Assert.Throws<CrystalFormatException>(() => LabelTable.Read(folder.Path));
        File.WriteAllBytes(folder["latin.csv"], Encoding.Latin1.GetBytes("id,größe\nx,1\n"));
        Assert.Contains("UTF-8", Assert.Throws<CrystalFormatException>(() => LabelTable.Read(folder["latin.csv"])).Message, StringComparison.Ordinal);
        LabelTable.Write(folder["whole.csv.gz"], [.. Enumerable.Range(0, 500).Select(row => Record($"mp-{row}", ("gap", $"{row * row}")))]);
        var whole = File.ReadAllBytes(folder["whole.csv.gz"]);
        Assert.All(new[] { 3, 200, whole.Length - 1 }, length =>
        {
            File.WriteAllBytes(folder["cut.csv.gz"], whole[..length]);
            Assert.Contains("gzip", Assert.Throws<CrystalFormatException>(() => LabelTable.Read(folder["cut.csv.gz"])).Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("id")]
    [InlineData("Name")]
    [InlineData("")]
    [InlineData(" gap")]
    [InlineData("1.5")]
    public void A_column_that_could_not_be_read_back_is_not_written(string column) =>
        Assert.Throws<LabelException>(() => LabelTable.FromRecords([Record("a", (column, "1"))]));

    [Property(MaxTest = 300, Replay = "(42,1)")]
    public void Damaged_files_are_tables_or_faults(int seed)
    {
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes("id,tqc,\"band gap\"\nmp-1,ES,0.5\nmp-2,\"NLC\",\"1,\"\"5\"\n\nmp-3,,\n");
        for (var change = 0; change < 3; change++)
        {
            bytes[random.Next(bytes.Length)] = (byte)"\",\n\r\0a\u001f\u00ff"[random.Next(8)];
        }

        File.WriteAllBytes(folder["damaged.csv"], bytes[..random.Next(bytes.Length + 1)]);
        try
        {
            var table = LabelTable.Read(folder["damaged.csv"]);
            Assert.All(table.Rows, row => Assert.Subset(table.Columns.ToHashSet(), row.Labels.Keys.ToHashSet()));
        }
        catch (CrystalFormatException fault)
        {
            Assert.NotEmpty(fault.Found);
        }
    }

    internal static CrystalRecord Record(string id, params (string Column, string Label)[] labels) => new(
        id,
        new Crystal(Lattice.Cubic(3), [Element.FromSymbol("Po")], [Vector3D.Zero]),
        labels.ToDictionary(label => label.Column, label => label.Label),
        $"{id}.vasp");

    /// <summary>Half a surrogate pair cannot be written in UTF-8.</summary>
    private static string Text(string? text) => string.Concat((text ?? "").Where(letter => !char.IsSurrogate(letter) && letter != '\0'));

    private static string Name(string? text) => Text(text).Trim();

    private static bool IsColumn(string name) => name.Length > 0 && !double.TryParse(name, out _)
        && !new[] { "id", "material_id", "name" }.Contains(name.ToLowerInvariant());

    private LabelTable Read(string text) => LabelTable.Read(folder.Write("labels.csv", text));

    private CrystalFormatException Fault(string text, LabelTableOptions? options = null)
    {
        var path = folder.Write("labels.csv", text);
        return Assert.Throws<CrystalFormatException>(() => LabelTable.Read(path, options));
    }
}
