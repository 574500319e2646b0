using System.Globalization;
using System.Text;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Neighbors;
using Faithful.Crystals.Symmetry;
using Faithful.Datasets.Samples;
using Faithful.Testing;
using Xunit.Abstractions;

namespace Faithful.Datasets.Tests.Samples;

public sealed class SampleGeneratorTests(ITestOutputHelper output)
{
    private static readonly string SamplePath = Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl");

    private static readonly Lazy<List<CrystalRecord>> Committed =
        new(() => [.. CrystalSource.Read(SamplePath).Select(result => result.GetRecordOrThrow())]);

    [Fact]
    public void The_committed_sample_is_reproduced_bit_for_bit()
    {
        Assert.Equal(File.ReadAllLines(SamplePath), Lines(new SampleOptions()));
    }

    [Fact]
    public void Labels_are_what_spglib_finds_when_the_file_is_read()
    {
        Committed.Value.AsParallel().ForAll(record =>
        {
            var symmetry = SymmetryFinder.Analyze(record.Crystal);
            Assert.Equal(record.Labels["space_group"], symmetry.SpaceGroupNumber.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(record.Labels["point_group"], symmetry.PointGroup);
        });
    }

    [Fact]
    public void Classes_are_balanced_cells_small_and_crystals_distinct()
    {
        var records = Committed.Value;
        var counts = records.GroupBy(record => record.Labels["point_group"]).ToDictionary(group => group.Key, group => group.Count());
        output.WriteLine(string.Join(", ", counts.OrderByDescending(count => count.Value).Select(count => $"{count.Key} {count.Value}")));
        output.WriteLine($"{records.Count} crystals, {records.Average(record => record.Crystal.Count):0.00} atoms, {records.Max(record => record.Crystal.Count)} at most");
        Assert.Equal(2000, records.Count);
        Assert.Equal(32, counts.Count);
        Assert.InRange(counts.Values.Min(), 15, int.MaxValue);
        Assert.InRange(counts.Values.Max() / (double)records.Count, 0, 0.1);
        Assert.All(records, record => Assert.InRange(record.Crystal.Count, 1, 24));
        Assert.InRange(records.Average(record => record.Crystal.Count), 1, 12);
        Assert.Equal(records.Count, records.Select(record => record.Id).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Sizes come from the radii: the closest contact is the sum of two covalent radii within 3 % (and rounding).</summary>
    [Fact]
    public void Atoms_are_as_far_apart_as_their_radii_say()
    {
        Assert.All(Committed.Value, record =>
        {
            var (crystal, neighbors) = (record.Crystal, NeighborSearch.Find(record.Crystal, 6.5));
            var closest = Enumerable.Range(0, neighbors.Count).Min(edge => neighbors.Distances[edge]
                / (crystal.Species[neighbors.Source[edge]].CovalentRadius + crystal.Species[neighbors.Target[edge]].CovalentRadius));
            Assert.InRange(closest, 0.969, 1.031);
        });
    }

    [Fact]
    public void Most_elements_occur() =>
        Assert.InRange(Committed.Value.SelectMany(record => record.Crystal.Species).Distinct().Count(), 75, Element.Count);

    [Fact]
    public void The_composition_does_not_tell_the_point_group_but_the_structure_does()
    {
        var records = Committed.Value;
        var split = DataSplit.Create(records);
        int[] training = [.. split.Training, .. split.Validation];
        string Label(int row) => records[row].Labels["point_group"];

        // The best guess that formula and composition type allow, seen in the training part.
        string Type(int row) => string.Join(':', records[row].Crystal.Species.GroupBy(element => element).Select(group => group.Count()).Order());
        var best = training.GroupBy(Type).ToDictionary(group => group.Key, group => group.GroupBy(Label).MaxBy(labels => labels.Count())!.Key);
        var byComposition = split.Test.Count(row => best.GetValueOrDefault(Type(row)) == Label(row)) / (double)split.Test.Length;

        var prints = records.Select(record => Fingerprint(record.Crystal)).ToList();
        var byStructure = split.Test.Count(row => Label(training.MinBy(other => Distance(prints[row], prints[other]))) == Label(row)) / (double)split.Test.Length;

        output.WriteLine($"point group from the numbers of atoms {byComposition:0.000}, from the nearest structure {byStructure:0.000}");
        Assert.InRange(byComposition, 0, 0.3);
        Assert.InRange(byStructure, 0.6, 1);
    }

    [Fact]
    public void A_smaller_sample_is_the_beginning_of_a_larger_one_and_another_seed_gives_another()
    {
        var two = Lines(new SampleOptions { Count = 2, Seed = 1 });
        Assert.Equal(two, Lines(new SampleOptions { Count = 40, Seed = 1 }).Take(2));
        Assert.NotEqual(two, Lines(new SampleOptions { Count = 2, Seed = 2 }));
        Assert.Equal(File.ReadLines(SamplePath).Take(60), Lines(new SampleOptions { Count = 60 }));
    }

    [Fact]
    public void Options_have_their_documented_defaults_and_limits()
    {
        Assert.Equal(new SampleOptions { Count = 2000, Seed = 0 }, new SampleOptions());
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleGenerator.Generate(new SampleOptions { Count = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleGenerator.Generate(new SampleOptions { Count = 1_000_000 }));
    }

    [Fact]
    public void The_file_holds_exactly_the_crystals_that_were_labelled()
    {
        using var folder = new TemporaryFolder();
        var (path, options) = (folder["new/sample.jsonl"], new SampleOptions { Count = 185, Seed = 3 });
        SampleGenerator.Write(path, options);
        foreach (var (generated, read) in SampleGenerator.Generate(options).Zip(CrystalSource.Read(path).Select(result => result.GetRecordOrThrow())))
        {
            Assert.Equal((generated.Id, generated.Crystal.Lattice.B, generated.Crystal.Lattice.C), (read.Id, read.Crystal.Lattice.B, read.Crystal.Lattice.C));
            Assert.Equal(generated.Crystal.FractionalPositions.AsEnumerable(), read.Crystal.FractionalPositions.AsEnumerable());
            Assert.Equal(generated.Labels, read.Labels);
        }
    }

    private static string[] Lines(SampleOptions options)
    {
        using var stream = new MemoryStream();
        SampleGenerator.Write(stream, options);
        return Encoding.UTF8.GetString(stream.ToArray()).Split('\n')[..^1];
    }

    // Smoothed numbers of like and unlike neighbours at distances in units of the cube root of the volume per atom.
    private static double[] Fingerprint(Crystal crystal)
    {
        const double Reach = 2.2, Width = 0.05;
        var unit = Math.Cbrt(crystal.VolumePerAtom);
        var neighbors = NeighborSearch.Find(crystal, Reach * unit);
        var print = new double[2 * (int)(Reach / Width)];
        for (var edge = 0; edge < neighbors.Count; edge++)
        {
            var distance = neighbors.Distances[edge] / unit;
            var offset = ReferenceEquals(crystal.Species[neighbors.Source[edge]], crystal.Species[neighbors.Target[edge]]) ? 0 : print.Length / 2;
            for (var bin = 0; bin < print.Length / 2; bin++)
            {
                var deviation = (distance - (bin * Width)) / Width;
                print[offset + bin] += Math.Exp(-0.5 * deviation * deviation) / (distance * distance * crystal.Count);
            }
        }

        return print;
    }

    private static double Distance(double[] left, double[] right)
    {
        double sum = 0;
        for (var bin = 0; bin < left.Length; bin++)
        {
            sum += Math.Abs(left[bin] - right[bin]);
        }

        return sum;
    }
}
