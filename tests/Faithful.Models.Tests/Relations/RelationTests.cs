using Faithful.Models.Relations;

namespace Faithful.Models.Tests.Relations;

/// <summary>Measures of how labels go together, at their ends and against known values.</summary>
public sealed class RelationTests
{
    private static readonly Random Source = new(11);

    private static readonly int[] Classes = [.. Enumerable.Range(0, 6000).Select(_ => Source.Next(4))];

    [Fact]
    public void Equal_labellings_have_V_1_and_tell_all_of_each_other_whatever_the_classes_are_called()
    {
        int[] renamed = [.. Classes.Select(index => 3 - index)];
        var table = new ContingencyTable(Classes, renamed, 4, 4);
        Assert.Equal(1, table.CramersV, 1e-12);
        Assert.Equal(table.Entropies.First, table.MutualInformation, 1e-3);
        Assert.Equal(0, table.PValue);
        Assert.Equal(Classes.Count(index => index == 1), table[1, 2]);
    }

    [Fact]
    public void Independent_labellings_have_V_near_0_and_no_small_p()
    {
        double[] probabilities = [.. Enumerable.Range(0, 60).Select(seed =>
        {
            var random = new Random(1000 + seed);
            int[] other = [.. Classes.Select(_ => random.Next(3))];
            var table = new ContingencyTable(Classes, other, 4, 3);
            Assert.InRange(table.CramersV, 0, 0.05);
            Assert.InRange(table.MutualInformation, 0, 0.003);
            return table.PValue;
        })];
        Assert.InRange(probabilities.Average(), 0.35, 0.65);
        Assert.InRange(probabilities.Count(p => p < 0.05), 0, 9);
    }

    /// <summary>χ² and its probability by hand: 4 · (10² / 50) for the table (30, 20; 20, 30) would be 4, with one degree of freedom.</summary>
    [Fact]
    public void A_small_table_has_the_values_that_one_works_out()
    {
        int[] first = [.. Enumerable.Repeat(0, 50), .. Enumerable.Repeat(1, 50)];
        int[] second = [.. Enumerable.Repeat(0, 30), .. Enumerable.Repeat(1, 20), .. Enumerable.Repeat(0, 20), .. Enumerable.Repeat(1, 30)];
        var table = new ContingencyTable(first, second, 2, 2);
        Assert.Equal((4.0, 1), (Math.Round(table.ChiSquared, 10), table.DegreesOfFreedom));
        Assert.Equal(0.0455003, table.PValue, 1e-6);
        Assert.Equal(Math.Sqrt((0.04 - 1.0 / 99) / (1 - 1.0 / 99)), table.CramersV, 1e-12);

        // A class that never occurs changes nothing.
        Assert.Equal(table.CramersV, new ContingencyTable(first, second, 3, 5).CramersV, 1e-12);
        Assert.True(double.IsNaN(new ContingencyTable([0, 0], [0, 1], 2, 2).CramersV));
        Assert.Throws<ArgumentException>(() => new ContingencyTable([], [], 2, 2));
    }

    [Fact]
    public void A_number_that_the_class_decides_has_eta_1_and_one_that_it_does_not_has_0()
    {
        var decided = new GroupedValues(Classes, [.. Classes.Select(index => 2.0 * index)], 4, 0);
        Assert.Equal(1, decided.CorrelationRatioSquared, 1e-12);
        Assert.Equal([0, 2, 4, 6], decided.Classes.Select(known => known.Mean));
        Assert.All(decided.Classes, known => Assert.Equal((known.Mean, known.Mean), (known.Low, known.High)));
        Assert.Equal(0, decided.PValue, 1e-12);

        var random = new Random(3);
        var free = new GroupedValues(Classes, [.. Classes.Select(_ => random.NextDouble())], 4, 0);
        Assert.InRange(free.CorrelationRatioSquared, 0, 0.003);
        Assert.InRange(free.PValue, 0.001, 1);
        Assert.InRange(free.MutualInformation, 0, 0.005);
        Assert.All(free.Classes, known => Assert.True(known.Low < known.Mean && known.Mean < known.High && known.High - known.Low < 0.1));
    }

    /// <summary>Groups 1, 2, 3 and 2, 3, 4: F = 1.5 with 1 and 4 degrees of freedom, p = 0.2879 by the t distribution.</summary>
    [Fact]
    public void The_F_test_has_the_value_of_the_t_test_for_two_groups()
    {
        var values = new GroupedValues([0, 0, 0, 1, 1, 1], [1, 2, 3, 2, 3, 4], 2, 0);
        Assert.Equal(1.5 / 5.5, values.CorrelationRatioSquared, 1e-12);
        Assert.Equal(0.287864, values.PValue, 1e-5);
    }

    [Fact]
    public void Numbers_go_together_by_value_and_by_rank()
    {
        double[] first = [.. Enumerable.Range(0, 500).Select(i => i / 100.0)];
        var rising = new ValueCorrelation(first, [.. first.Select(Math.Exp)]);
        Assert.Equal(1, rising.Spearman, 1e-12);
        Assert.InRange(rising.Pearson, 0.5, 0.95);
        Assert.Equal(-1, new ValueCorrelation(first, [.. first.Select(value => -value)]).Pearson, 1e-12);
        Assert.InRange(rising.MutualInformation, 0.9 * Math.Log(10), Math.Log(10));
    }

    [Fact]
    public void Bins_are_tenths_and_keep_equal_numbers_together()
    {
        int[] bins = ValueBins.Of([.. Enumerable.Range(0, 1000).Select(i => (double)i)]);
        Assert.All(bins.CountBy(bin => bin), pair => Assert.Equal(100, pair.Value));
        Assert.Single(ValueBins.Of([.. Enumerable.Repeat(2.5, 30)]).Distinct());
    }
}
