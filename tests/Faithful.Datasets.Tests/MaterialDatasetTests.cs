using System.Security.Cryptography;
using Faithful.Crystals.Formats;
using Faithful.Testing;

namespace Faithful.Datasets.Tests;

public sealed class MaterialDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_read_are_rows_kept_rejected_or_without_a_label()
    {
        var dataset = MaterialDataset.Load(
            Source("a.jsonl", Line("x-1", "\"tqc\":\"NLC\""), Line("x-2", "\"gap\":1"), "not a crystal", Line("x-3", "\"tqc\":\"ES\""), Line("x-1", "\"tqc\":\"ES\"")),
            LearningTasks.TopologicalClass);

        Assert.Equal(["x-1", "x-3"], dataset.Rows.Select(row => row.Record.Id));
        Assert.Equal([0, 1, 0, 1, 0], dataset.ClassCounts.AsEnumerable());
        Assert.Equal((5, 1, 2), (dataset.RowsRead, dataset.RowsWithoutLabel, dataset.Rejected.Length));
        Assert.Contains("a.jsonl(3)", dataset.Rejected[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("\"x-1\" again", dataset.Rejected[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_reading_ends_at_the_first_bad_row()
    {
        var strict = new LoadOptions { Strict = true };
        var bad = Source("bad.jsonl", Line("x-1", "\"gap\":1"), "{}");
        var twice = Source("twice.jsonl", Line("x-1", "\"gap\":1"), Line("x-1", "\"gap\":1"));
        Assert.Equal(2, Assert.Throws<CrystalFormatException>(() => MaterialDataset.Load(bad, "gap", strict)).Line);
        Assert.Contains("twice.jsonl(2)", Assert.Throws<CrystalFormatException>(() => MaterialDataset.Load(twice, "gap", strict)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_column_can_be_a_task()
    {
        var source = Source("a.jsonl", Line("x-1", "\"hardness\":9.5,\"colour\":\"red\""), Line("x-2", "\"hardness\":-1e-3,\"colour\":\"blue\""));
        Assert.Equal([9.5, -0.001], MaterialDataset.Load(source, "hardness").Rows.Select(row => row.Target.Value));
        Assert.Equal([1, 0], MaterialDataset.Load(source, "colour").Rows.Select(row => row.Target.ClassIndex));
        Assert.Throws<LabelException>(() => MaterialDataset.Load(source, "taste"));
    }

    [Fact]
    public void A_label_outside_the_task_ends_the_reading_with_the_crystal_in_the_message()
    {
        var source = Source("a.jsonl", Line("x-1", "\"magnetic_ordering\":\"FM\""), Line("x-2", "\"magnetic_ordering\":\"PM\""));
        var fault = Assert.Throws<LabelException>(() => MaterialDataset.Load(source, LearningTasks.MagneticOrdering));
        Assert.Contains("x-2", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"PM\"", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_does_not_exist_is_an_error_of_one_line()
    {
        var fault = Assert.Throws<CrystalFormatException>(() => MaterialDataset.Load(folder["nothing"], "tqc"));
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void The_digest_is_that_of_the_file_and_follows_the_content_of_a_folder()
    {
        var source = Source("a.jsonl", Line("x-1", "\"gap\":1"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(source))), MaterialDataset.Load(source, "gap").ContentSha256);
        var before = ContentDigest.OfPath(folder.Path);
        Assert.Equal(before, ContentDigest.OfPath(folder.Path));
        Source("b.jsonl", Line("x-2", "\"gap\":1"));
        Assert.NotEqual(before, ContentDigest.OfPath(folder.Path));
    }

    [Fact]
    public void A_subset_depends_on_ids_and_seed_but_not_on_the_order_of_the_source()
    {
        string[] lines = [.. Enumerable.Range(0, 60).Select(number => Line($"x-{number:00}", "\"gap\":1"))];
        var straight = MaterialDataset.Load(Source("a.jsonl", lines), "gap");
        var reversed = MaterialDataset.Load(Source("b.jsonl", [.. lines.Reverse()]), "gap");
        IEnumerable<string> Ids(MaterialDataset dataset) => dataset.Rows.Select(row => row.Record.Id);
        Assert.Equal(Ids(straight.Subset(20)), Ids(reversed.Subset(20)).Reverse());
        Assert.Equal(20, straight.Subset(20).Rows.Length);
        Assert.Equal(60, straight.Subset(1000).Rows.Length);
        Assert.NotEqual(Ids(straight.Subset(20)), Ids(straight.Subset(20, seed: 1)));
        Assert.Subset(Ids(straight.Subset(30)).ToHashSet(), Ids(straight.Subset(20)).ToHashSet());
    }

    [Fact]
    public void Reading_can_be_cancelled_and_tells_how_far_it_is()
    {
        var source = Source("a.jsonl", [.. Enumerable.Range(0, 2500).Select(number => Line($"x-{number}", "\"gap\":1"))]);
        var reports = new List<int>();
        MaterialDataset.Load(source, "gap", progress: new ListProgress(reports));
        Assert.Equal([1000, 2000, 2500], reports);
        Assert.Throws<OperationCanceledException>(() => MaterialDataset.Load(source, "gap", cancellationToken: new CancellationToken(canceled: true)));
    }

    private static string Line(string id, string labels) =>
        $$$"""{"id":"{{{id}}}","cell":[3,3,3,90,90,90],"species":["Po"],"frac":[[0,0,0]],"labels":{{{{labels}}}}}""";

    private string Source(string name, params string[] lines) => folder.Write(name, string.Concat(lines.Select(line => line + "\n")));

    private sealed class ListProgress(List<int> reports) : IProgress<int>
    {
        public void Report(int value) => reports.Add(value);
    }
}
