using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Models.Packing;
using Faithful.Testing;

namespace Faithful.Models.Tests.Packing;

public sealed class PackedRoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_read_is_what_was_prepared()
    {
        CrystalRecord[] records = PackedSamples.Records(60);
        using var data = PackedDataset.Open(PackedSamples.Write(_folder["a.packed"], records), "data.jsonl");
        data.Verify();
        Assert.Equal(records.Length, data.Count);
        Assert.InRange(data.Fallbacks, 1, records.Length - 1);
        for (int i = 0; i < records.Length; i++)
        {
            PreparedCrystal expected = CrystalPreparation.Prepare(records[i].Crystal, PackedSamples.Options);
            PackedSamples.AssertEqual(expected, data[i]);
            Assert.Equal(expected.FallbackReason, data.FallbackReason(i));
            Assert.Equal(records[i].Id, data.Id(i));
            Assert.Equal(records[i].Origin, data.Origin(i));
            Assert.Equal(records[i].Labels, data.Labels(i));
            Assert.Equal(records[i].Crystal.ReducedFormula, data.ReducedFormula(i));
            Assert.Equal(records[i].Crystal.Count, data.CellAtoms(i));
            Assert.Equal(records[i].Crystal.VolumePerAtom, data.VolumePerAtom(i));
            Assert.Equal(records[i].Crystal.Species.ToHashSet(), data.Composition(i).ToHashSet());
            Assert.Equal(records[i].Crystal.ReducedFormula, ChemicalFormula.Reduced(data.Composition(i)));
        }

        Assert.Equal(data.Atoms, Enumerable.Range(0, data.Count).Sum(i => (long)data[i].Atoms));
        Assert.Equal(data.Edges, Enumerable.Range(0, data.Count).Sum(i => (long)data[i].Edges));
    }

    [Fact]
    public void Every_element_is_read_from_its_formula()
    {
        CrystalRecord[] records = [.. Element.All.Select(element =>
            new CrystalRecord(element.Symbol, new Crystal(Lattice.Cubic(4), [element], [default(Vector3D)]), new Dictionary<string, string>(), element.Symbol))];
        using var data = PackedDataset.Open(PackedSamples.Write(_folder["a.packed"], records));
        Assert.All(Enumerable.Range(0, data.Count), i => Assert.Same(Element.All[i], Assert.Single(data.Composition(i))));
    }

    [SkippableFact]
    public void The_sample_of_the_project_is_packed_as_it_is_prepared_with_symmetry()
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        var options = new PreparationOptions { Cutoff = 5, UsesSymmetry = true };
        string sample = Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl");
        PackedDatasetBuilder.Build(_folder["a.packed"], PackedSamples.Key(options), CrystalSource.Read(sample).Take(200), new() { Source = sample });
        using var data = PackedDataset.Open(_folder["a.packed"], sample);
        CrystalRecord[] records = [.. CrystalSource.Read(sample).Take(200).Select(result => result.GetRecordOrThrow())];
        Assert.Equal(records.Length, data.Count);
        for (int i = 0; i < records.Length; i++)
        {
            PackedSamples.AssertEqual(CrystalPreparation.Prepare(records[i].Crystal, options), data[i]);
            Assert.Equal((records[i].Id, records[i].Origin), (data.Id(i), data.Origin(i)));
        }
    }

    /// <summary>One, two and four bytes a source.</summary>
    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    public void Indices_of_atoms_have_room_in_crystals_of_any_size(int atoms)
    {
        PreparedCrystal ring = Ring(atoms);
        using (var writer = new PackedDatasetWriter(_folder["a.packed"], PackedSamples.Key()))
        {
            writer.Add(PackedSamples.Records(1)[0], Ring(3));
            writer.Add(PackedSamples.Records(1)[0], ring);
            writer.Complete();
        }

        using var data = PackedDataset.Open(_folder["a.packed"]);
        data.Verify();
        PackedSamples.AssertEqual(Ring(3), data[0]);
        PackedSamples.AssertEqual(ring, data[1]);
    }

    [Fact]
    public void Joined_crystals_are_the_joined_arrays_of_single_ones()
    {
        using var data = PackedDataset.Open(PackedSamples.Write(_folder["a.packed"], PackedSamples.Records(40)));
        int[] chosen = [.. Enumerable.Range(0, 40).Where(i => data.FallbackReason(i) is null).Reverse()];
        PreparedArrays expected = PreparedArrays.Join([.. chosen.Select(i => data[i])]), found = data.Join(chosen);
        Assert.Equal(expected.AtomCounts, found.AtomCounts);
        Assert.Equal(expected.EdgeCounts, found.EdgeCounts);
        Assert.Equal(expected.AtomicNumbers, found.AtomicNumbers);
        Assert.Equal(expected.Positions, found.Positions);
        Assert.Equal(expected.SiteSymmetries, found.SiteSymmetries);
        Assert.Equal(expected.Lattices, found.Lattices);
        Assert.Equal(expected.SpaceGroups, found.SpaceGroups);
        Assert.Equal(expected.EdgeSource, found.EdgeSource);
        Assert.Equal(expected.EdgeTarget, found.EdgeTarget);
        Assert.Equal(expected.EdgeImage, found.EdgeImage);
        int fallback = Enumerable.Range(0, 40).First(i => data.FallbackReason(i) is not null);
        Assert.Throws<ArgumentException>(() => data.Join([fallback]));
    }

    /// <summary>Networks that differ in nothing but their places for species read one file.</summary>
    [Fact]
    public void Limits_by_species_apply_to_what_is_read()
    {
        PreparationOptions limited = PackedSamples.Options with { MaxSpecies = 2, MaxAtomsOfSpecies = [4, 2] };
        PackedDatasetKey key = PackedDatasetKey.Create(new string('a', 64), limited);
        Assert.Equal(PackedDatasetKey.Create(new string('a', 64), PackedSamples.Options), key);
        CrystalRecord[] records = PackedSamples.Records(60);
        PackedDatasetBuilder.Build(_folder["a.packed"], key, records.Select(CrystalReadResult.Success));
        Assert.True(PackedDataset.TryOpen(_folder["a.packed"], key, "", out PackedDataset? data, out _, limited));
        using (data)
        {
            PreparedCrystal[] expected = [.. records.Select(record => CrystalPreparation.Prepare(record.Crystal, limited))];
            Assert.InRange(expected.Count(crystal => crystal.FallbackReason?.Contains("species", StringComparison.Ordinal) == true), 10, 50);
            Assert.All(expected, (crystal, i) => PackedSamples.AssertEqual(crystal, data[i]));
            Assert.All(expected, (crystal, i) => Assert.Equal(crystal.FallbackReason, data.FallbackReason(i)));
            Assert.Equal(expected.Count(crystal => crystal.FallbackReason is not null), data.Fallbacks);
            Assert.Throws<ArgumentException>(() => data.Join([Array.FindIndex(expected, crystal => crystal.FallbackReason is not null)]));
            int[] usable = [.. Enumerable.Range(0, data.Count).Where(i => data.FallbackReason(i) is null)];
            Assert.Equal(expected.Where(crystal => crystal.FallbackReason is null).Select(crystal => crystal.Atoms), data.Join(usable).AtomCounts);
        }

        using var unlimited = PackedDataset.Open(_folder["a.packed"]);
        Assert.Equal(records.Count(record => CrystalPreparation.Prepare(record.Crystal, PackedSamples.Options).FallbackReason is not null), unlimited.Fallbacks);
    }

    [Fact]
    public void Origins_name_the_source_as_it_is_called_now()
    {
        string path = PackedSamples.Write(_folder["a.packed"], PackedSamples.Records(6));
        using var moved = PackedDataset.Open(path, "moved/other.jsonl");
        Assert.Equal("moved/other.jsonl(2)", moved.Origin(1));
        Assert.Equal("elsewhere/5.poscar", moved.Origin(5));
        Assert.Equal("moved/other.jsonl(99): expected a known element, found \"Xx\"", Assert.Single(moved.Rejected).ToString());
    }

    [Fact]
    public void The_same_crystals_give_the_same_file_on_any_number_of_threads()
    {
        CrystalReadResult[] source = [.. PackedSamples.Records(80).Select(CrystalReadResult.Success)];
        byte[][] files = [.. new[] { 1, 4 }.Select(threads =>
        {
            PackedDatasetBuilder.Build(_folder["a.packed"], PackedSamples.Key(), source, new() { Threads = threads, Source = "data.jsonl" });
            return File.ReadAllBytes(_folder["a.packed"]);
        })];
        Assert.Equal(files[0], files[1]);
    }

    [Fact]
    public void A_data_set_without_crystals_is_one()
    {
        using var data = PackedDataset.Open(PackedSamples.Write(_folder["a.packed"], []));
        data.Verify();
        Assert.Equal((0, 1), (data.Count, data.RejectedCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Id(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.View(-1));
    }

    /// <summary>A ring of atoms along the first axis, each with its left and right neighbour.</summary>
    private static PreparedCrystal Ring(int atoms) => new()
    {
        AtomicNumbers = [.. Enumerable.Range(0, atoms).Select(i => (byte)(1 + i % 118))],
        Positions = [.. Enumerable.Range(0, 3 * atoms).Select(i => i % 3 == 0 ? i / 3 / (float)atoms : 0)],
        Lattice = [3f * atoms, 0, 0, 0, 9, 0, 0, 0, 9],
        SpaceGroup = 230,
        SiteSymmetries = [.. Enumerable.Range(0, atoms).Select(i => (byte)(i % 33))],
        EdgeSource = [.. Enumerable.Range(0, atoms).SelectMany(i => new[] { (i + atoms - 1) % atoms, (i + 1) % atoms })],
        EdgeTarget = [.. Enumerable.Range(0, atoms).SelectMany(i => new[] { i, i })],
        EdgeImage = [.. Enumerable.Range(0, atoms).SelectMany(i => new sbyte[] { (sbyte)(i == 0 ? -128 : 0), 0, 0, (sbyte)(i == atoms - 1 ? 127 : 0), 0, 0 })],
    };
}
