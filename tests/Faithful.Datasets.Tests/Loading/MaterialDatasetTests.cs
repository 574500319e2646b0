using System.Security.Cryptography;
using Faithful.Crystals.Formats;
using Faithful.Testing;

namespace Faithful.Datasets.Tests.Loading;

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
        Assert.Contains("colour, hardness", Assert.Throws<LabelException>(() => MaterialDataset.Load(source, "taste")).Message, StringComparison.Ordinal);
        Assert.Contains("colour, hardness", Assert.Throws<LabelException>(() => MaterialDataset.Load(source, "tqc")).Message, StringComparison.Ordinal);
        Assert.Contains("no labels at all", Assert.Throws<LabelException>(() => MaterialDataset.Load(Source("b.jsonl", Line("x-1", "")), "tqc")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_one_class_is_nothing_to_learn() => Assert.Contains(
        "at least two classes",
        Assert.Throws<LabelException>(() => MaterialDataset.Load(Source("a.jsonl", Line("x-1", "\"colour\":\"red\"")), "colour")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Labels_of_a_file_are_joined_whether_named_or_found_and_belong_to_the_content()
    {
        Source("crystals/a.jsonl", Line("x-1", "\"tqc\":\"ES\""), Line("x-2", ""), Line("x-3", ""));
        var file = folder.Write("other.csv", "id,tqc,gap\nx-1,ES,1\nx-2,NLC,2\nx-9,NLC,3\n");
        var plain = MaterialDataset.Load(folder["crystals"], "tqc");
        var named = MaterialDataset.Load(folder["crystals"], "tqc", new LoadOptions { Labels = file });
        Assert.Equal(["x-1"], plain.Rows.Select(row => row.Record.Id));
        Assert.Null(plain.LabelReport);
        Assert.Equal(["x-1", "x-2"], named.Rows.Select(row => row.Record.Id));
        Assert.Equal(["x-3"], named.OtherIds.AsEnumerable());
        Assert.Equal(["x-9"], named.LabelReport!.IdsWithoutStructure.AsEnumerable());
        Assert.NotEqual(plain.ContentSha256, named.ContentSha256);

        File.Copy(file, folder["crystals/labels.csv"]);
        var found = MaterialDataset.Load(folder["crystals"], "gap");
        Assert.Equal([1.0, 2.0], found.Rows.Select(row => row.Target.Value));
        Assert.NotEqual(plain.ContentSha256, found.ContentSha256);
        Assert.Equal(["x-2", "x-3"], found.Subset(1).OtherIds.Union(found.Subset(1).Rows.Select(row => row.Record.Id)).Except(["x-1"]).Order());
    }

    [Fact]
    public void A_crystal_whose_own_label_differs_is_left_out_and_ends_strict_reading()
    {
        var source = Source("a.jsonl", Line("x-1", "\"gap\":1"), Line("x-2", "\"gap\":2"));
        var labels = folder.Write("labels.csv", "id,gap\nx-1,1.0\nx-2,3\n");
        var dataset = MaterialDataset.Load(source, "gap", new LoadOptions { Labels = labels });
        Assert.Equal(["x-1"], dataset.Rows.Select(row => row.Record.Id));
        Assert.Contains("labels.csv(3)", Assert.Single(dataset.Rejected).ToString(), StringComparison.Ordinal);
        Assert.Throws<CrystalFormatException>(() => MaterialDataset.Load(source, "gap", new LoadOptions { Labels = labels, Strict = true }));
    }

    [Fact]
    public void Labels_that_fit_nothing_end_the_reading()
    {
        var source = Source("a.jsonl", Line("x-1", "\"gap\":1"));
        var labels = folder.Write("labels.csv", "id,gap\ny-1,1.0\n");
        Assert.Throws<CrystalFormatException>(() => MaterialDataset.Load(source, "gap", new LoadOptions { Labels = labels }));
    }

    [Fact]
    public void A_task_of_a_table_of_ones_own_is_found()
    {
        var tasks = LearningTaskTable.Read(folder.Write("tasks.json", """{"tasks":[{"name":"hardness","column":"H","kind":"regression","unit":"GPa"}]}"""));
        var dataset = MaterialDataset.Load(Source("a.jsonl", Line("x-1", "\"H\":9")), "hardness", new LoadOptions { Tasks = tasks });
        Assert.Equal("GPa", dataset.Task.Unit);
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
