using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.Optimade;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Crystals.Tests.Formats;

public class OptimadeTests
{
    private const string Attributes =
        "\"attributes\":{\"lattice_vectors\":[[4,0,0],[0,5,0],[1,0,6]],\"species\":[{\"name\":\"Na\",\"chemical_symbols\":[\"Na\"],\"concentration\":[1.0],\"mass\":[22.99]},"
        + "{\"name\":\"Cl1\",\"chemical_symbols\":[\"Cl\"],\"concentration\":[1]}],\"species_at_sites\":[\"Na\",\"Cl1\"],\"cartesian_site_positions\":[[0,0,0],[0.5,2.5,3]],"
        + "\"dimension_types\":[1,1,1],\"nperiodic_dimensions\":3,\"structure_features\":[],\"elements\":[\"Cl\",\"Na\"],\"last_modified\":null,"
        + "\"_exmpl_gap\":5.0,\"_exmpl_list\":[1,2],\"_exmpl_object\":{\"a\":1},\"_exmpl_none\":null,\"_exmpl_stable\":true,\"_faithful_tqc\":\"NLC\"}";

    private const string Salt = "{\"id\":\"mp-1\",\"type\":\"structures\"," + Attributes + "}";
    private const string Other = "{" + Attributes + ",\"type\":\"structures\",\"links\":{},\"id\":\"mp-2\"}";

