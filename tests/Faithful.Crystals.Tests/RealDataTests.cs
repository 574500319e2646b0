using Faithful.Crystals.Formats;
using Faithful.Crystals.Neighbors;
using Faithful.Crystals.Symmetry;
using Faithful.Testing;

namespace Faithful.Crystals.Tests;

/// <summary>Crystals of the Materials Project: the readers, spglib and the neighbour search on real input.</summary>
public sealed class RealDataTests
{
    [SkippableFact]
    public void Crystals_of_the_Materials_Project_have_the_space_groups_of_their_labels()
    {
        Skip.IfNot(TestData.TryFind("datasets/materials.jsonl.gz", out var path, out var reason), reason);
        var records = CrystalSource.Read(path).Take(400).Select(result => result.GetRecordOrThrow()).Where(record => record.Crystal.Count <= 30).ToList();
        Assert.InRange(records.Count, 250, 400);
        var wrong = records.AsParallel().Where(record => record.Labels.ContainsKey("space_group")).Where(record =>
        {
            var symmetry = SymmetryFinder.Analyze(record.Crystal); // the labels were made with the default tolerances, 0.1 Å and 5 degrees
            return FormattableString.Invariant($"{symmetry.SpaceGroupNumber}") != record.Labels["space_group"]
                || symmetry.PointGroup != record.Labels["point_group"]
                || symmetry.SitePointGroups.Contains(0);
        });
        Assert.Empty(wrong.Select(record => record.Id));
    }

    [SkippableFact]
    public void Neighbour_lists_of_real_crystals_follow_the_definition()
    {
        Skip.IfNot(TestData.TryFind("datasets/materials.jsonl.gz", out var path, out var reason), reason);
        foreach (var record in CrystalSource.Read(path).Take(150).Select(result => result.GetRecordOrThrow()))
        {
            // Real distances crowd at high symmetry, so the cutoff is one that no shell of neighbours meets by chance.
            const double Cutoff = 5.000123;
            var (list, expected) = (NeighborSearch.Find(record.Crystal, Cutoff), BruteForce.Neighbors(record.Crystal, Cutoff));
            Assert.True(expected.Count == list.Count, record.Id);
            Assert.Equal(expected.Select(edge => edge.Target), list.Target);
            Assert.Equal(expected.Select(edge => edge.Source), list.Source);
            Assert.Equal(expected.SelectMany(edge => new[] { edge.Image1, edge.Image2, edge.Image3 }), list.Images);
        }
    }
}
