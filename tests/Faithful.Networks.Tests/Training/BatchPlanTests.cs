using Faithful.Networks.Training;

namespace Faithful.Networks.Tests.Training;

public sealed class BatchPlanTests : IDisposable
{
    private readonly ResidentDataset _data = TestRun.Data();

    public void Dispose() => _data.Dispose();

    public static TheoryData<TrainingOptions> Choices() =>
    [
        new TrainingOptions { BatchSize = 10 },
        new TrainingOptions { BatchSize = 7, BucketBatches = 2 },
        new TrainingOptions { BatchSize = 48, BucketBatches = 32 },
        new TrainingOptions { BatchSize = 100, AtomBudget = 9 },
        new TrainingOptions { BatchSize = 100, EdgeBudget = 900, BucketBatches = 1 },
        new TrainingOptions { BatchSize = 3, AtomBudget = 8, EdgeBudget = 800, Seed = 5 },
    ];

    [Theory]
    [MemberData(nameof(Choices))]
    public void Every_crystal_comes_once_in_batches_within_size_and_budgets(TrainingOptions options)
    {
        foreach (BatchPlan plan in Enumerable.Range(1, 3).Select(epoch => BatchPlan.ForTraining(_data, options, epoch)).Append(BatchPlan.BySize(_data, options)))
        {
            Assert.Equal(Enumerable.Range(0, _data.Count), plan.Order.Order());
            Assert.Equal(
                Enumerable.Range(0, _data.Count),
                plan.Batches.SelectMany(batch => Enumerable.Range(batch.Start, batch.Count)).Order());
            Assert.All(plan.Batches, batch =>
            {
                int[] crystals = [.. plan.Order.Skip(batch.Start).Take(batch.Count)];
                Assert.InRange(batch.Count, 1, options.BatchSize);
                Assert.True(options.AtomBudget == 0 || crystals.Sum(crystal => _data.AtomCounts[crystal]) <= options.AtomBudget);
                Assert.True(options.EdgeBudget == 0 || crystals.Sum(crystal => _data.EdgeCounts[crystal]) <= options.EdgeBudget);
            });
        }
    }

    [Fact]
    public void Seed_and_epoch_decide_the_batches_alone()
    {
        TrainingOptions options = new() { BatchSize = 10, BucketBatches = 2 };
        Assert.Equal(Batches(options, 2), Batches(options, 2));
        Assert.NotEqual(Batches(options, 1), Batches(options, 2));
        Assert.NotEqual(Batches(options, 1), Batches(options with { Seed = 1 }, 1));
    }

    [Theory]
    [InlineData(1, 32)] // whole batches of one size
    [InlineData(6, 0)] // batches of any sizes, in parts
    public void Crystals_of_similar_size_are_computed_together(int parts, int bucketBatches)
    {
        Assert.True(Padding(parts, bucketBatches) < Padding(1, 0) / 2);

        // The rows that padding to the largest crystal adds.
        double Padding(int parts, int bucketBatches)
        {
            var options = new TrainingOptions { BatchSize = parts * 4, BucketBatches = bucketBatches };
            BatchPlan plan = BatchPlan.ForTraining(_data, options, 1);
            return plan.Batches.SelectMany(batch => batch.Cut(parts)).Sum(part =>
            {
                int[] atoms = [.. plan.Order.Skip(part.Start).Take(part.Count).Select(crystal => _data.AtomCounts[crystal])];
                return atoms.Max() * atoms.Length - atoms.Sum();
            });
        }
    }

    [Fact]
    public void A_crystal_that_is_more_than_a_batch_may_hold_is_named()
    {
        int largest = Enumerable.Range(0, _data.Count).MaxBy(crystal => _data.EdgeCounts[crystal]);
        var options = new TrainingOptions { EdgeBudget = _data.EdgeCounts[largest] - 1 };
        BatchBudgetException error = Assert.Throws<BatchBudgetException>(() => BatchPlan.ForTraining(_data, options, 1));
        Assert.Equal((_data.AtomCounts[largest], _data.EdgeCounts[largest]), (error.Atoms, error.Edges));
        Assert.Equal(
            $"mp-{largest}: expected a crystal within the budget of a batch, any number of atoms and {options.EdgeBudget} edges; " +
            $"found {error.Atoms} atoms and {error.Edges} edges",
            error.Message);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(10, 4)]
    [InlineData(3, 8)]
    public void Parts_of_a_batch_are_the_batch(int count, int parts)
    {
        BatchRange[] cut = [.. new BatchRange(5, count).Cut(parts)];
        Assert.Equal(Math.Min(count, parts), cut.Length);
        Assert.Equal(Enumerable.Range(5, count), cut.SelectMany(part => Enumerable.Range(part.Start, part.Count)));
        Assert.InRange(cut.Max(part => part.Count) - cut.Min(part => part.Count), 0, 1);
    }

    private int[][] Batches(TrainingOptions options, int epoch)
    {
        BatchPlan plan = BatchPlan.ForTraining(_data, options, epoch);
        return [.. plan.Batches.Select(batch => plan.Order.Skip(batch.Start).Take(batch.Count).ToArray())];
    }
}
