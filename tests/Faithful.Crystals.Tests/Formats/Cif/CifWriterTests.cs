using System.Globalization;
using Faithful.Crystals.Formats.Cif;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Crystals.Neighbors;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Crystals.Tests.Formats.Cif;

public sealed class CifWriterTests
{
    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 300, Replay = "20253,7")]
    public void A_crystal_that_is_written_is_read_again(SeededCrystal sample)
    {
        var crystal = sample.Crystal;
        var text = CifTexts.Write(CifTexts.Record(crystal));
        var record = CifTexts.Read(text);
        Assert.Empty(record.Warnings);
        Assert.Equal(crystal.Species.AsEnumerable(), record.Crystal.Species);
        var sign = crystal.Lattice.IsRightHanded ? 1.0 : -1.0; // a left-handed basis is written as the opposite one
        Assert.Equal(crystal.FractionalPositions.Select(position => sign * position), record.Crystal.FractionalPositions);
        AssertSameDistances(crystal, record.Crystal);
        Assert.Equal(text, CifTexts.Write(CifTexts.Record(crystal)));
    }

    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 100, Replay = "20253,9")]
    public void A_crystal_goes_through_a_Poscar_and_back(SeededCrystal sample)
    {
        var inPoscar = PoscarReader.Parse(PoscarWriter.ToText(CifTexts.Read(CifTexts.Write(CifTexts.Record(sample.Crystal))).Crystal));
        var inCif = CifTexts.Read(CifTexts.Write(CifTexts.Record(PoscarReader.Parse(PoscarWriter.ToText(sample.Crystal))))).Crystal;
        AssertSameDistances(sample.Crystal, inPoscar);
        AssertSameDistances(sample.Crystal, inCif);
    }

    [Fact]
    public void The_text_is_that_of_a_CIF_in_P1()
    {
        var crystal = new Crystal(
            Lattice.Hexagonal(3.5, 5.25),
            [.. "C O H O".Split(' ').Select(Element.FromSymbol)],
            [Vector3D.Zero, new(1.0 / 3, 2.0 / 3, 0.5), new(0.5, -0.25, 0), new(0.1, 0.2, 0.75)]);
        var record = CifTexts.Record(crystal, "one two") with { Labels = new Dictionary<string, string> { ["gap"] = "1.50", ["T c"] = "it's" } };
        Assert.Equal(
            """
            #\#CIF_1.1

            data_one_two
            _faithful_id 'one two'
            _faithful_label_%54%20c it's
            _faithful_label_gap 1.50
            _chemical_formula_sum 'C H O2'
            _cell_formula_units_Z 1
            _cell_length_a 3.5
            _cell_length_b 3.5
            _cell_length_c 5.25
            _cell_angle_alpha 90
            _cell_angle_beta 90
            _cell_angle_gamma 120
            _cell_volume 55.696259
            _symmetry_space_group_name_H-M 'P 1'
            _symmetry_Int_Tables_number 1
            loop_
            _symmetry_equiv_pos_as_xyz
            x,y,z
            loop_
            _atom_site_label
            _atom_site_type_symbol
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z
            _atom_site_occupancy
            C1 C 0 0 0 1
            O1 O 0.3333333333333333 0.6666666666666666 0.5 1
            H1 H 0.5 -0.25 0 1
            O2 O 0.1 0.2 0.75 1

            """.ReplaceLineEndings("\n"),
            CifTexts.Write(record));
        var again = CifTexts.Read(CifTexts.Write(record));
        Assert.Equal("one two", again.Id);
        Assert.Equal(record.Labels, again.Labels);
    }

    [Fact]
    public void Ids_and_labels_survive_whatever_they_are()
    {
        string[] ids = ["a", "A", "a b", "a_b", "", "?", "data_x", new string('x', 200), "é\n;'\"", "mp-149", "mp-149.", "#1"];
        var records = ids.Select((id, index) => CifTexts.Record(new RandomCrystals(index).Crystal(), id) with
        {
            Labels = new Dictionary<string, string> { ["label"] = id, ["LABEL"] = "other", ["%6c"] = "third", ["é b\n"] = id + "\n;", [id + "!"] = "\\" },
        }).ToArray();
        var text = CifTexts.Write(records);
        var names = text.Split('\n').Where(line => line.StartsWith("data_", StringComparison.Ordinal)).Select(line => line.ToUpperInvariant()).ToList();
        Assert.True(names.Distinct().Count() >= ids.Length);
        Assert.All(names, name => Assert.True(name.Length <= 80));
        var again = CifTexts.ReadAll(text).Select(result => result.GetRecordOrThrow()).ToList();
        Assert.Equal(ids, again.Select(record => record.Id));
        foreach (var (before, after) in records.Zip(again))
        {
            Assert.Equal(before.Labels.OrderBy(label => label.Key, StringComparer.Ordinal), after.Labels.OrderBy(label => label.Key, StringComparer.Ordinal));
            Assert.Equal(before.Crystal.Count, after.Crystal.Count);
        }
    }

    [Fact]
    public void What_a_CIF_cannot_hold_is_refused()
    {
        var crystal = new RandomCrystals(1).Crystal(2);
        Assert.Throws<ArgumentException>(() => CifTexts.Write(CifTexts.Record(crystal, "a\0")));
        var labelled = CifTexts.Record(crystal) with { Labels = new Dictionary<string, string> { ["a"] = "b\r\n" } };
        Assert.Throws<ArgumentException>(() => CifTexts.Write(labelled));
        var skewed = new Crystal(new(new(4, 0, 0), new(4e5, 4, 0), new(0, 400, 4)), [Element.All[5]], [Vector3D.Zero]);
        Assert.Contains("too skewed", Assert.Throws<ArgumentException>(() => CifTexts.Write(CifTexts.Record(skewed))).Message, StringComparison.Ordinal);
        using var stream = new MemoryStream();
        Assert.Throws<ArgumentOutOfRangeException>(() => CifWriter.Write(stream, [], new() { DecimalPlaces = 16 }));
    }

    [Fact]
    public void Rounded_numbers_are_short_and_close()
    {
        using var stream = new MemoryStream();
        var crystals = Enumerable.Range(0, 30).Select(seed => new RandomCrystals(seed).Crystal(skew: 0)).ToList();
        CifWriter.Write(stream, crystals.Select((crystal, index) => CifTexts.Record(crystal, index.ToString(CultureInfo.InvariantCulture))), new() { DecimalPlaces = 5 });
        var text = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        Assert.DoesNotContain("-0.00000", text, StringComparison.Ordinal);
        foreach (var (before, after) in crystals.Zip(CifTexts.ReadAll(text)))
        {
            Assert.True((before.Lattice.Lengths - after.Record!.Crystal.Lattice.Lengths).Length < 1e-5);
            Assert.True(Math.Abs(before.FractionalPositions[0].X) - Math.Abs(after.Record!.Crystal.FractionalPositions[0].X) < 1e-5);
        }
    }

    [Fact]
    public void A_file_appears_complete_or_not_at_all()
    {
        using var folder = new TemporaryFolder();
        var crystal = new RandomCrystals(1).Crystal(2);
        CifWriter.Write(folder["a.cif"], [CifTexts.Record(crystal)]);
        Assert.Throws<ArgumentException>(() => CifWriter.Write(folder["b.cif"], [CifTexts.Record(crystal), CifTexts.Record(crystal, "\0")]));
        Assert.Equal("a.cif", Path.GetFileName(Assert.Single(Directory.GetFiles(folder.Path))));
    }

    [Fact]
    public void Options_have_their_defaults()
    {
        Assert.Equal(new CifReaderOptions { SiteTolerance = 0.01, MaximumAtoms = 100_000, MaximumBlockLength = 33_554_432 }, new CifReaderOptions());
        Assert.Equal(new CifWriterOptions { DecimalPlaces = null }, new CifWriterOptions());
        foreach (var options in new CifReaderOptions[] { new() { SiteTolerance = double.NaN }, new() { SiteTolerance = -1 }, new() { MaximumAtoms = 0 }, new() { MaximumBlockLength = 0 } })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => CifReader.Read(Stream.Null, "a", "a", options));
        }
    }

    // All edges up to a distance, by species: what does not depend on how the crystal is turned.
    private static void AssertSameDistances(Crystal expected, Crystal found)
    {
        Assert.Equal(expected.Species.AsEnumerable(), found.Species);
        Assert.Equal(expected.Lattice.Volume, found.Lattice.Volume, 1e-6 * expected.Lattice.Volume);
        var (before, after) = (NeighborSearch.Find(expected, 4), NeighborSearch.Find(found, 4 + 1e-6));
        Assert.True(after.Count >= before.Count);
        var (one, two) = (before.Distances.Order().ToList(), after.Distances.Order().ToList());
        for (var index = 0; index < one.Count; index++)
        {
            Assert.Equal(one[index], two[index], 1e-6);
        }
    }
}
