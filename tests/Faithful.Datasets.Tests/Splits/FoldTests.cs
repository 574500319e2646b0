using System.Globalization;
using FsCheck.Xunit;

namespace Faithful.Datasets.Tests.Splits;

public sealed class FoldTests
{
    [Property(Replay = "(21,1)")]
    public void Every_row_is_in_the_test_part_of_exactly_one_fold(byte[] groups, int seed, byte folds)
    {
        if (Folds(groups, seed, folds) is not { } splits)
        {
            return;
        }

        Assert.Equal(Enumerable.Range(0, groups.Length), splits.SelectMany(split => split.Test).Order());
        Assert.All(splits, split => Assert.NotEmpty(split.Test));
    }

    [Property(Replay = "(22,1)")]
    public void No_group_crosses_in_any_fold(byte[] groups, int seed, byte folds)
    {
        foreach (var split in Folds(groups, seed, folds) ?? [])
        {
            split.Verify(Keys(groups));
        }
    }

    [Property(Replay = "(23,1)")]
    public void Sizes_of_folds_differ_by_the_largest_group_at_most_and_validation_is_met(byte[] groups, int seed, byte folds)
    {
        if (Folds(groups, seed, folds) is not { } splits)
        {
            return;
        }

        var largest = groups.GroupBy(group => group).Max(group => group.Count());
        Assert.InRange(splits.Max(split => split.Test.Length) - splits.Min(split => split.Test.Length), 0, largest);
        var target = Math.Round(0.1 * groups.Length, MidpointRounding.AwayFromZero);
        Assert.All(splits, split =>
        {
            // Fewer only where the fold left no more to choose from.
            var possible = groups.Length - split.Test.Length;
            Assert.InRange(split.Validation.Length, Math.Min(target, possible) - (largest / 2.0), target + (largest / 2.0));
        });
    }

    [Property(Replay = "(24,1)")]
    public void The_order_of_the_rows_does_not_matter(byte[] groups, int seed, byte folds, int shuffle)
    {
        var order = Enumerable.Range(0, groups.Length).ToArray();
        new Random(shuffle).Shuffle(order);
        var straight = Folds(groups, seed, folds);
        var shuffled = Folds([.. order.Select(row => groups[row])], seed, folds);
        Assert.Equal(straight is null, shuffled is null);
        foreach (var (left, right) in (straight ?? []).Zip(shuffled ?? []))
        {
            Assert.Equal(left.Test, right.Test.Select(row => order[row]).Order());
            Assert.Equal(left.Validation, right.Validation.Select(row => order[row]).Order());
        }
    }

    [Fact]
    public void Folds_and_seeds_choose_other_rows()
    {
        byte[] groups = [.. Enumerable.Range(0, 200).Select(row => (byte)row)];
        var splits = new[] { 0, 1, 2 }.SelectMany(seed => Folds(groups, seed, 3)!).ToList();
        Assert.Equal(15, splits.Select(split => string.Join(' ', split.Test)).Distinct().Count());
        Assert.Equal(15, splits.Select(split => string.Join(' ', split.Validation)).Distinct().Count());
        Assert.All(splits, split => Assert.Equal((140, 20, 40), (split.Training.Length, split.Validation.Length, split.Test.Length)));
    }

    [Fact]
    public void More_folds_than_groups_are_refused()
    {
        var fault = Assert.Throws<SplitException>(() => DataSplit.Create(["a", "b", "a", "b"], new SplitOptions { Folds = 3 }));
        Assert.Equal("split: expected at least as many groups as folds (3), found 2", fault.Message);
    }

    [Theory]
    [InlineData(1, 1, 0.1)]
    [InlineData(-2, 1, 0.1)]
    [InlineData(5, 0, 0.1)]
    [InlineData(5, 6, 0.1)]
    [InlineData(0, 2, 0.1)]
    [InlineData(2, 1, 0.5)]
    public void Folds_out_of_range_are_refused(int folds, int fold, double validation) => Assert.Throws<ArgumentOutOfRangeException>(
        () => DataSplit.Create(["a", "b"], new SplitOptions { Folds = folds, Fold = fold, ValidationFraction = validation }));

    /// <summary>All folds; null where there are fewer groups than folds.</summary>
    private static DataSplit[]? Folds(byte[] groups, int seed, byte count)
    {
        var folds = 2 + (count % 6);
        return groups.Distinct().Count() < folds
            ? null
            : [.. Enumerable.Range(1, folds).Select(fold => DataSplit.Create(Keys(groups), new SplitOptions { Seed = seed, Folds = folds, Fold = fold }))];
    }

    private static string[] Keys(byte[] groups) => [.. groups.Select(group => group.ToString(CultureInfo.InvariantCulture))];
}
