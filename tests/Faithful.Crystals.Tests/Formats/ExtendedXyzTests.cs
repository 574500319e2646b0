using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.ExtendedXyz;
using Faithful.Testing;
using FsCheck;
using FsCheck.Xunit;

namespace Faithful.Crystals.Tests.Formats;

public class ExtendedXyzTests
{
    private const string Cell = "Lattice=\"4 0 0 0 5 0 1 0 6\"";
    private const string Salt = "2\n" + Cell + " Properties=species:S:1:pos:R:3\nNa 0 0 0\nCl 0.5 2.5 3\n";

    [Fact]
    public void A_frame_is_read_with_its_cell_positions_and_labels()
    {
        var text = "2\n" + Cell + " Properties=Z:I:1:forces:R:3:species:S:1:pos:R:3:tag:I:1 pbc=\"T T T\" energy=-1.50 name=salt config_type=\"bulk \\\"hot\\\"\" "
            + "stress=\"1 2 3 4 5 6 7 8 9\" virial=[[1,2,3],[4,5,6],[7,8,9]] dipole={1 2 3} relaxed note=''\n"
            + "11 0.1 0.2 0.3 Na 0 0 0 1\n17 9 9 9 Cl\t0.5  2.5 3 2\n";
        var record = Assert.Single(Read(text)).GetRecordOrThrow();
        Assert.Equal(("salt", "x.extxyz"), (record.Id, record.Origin));
        Assert.Equal(new Vector3D(1, 0, 6), record.Crystal.Lattice.C);
        Assert.Equal(["Na", "Cl"], record.Crystal.Species.Select(element => element.Symbol));
        Assert.True((record.Crystal.FractionalPositions[1] - new Vector3D(0, 0.5, 0.5)).Length < 1e-15);
        Assert.Equal(
            [("config_type", "bulk \"hot\""), ("energy", "-1.50"), ("note", ""), ("relaxed", "T")],
            record.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => (label.Key, label.Value)));
    }

    [Fact]
    public void Names_come_from_the_frame_or_from_its_place()
    {
        Assert.Equal("here", Assert.Single(Read(Salt)).GetRecordOrThrow().Id);
        var named = Salt.Replace("Properties", "id=7 name=seven Properties", StringComparison.Ordinal);
        var records = Read(Salt + "\n" + named + Salt).Select(result => result.GetRecordOrThrow()).ToList();
        Assert.Equal(["here#1", "7", "here#3"], records.Select(record => record.Id));
        Assert.Equal(["x.extxyz(1)", "x.extxyz(6)", "x.extxyz(10)"], records.Select(record => record.Origin));
        Assert.Equal("seven", records[1].Labels["name"]);
    }

    [Theory]
    [InlineData("two\n", 1, "the number of atoms")]
    [InlineData("0\n" + Cell + "\n", 1, "from 1 to 100000 atoms")]
    [InlineData("999999999\n" + Cell + "\n", 1, "from 1 to 100000 atoms")]
    [InlineData("1\nPlain XYZ\nNa 0 0 0\n", 2, "Lattice=")]
    [InlineData("1\nLattice=\"4 0 0 0 5 0 0 0\"\nNa 0 0 0\n", 2, "Lattice=")]
    [InlineData("1\nLattice=\"4 0 0 0 5 0 0 0 6 7\"\nNa 0 0 0\n", 2, "Lattice=")]
    [InlineData("1\nLattice=\"4 0 0 0 5 0 0 0 NaN\"\nNa 0 0 0\n", 2, "Lattice=")]
    [InlineData("1\nLattice=\"4 0 0 0 5 0 4 5 0\"\nNa 0 0 0\n", 2, "three basis vectors that span a volume")]
    [InlineData("1\nLattice=\"4 0 0\nNa 0 0 0\n", 2, "key=value pairs")]
    [InlineData("1\n" + Cell + " pbc=\"T T F\"\nNa 0 0 0\n", 2, "pbc=\"T T T\"")]
    [InlineData("1\n" + Cell + " pbc=F\nNa 0 0 0\n", 2, "pbc=\"T T T\"")]
    [InlineData("1\n" + Cell + " a=1 a=2\nNa 0 0 0\n", 2, "each key once")]
    [InlineData("1\n" + Cell + " a=\nNa 0 0 0\n", 2, "key=value pairs")]
    [InlineData("1\n" + Cell + " Properties=species:S:1\nNa 0 0 0\n", 2, "Properties of name:type:count")]
    [InlineData("1\n" + Cell + " Properties=species:S:1:pos:R:3:x:R:99999999999\nNa 0 0 0\n", 2, "Properties of name:type:count")]
    [InlineData("1\n" + Cell + " Properties=species:S:1:pos:R:3:x\nNa 0 0 0\n", 2, "Properties of name:type:count")]
    [InlineData("1\n" + Cell + "\nna 0 0 0\n", 3, "an element symbol")]
    [InlineData("1\n" + Cell + " Properties=Z:I:1:pos:R:3\n119 0 0 0\n", 3, "an atomic number")]
    [InlineData("1\n" + Cell + "\nNa 0 0\n", 3, "an atom: 4 columns")]
    [InlineData("1\n" + Cell + " Properties=species:S:1:pos:R:3\nNa 0 0 0 1\n", 3, "an atom: 4 columns")]
    [InlineData("1\n" + Cell + "\nNa 0 x 0\n", 3, "a Cartesian coordinate")]
    [InlineData("1\n" + Cell + "\nNa 0 1e999 0\n", 3, "a Cartesian coordinate")]
    [InlineData("2\n" + Cell + "\nNa 0 0 0\nCl 4 5 0\n", 4, "atoms at least 0.005 Å apart")]
    public void A_bad_frame_is_named_and_the_next_one_is_read(string frame, int line, string expected)
    {
        foreach (var before in new[] { "", Salt })
        {
            var results = Read(before + frame + Salt);
            var error = Assert.Single(results, result => !result.IsSuccess).Error!;
            Assert.StartsWith(expected, error.Expected, StringComparison.Ordinal);
            Assert.Equal(("x.extxyz", line + before.Count(letter => letter == '\n')), (error.File, error.Line));
            Assert.Equal(before.Length > 0 ? 2 : 1, results.Count(result => result.IsSuccess));
            Assert.True(results[^1].IsSuccess);
        }
    }

    [Fact]
    public void A_count_that_is_too_large_costs_one_frame_only()
    {
        var results = Read(Salt.Replace("2\n", "3\n", StringComparison.Ordinal) + Salt + Salt);
        Assert.Equal([false, true, true], results.Select(result => result.IsSuccess));
        Assert.Equal("the end of the file", Assert.Single(Read(Salt.Replace("2\n", "3\n", StringComparison.Ordinal))).Error!.Found);
        Assert.Equal("the end of the file", Assert.Single(Read("\n\n")).Error!.Found);
    }

    [Fact]
    public void Lines_are_bounded()
    {
        var text = Salt.Replace("Properties", $"note={new string('x', 5000)} Properties", StringComparison.Ordinal);
        var options = new ExtendedXyzReaderOptions { MaximumLineLength = 1000 };
        var results = ExtendedXyzReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text + Salt)), "x", "here", options).ToList();
        Assert.Equal([false, true], results.Select(result => result.IsSuccess));
        Assert.Equal((2, "a line of at most 1000 characters"), (results[0].Error!.Line, results[0].Error!.Expected));
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 200, Replay = "20253,7")]
    public void What_is_written_is_read_to_the_digits_that_the_cell_allows(SeededCrystal sample)
    {
        var crystal = sample.Crystal;
        var before = new CrystalRecord($"id {sample.Seed}", crystal, new Dictionary<string, string>(), "x");
        var after = Assert.Single(Read(Write(before))).GetRecordOrThrow();
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(crystal.Species.AsEnumerable(), after.Crystal.Species);
        Assert.Equal((crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C), (after.Crystal.Lattice.A, after.Crystal.Lattice.B, after.Crystal.Lattice.C));
        foreach (var (expected, actual) in crystal.FractionalPositions.Zip(after.Crystal.FractionalPositions))
        {
            Assert.True((expected - actual).Length <= 1e-12 * RoundTrips.Conditioning(crystal.Lattice), $"{expected} and {actual}");
        }
    }

    [Property(MaxTest = 300, Replay = "20253,7")]
    public void Labels_are_kept_to_the_letter(NonEmptyString name, string? value, int number)
    {
        var key = new string([.. name.Get.Where(letter => !char.IsSurrogate(letter))]);
        var text = new string([.. (value ?? "").Where(letter => !char.IsSurrogate(letter))]);
        if (key.Length == 0 || ExtendedXyzKeys.IsReserved(key))
        {
            return;
        }

        string[] values = [text, $"{number}", $"{number} {number}", $"{number}\t{number}\n", "T F", " x ", "\"quoted\"", "back\\slash n\\n", "{1 2}", "[a", "=", "é\u2028", ""];
        var labels = values.Select((label, index) => (Key: $"{key}{index}", label)).ToDictionary(pair => pair.Key, pair => pair.label);
        var before = new CrystalRecord("é =\"x\" \\", new RandomCrystals(1).Crystal(2), labels, "x");
        var after = Assert.Single(Read(Write(before))).GetRecordOrThrow();
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(labels.OrderBy(label => label.Key, StringComparer.Ordinal), after.Labels.OrderBy(label => label.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void A_label_cannot_take_the_place_of_a_key_of_the_format() =>
        Assert.Throws<ArgumentException>(() => Write(new("a", new RandomCrystals(1).Crystal(2), new Dictionary<string, string> { ["Lattice"] = "1" }, "x")));

    private static List<CrystalReadResult> Read(string text) => [.. ExtendedXyzReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x.extxyz", "here")];

    private static string Write(CrystalRecord record)
    {
        using var stream = new MemoryStream();
        ExtendedXyzWriter.Write(stream, [record]);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
