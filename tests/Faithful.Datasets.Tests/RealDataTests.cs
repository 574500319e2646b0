using Faithful.Testing;
using Xunit.Abstractions;

namespace Faithful.Datasets.Tests;

public sealed class RealDataTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Every_row_of_the_topological_data_is_valid_or_reported()
    {
        Skip.IfNot(TestData.TryFind("datasets/tqc.jsonl.gz", out var source, out var reason), reason);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var dataset = MaterialDataset.Load(source, LearningTasks.TopologicalClass);
        output.WriteLine($"{dataset.RowsRead} rows in {watch.Elapsed.TotalSeconds:0.0} s, {dataset.Rejected.Length} rejected: {string.Join("; ", dataset.Rejected.Take(5))}");
        Assert.Equal(29_678, dataset.RowsRead);
        Assert.Equal(dataset.RowsRead, dataset.Rows.Length + dataset.Rejected.Length);
        Assert.Equal(0, dataset.RowsWithoutLabel);
        Assert.Equal([14_343, 2_045, 2_216, 3_099, 7_975], dataset.ClassCounts.AsEnumerable());

        watch.Restart();
        var split = DataSplit.Create(dataset.Rows.Select(row => row.Record));
        output.WriteLine($"split in {watch.Elapsed.TotalSeconds:0.00} s: {split.Training.Length}, {split.Validation.Length}, {split.Test.Length}");
        Assert.InRange(split.Test.Length, 2_950, 2_985);
        Assert.InRange(split.Validation.Length, 2_950, 2_985);
    }
}
