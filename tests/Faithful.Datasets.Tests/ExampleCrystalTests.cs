using System.Globalization;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Neighbors;
using Faithful.Crystals.Symmetry;
using Faithful.Testing;

namespace Faithful.Datasets.Tests;

public sealed class ExampleCrystalTests
{
    private static readonly List<string[]> Manifest =
        [.. File.ReadLines(Path.Combine(TestData.Examples, "manifest.csv")).Skip(1).Select(Fields)];

    public static TheoryData<string> Ids => [.. Manifest.Select(row => row[0])];

    [Fact]
    public void The_manifest_lists_every_file_and_nothing_else()
    {
        var files = Directory.EnumerateFiles(TestData.Examples, "*.poscar").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
        Assert.Equal(files, Manifest.Select(row => row[0]).Order(StringComparer.Ordinal));
        Assert.True(Manifest.Count >= 25);
    }

    [Fact]
    public void Every_row_has_a_name_a_reference_and_labels_of_the_tasks()
    {
        Assert.All(Manifest, row =>
        {
            Assert.Equal(8, row.Length);
            Assert.NotEmpty(row[1]);
            Assert.NotEmpty(row[4]);
            Assert.True(row[5].Length == 0 || row[5].StartsWith("10.", StringComparison.Ordinal));
            Assert.True(row[7].Length == 0 || LearningTasks.MagneticOrdering.Classes.Contains(row[7]));
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_symmetry_is_the_expected_one_at_any_tolerance(string id)
    {
        var row = Manifest.Single(row => row[0] == id);
        foreach (var tolerance in new[] { 1e-4, 0.01, 0.1 })
        {
            var symmetry = SymmetryFinder.Analyze(Read(id), new SymmetryOptions { DistanceTolerance = tolerance });
            Assert.Equal((row[2], row[3]), (symmetry.SpaceGroupNumber.ToString(CultureInfo.InvariantCulture), symmetry.InternationalSymbol));
        }
    }

    /// <summary>Bonds of real crystals lie near the sum of the covalent radii: 0.75 (a short ionic bond) to 1.25 times it.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void The_closest_atoms_are_as_far_apart_as_atoms_are(string id)
    {
        var crystal = Read(id);
        var neighbors = NeighborSearch.Find(crystal, 4);
        var closest = Enumerable.Range(0, neighbors.Count).Min(edge => neighbors.Distances[edge]
            / (crystal.Species[neighbors.Source[edge]].CovalentRadius + crystal.Species[neighbors.Target[edge]].CovalentRadius));
        Assert.InRange(closest, 0.75, 1.25);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_file_is_named_after_its_formula(string id)
    {
        Assert.Equal(Counts(Read(id).ReducedFormula), Counts(id.Split('-')[0]));
    }

    private static Crystal Read(string id) =>
        Assert.Single(CrystalSource.Read(Path.Combine(TestData.Examples, $"{id}.poscar"))).GetRecordOrThrow().Crystal;

    // "Cu3Au" and "AuCu3" are one formula.
    private static IEnumerable<string> Counts(string formula) => System.Text.RegularExpressions.Regex
        .Matches(formula, "[A-Z][a-z]?[0-9]*").Select(match => match.Value).Order(StringComparer.Ordinal);

    // Commas inside quotation marks belong to the field.
    private static string[] Fields(string line)
    {
        var parts = line.Split('"');
        for (var index = 0; index < parts.Length; index += 2)
        {
            parts[index] = parts[index].Replace(',', '\n');
        }

        return string.Concat(parts).Split('\n');
    }
}
