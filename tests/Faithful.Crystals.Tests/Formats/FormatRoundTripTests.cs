using Faithful.Crystals.Formats;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Crystals.Tests.Formats;

/// <summary>A crystal that goes from format to format stays the same crystal.</summary>
public class FormatRoundTripTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["tqc"] = "NLC", ["gap"] = "1.50" };

    public static TheoryData<CrystalFormat> Formats => [.. CrystalFormats.All.Select(row => row.Format)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_a_format_writes_is_told_by_its_content_whatever_the_name(CrystalFormat format)
    {
        var row = CrystalFormats.Of(format);
        for (var seed = 0; seed < 50; seed++)
        {
            var text = Write(row, new($"m-{seed}", new RandomCrystals(seed).Crystal(), Labels, "x"));
            foreach (var name in new[] { "x.dat", "x.vasp", "x.jsonl" })
            {
                Assert.Equal(format, CrystalFormats.Detect(text, name).Format);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_same_record_gives_the_same_bytes(CrystalFormat format)
    {
        var row = CrystalFormats.Of(format);
        var record = new CrystalRecord("m", new RandomCrystals(5).Crystal(), Labels, "x");
        Assert.Equal(Write(row, record), Write(row, record with { Labels = Labels.Reverse().ToDictionary(), Origin = "elsewhere" }));
    }

    [Fact]
    public void Every_format_has_a_row_with_extensions_and_a_name_of_its_own()
    {
        Assert.Equal(Enum.GetValues<CrystalFormat>(), CrystalFormats.All.Select(row => row.Format).Order());
        Assert.Equal(CrystalFormats.All.Count, CrystalFormats.All.Select(row => row.Option).Distinct().Count());
        string[] extensions = [.. CrystalFormats.All.SelectMany(row => row.Extensions)];
        Assert.Equal(extensions.Length, extensions.Distinct().Count());
        foreach (var row in CrystalFormats.All)
        {
            Assert.All(row.Extensions, extension => Assert.Equal(row.Format, CrystalWriter.FormatOf($"a/b{extension}.gz")));
            Assert.Equal(row.Format, CrystalWriter.FormatNamed(row.Option));
        }
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 60, Replay = "20253,7")]
    public void Every_way_through_all_formats_keeps_the_crystal(SeededCrystal sample)
    {
        var before = sample.Crystal;
        var tolerance = 1e-12 * RoundTrips.Conditioning(before.Lattice);
        var order = CrystalFormats.All.Where(row => row.Format != CrystalFormat.Cif).ToArray();
        var crystal = before;
        foreach (var index in sample.Random().Permutation(order.Length))
        {
            crystal = Through(order[index], crystal);
        }

        Assert.Equal(before.Species.AsEnumerable(), crystal.Species);
        Assert.Equal((before.Lattice.A, before.Lattice.B, before.Lattice.C), (crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C));
        foreach (var (expected, actual) in before.FractionalPositions.Zip(crystal.FractionalPositions))
        {
            Assert.True((expected - actual).Length <= tolerance, $"{expected} and {actual}");
        }
    }

    // A CIF forgets how the crystal is turned and takes its basis as right-handed.
    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 60, Replay = "20253,7")]
    public void The_way_through_CIF_keeps_the_cell_and_the_fractions(SeededCrystal sample)
    {
        var before = sample.Crystal;
        foreach (var row in CrystalFormats.All)
        {
            var first = Through(row, before);
            var after = Through(CrystalFormats.Of(CrystalFormat.Cif), first);
            Assert.Equal(before.Species.AsEnumerable(), after.Species);
            Assert.True((before.Lattice.Lengths - after.Lattice.Lengths).Length <= 1e-10 * before.Lattice.Lengths.Length);
            Assert.True((before.Lattice.Angles - after.Lattice.Angles).Length <= 1e-6);
            Assert.Equal(before.Lattice.Volume, after.Lattice.Volume, 1e-6 * before.Lattice.Volume);
            var sign = before.Lattice.IsRightHanded ? 1 : -1;
            foreach (var (expected, actual) in before.FractionalPositions.Zip(after.FractionalPositions))
            {
                Assert.True((expected - (sign * actual)).Length <= 1e-12 * RoundTrips.Conditioning(before.Lattice), $"{expected} and {actual}");
            }
        }
    }

    private static Crystal Through(CrystalFormatRow row, Crystal crystal) =>
        Assert.Single(CrystalSource.Read(new MemoryStream(Write(row, new("m", crystal, Labels, "x"))), "x", "m")).GetRecordOrThrow().Crystal;

    private static byte[] Write(CrystalFormatRow row, CrystalRecord record)
    {
        using var stream = new MemoryStream();
        row.Write(stream, [record]);
        return stream.ToArray();
    }
}