    public static TheoryData<string> Documents =>
    [
        $"{{\"data\":[{Salt},{Other}]}}",
        $"{{\"meta\":{{\"api_version\":\"1.1.0\",\"nested\":[[{{}}]]}},\"links\":{{\"next\":null}},\"data\":[ {Salt} ,\n {Other} ],\"included\":[{{\"id\":\"r\"}}]}}\n",
        $"{{\"data\":{Salt},\"meta\":{{}}}}\n{{\"data\":{Other}}}",
        $"{Salt}\n{Other}\n",
        $"{{\"x-optimade\":{{\"meta\":{{\"api_version\":\"1.1.0\"}}}}}}\n{{\"type\":\"info\",\"id\":\"structures\"}}\n{Salt}\n{Other}",
        $"{{\"data\":[{{\"type\":\"references\",\"id\":\"x\",\"attributes\":{{}}}},{Salt},{Other}]}}",
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_of_any_shape_gives_its_structures(string document)
    {
        foreach (var piece in new[] { 1, 100, 1 << 16 })
        {
            var records = OptimadeReader.Read(new ForwardOnlyStream(Encoding.UTF8.GetBytes(document), piece), "o.json", "o").Select(result => result.GetRecordOrThrow()).ToList();
            Assert.Equal(["mp-1", "mp-2"], records.Select(record => record.Id));
            foreach (var record in records)
            {
                Assert.Equal(["Na", "Cl"], record.Crystal.Species.Select(element => element.Symbol));
                Assert.Equal(new Vector3D(1, 0, 6), record.Crystal.Lattice.C);
                Assert.True((record.Crystal.FractionalPositions[1] - new Vector3D(0, 0.5, 0.5)).Length < 1e-15);
                Assert.Equal([("_exmpl_gap", "5.0"), ("_exmpl_stable", "true"), ("tqc", "NLC")], record.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => (label.Key, label.Value)));
            }
        }

        Assert.Equal(["mp-1", "mp-2"], CrystalSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(document)), "x", "x").Select(result => result.GetRecordOrThrow().Id));
    }

    [Theory]
    [InlineData("\"structure_features\":[]", "\"structure_features\":[\"disorder\"]", true)]
    [InlineData("\"structure_features\":[]", "\"structure_features\":[\"unknown_positions\"]", false)]
    [InlineData("\"structure_features\":[]", "\"structure_features\":[\"site_attachments\"]", false)]
    [InlineData("\"structure_features\":[]", "\"structure_features\":[\"implicit_atoms\"]", false)]
    [InlineData("\"concentration\":[1.0]", "\"concentration\":[0.5]", true)]
    [InlineData("[\"Na\"],\"concentration\":[1.0]", "[\"Na\",\"K\"],\"concentration\":[0.5,0.5]", true)]
    [InlineData("[\"Na\"],\"concentration\":[1.0]", "[\"Na\",\"vacancy\"],\"concentration\":[0.5,0.5]", true)]
    [InlineData("[\"Na\"]", "[\"X\"]", true)]
    [InlineData("[\"Na\"]", "[\"Nn\"]", false)]
    [InlineData("[\"Na\"]", "[]", false)]
    [InlineData("\"mass\":[22.99]", "\"attached\":[\"H\"]", false)]
    [InlineData("\"dimension_types\":[1,1,1]", "\"dimension_types\":[1,1,0]", false)]
    [InlineData("\"dimension_types\":[1,1,1]", "\"dimension_types\":[1,1]", false)]
    [InlineData("\"nperiodic_dimensions\":3", "\"nperiodic_dimensions\":2", false)]
    [InlineData("[4,0,0]", "[null,null,null]", false)]
    [InlineData("[4,0,0]", "[0,5,0]", false)]
    [InlineData("[0.5,2.5,3]", "[0.5,2.5,null]", false)]
    [InlineData("[0.5,2.5,3]", "[0.5,2.5,1e999]", false)]
    [InlineData(",[0.5,2.5,3]", "", false)]
    [InlineData("[0.5,2.5,3]", "[4,5,0]", false)]
    [InlineData("[\"Na\",\"Cl1\"]", "[\"Na\",\"Br\"]", false)]
    [InlineData("\"lattice_vectors\":", "\"vectors\":", false)]
    [InlineData("\"species_at_sites\":[\"Na\",\"Cl1\"]", "\"species_at_sites\":null", false)]
    [InlineData("\"type\":\"structures\",", "", false)]
    public void A_structure_that_is_no_crystal_is_named_and_the_next_one_is_read(string good, string bad, bool isDisordered)
    {
        Assert.Contains(good, Salt, StringComparison.Ordinal);
        var wrong = Salt.Replace(good, bad, StringComparison.Ordinal).Replace("mp-1", "mp-0", StringComparison.Ordinal);
        foreach (var document in new[] { $"{{\"data\":[\n{wrong},\n{Other}]}}", $"\n{wrong}\n{Other}\n" })
        {
            var results = Read(document);
            var error = results[0].Error!;
            Assert.Equal(("o.json", 2, isDisordered), (error.File, error.Line, error.IsDisordered));
            Assert.Contains("\"mp-0\"", error.Found, StringComparison.Ordinal);
            Assert.Equal("mp-2", results[1].GetRecordOrThrow().Id);
            Assert.Equal(2, results.Count);
        }
    }

    [Theory]
    [InlineData("{\"data\":[]}")]
    [InlineData("{\"data\":null}")]
    [InlineData("{\"errors\":[{\"title\":\"Not found\"}]}")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("{\"data\":[1]}")]
    [InlineData("{\"data\":[{]}")]
    [InlineData("{\"data\":[{\"id\":")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    public void A_document_without_structures_is_one_error(string document) => Assert.False(Assert.Single(Read(document)).IsSuccess);

    [Fact]
    public void A_document_cut_anywhere_is_an_error_after_the_good_structures()
    {
        var document = $"{{\"data\":[{Salt},{Other}]}}";
        for (var length = 1; length < document.Length; length += 3)
        {
            var results = Read(document[..length]);
            Assert.False(results[^1].IsSuccess);
            Assert.All(results.SkipLast(1), result => Assert.True(result.IsSuccess));
        }
    }

    [Fact]
    public void A_damaged_line_costs_one_structure_only()
    {
        var results = Read($"{Salt}\n{Salt[..300]}\n{Other}\n{Salt}}}\n{Other}\n");
        Assert.Equal([true, false, true, true, false, true], results.Select(result => result.IsSuccess));
        Assert.Equal(2, results[1].Error!.Line);
        Assert.Equal("o.json(5)", results[5].GetRecordOrThrow().Origin);
    }

    [Fact]
    public void Structures_are_bounded_and_documents_are_not()
    {
        var many = $"{{\"data\":[{string.Join(',', Enumerable.Repeat(Salt, 500))}],\"included\":[{string.Join(',', Enumerable.Repeat(Salt, 500))}]}}";
        var options = new OptimadeReaderOptions { MaximumStructureLength = 1 << 16 };
        Assert.Equal(500, OptimadeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(many)), "x", "x", options).Count(result => result.IsSuccess));
        var long0 = $"{Salt}\n{Salt.Replace("\"mp-1\"", $"\"{new string('x', 1 << 17)}\"", StringComparison.Ordinal)}\n{Other}";
        var results = OptimadeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(long0)), "x", "x", options).ToList();
        Assert.Equal([true, false, true], results.Select(result => result.IsSuccess));
        Assert.Equal("a structure of at most 65536 bytes", results[1].Error!.Expected);
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 100, Replay = "20253,7")]
    public void What_is_written_is_read_to_the_digits_that_the_cell_allows(SeededCrystal sample)
    {
        var crystal = sample.Crystal;
        var labels = new Dictionary<string, string> { ["tqc"] = "NLC", ["_mp_gap"] = "1.50", ["_x"] = "a\"b\n", ["_faithful_y"] = "007", ["Zahl"] = "-1e-05", [""] = "" };
        var before = new CrystalRecord($"id {sample.Seed}", crystal, labels, "x");
        using var stream = new MemoryStream();
        OptimadeWriter.Write(stream, [before, before]);
        var records = Read(Encoding.UTF8.GetString(stream.ToArray())).Select(result => result.GetRecordOrThrow()).ToList();
        Assert.Equal(2, records.Count);
        var after = records[1];
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(labels.OrderBy(label => label.Key, StringComparer.Ordinal), after.Labels.OrderBy(label => label.Key, StringComparer.Ordinal));
        Assert.Equal(crystal.Species.AsEnumerable(), after.Crystal.Species);
        Assert.Equal((crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C), (after.Crystal.Lattice.A, after.Crystal.Lattice.B, after.Crystal.Lattice.C));
        foreach (var (expected, actual) in crystal.FractionalPositions.Zip(after.Crystal.FractionalPositions))
        {
            Assert.True((expected - actual).Length <= 1e-12 * RoundTrips.Conditioning(crystal.Lattice), $"{expected} and {actual}");
        }
    }

    private static List<CrystalReadResult> Read(string text) => [.. OptimadeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "o.json", "o")];
}
