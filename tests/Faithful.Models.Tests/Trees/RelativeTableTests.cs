using Faithful.Crystals.Descriptors;
using Faithful.Models.Trees;
using Faithful.Testing;

namespace Faithful.Models.Tests.Trees;

/// <summary>Who is a relative of whom, and what a table of relatives answers.</summary>
public class RelativeTableTests
{
    private static readonly RelativeKeys Keys = RelativeKeys.Of(DescriptorSet.Find("best"));

    [Fact]
    public void Relatives_share_the_numbers_that_a_degree_looks_at_and_nothing_else()
    {
        float[] crystal = Row(("space_group", 225), ("wyckoff_a_atoms", 1), ("wyckoff_b_atoms", 1), ("wyckoff_a_electrons", 1), ("wyckoff_b_electrons", 7), ("primitive_valence_electrons", 8));
        Assert.Equal([], Differs(("volume_per_atom", 20), ("fraction_Na", 0.5f), ("primitive_electrons", 28)));
        Assert.Equal([0, 1, 2, 3], Differs(("space_group", 221)));
        Assert.Equal([0, 1], Differs(("wyckoff_b_atoms", 2)));
        Assert.Equal([1], Differs(("primitive_valence_electrons", 10)));
        Assert.Equal([2], Differs(("wyckoff_a_electrons", 2)));
        Assert.Equal([3], Differs(("site_m-3m_p_electrons", 5)));

        IEnumerable<int> Differs(params (string Column, float Value)[] changes)
        {
            float[] other = [.. crystal];
            foreach ((string column, float value) in changes)
            {
                other[Column(column)] = value;
            }

            return Enumerable.Range(0, Keys.Count).Where(degree => Keys.Key(crystal, degree) != Keys.Key(other, degree));
        }
    }

    [Fact]
    public void Keys_are_whole_numbers_of_their_degree_that_any_order_of_summation_gives()
    {
        var random = new RandomTrees(5);
        for (int trial = 0; trial < 200; trial++)
        {
            float[] row = [.. random.Row(Keys.Descriptors.Count).Select(value => trial % 4 == 0 ? float.PositiveInfinity : value)];
            for (int degree = 0; degree < Keys.Count; degree++)
            {
                double key = Keys.Key(row, degree), backwards = 0;
                for (int index = Keys.Columns.Length - 1; index >= 0; index--)
                {
                    float value = row[Keys.Columns[index]];
                    backwards += Keys.Multiplier(degree, index) * (float.IsNaN(value) ? 0 : Math.Round(Math.Clamp(value, 0.0, RelativeKeys.LargestNumber)));
                }

                Assert.True(double.IsInteger(key) && key >= RelativeKeys.Offset(degree) && key < RelativeKeys.Offset(degree + 1));
                Assert.Equal(key, RelativeKeys.Offset(degree) + backwards);
            }
        }
    }

    [Fact]
    public void A_missing_number_counts_as_none_and_a_very_large_one_as_the_largest()
    {
        Assert.Equal(Keys.Key(Row(), 0), Keys.Key(Row(("wyckoff_a_atoms", float.NaN)), 0));
        Assert.Equal(Keys.Key(Row(("wyckoff_a_atoms", 4095)), 0), Keys.Key(Row(("wyckoff_a_atoms", 9999)), 0));
        Assert.NotEqual(Keys.Key(Row(("wyckoff_a_atoms", 4094)), 0), Keys.Key(Row(("wyckoff_a_atoms", 4095)), 0));
    }

    [Fact]
    public void Shares_of_relatives_are_drawn_towards_those_of_all()
    {
        float[] common = Row(("space_group", 225)), rare = Row(("space_group", 1));
        RelativeTable table = RelativeTable.Of(Keys, [common, common, common, rare], [0, 0, 1, 1], 2);
        Assert.Equal([0.5, 0.5], table.Shares.ToArray());
        Assert.Equal(8, table.Entries.Length); // two keys of each of four degrees
        Assert.Equal((2 + 1.5) / 6, Answer(table, common)[0], 1e-7);
        Assert.Equal((1 + 1.5) / 6, Answer(table, common)[1], 1e-7);
        Assert.Equal(3, Answer(table, common)[2]);
        Assert.Equal(1.5 / 4, Answer(table, rare)[0], 1e-7);
        Assert.Equal([0.5f, 0.5f, 0], Answer(table, Row(("space_group", 2)))[..3]); // nobody
        Assert.Equal(table.Width, RelativeTable.Names(2).Distinct().Count());
        Assert.Equal(table.Width, Answer(table, rare).Length);
    }

    [Fact]
    public void A_table_does_not_depend_on_the_order_of_its_crystals()
    {
        var random = new RandomTrees(2);
        float[][] rows = [.. Enumerable.Range(0, 300).Select(_ => random.RowWithRelatives(Keys))];
        int[] labels = [.. rows.Select((_, row) => row % 3)];
        RelativeTable table = RelativeTable.Of(Keys, rows, labels, 3), reversed = RelativeTable.Of(Keys, [.. rows.Reverse()], [.. labels.Reverse()], 3);
        Assert.Equal(table.Entries.ToArray(), reversed.Entries.ToArray());
        Assert.Equal(table.Counts.ToArray(), reversed.Counts.ToArray());
        Assert.Equal(300 * Keys.Count, table.Counts.Sum());
    }

    [Fact]
    public void What_is_no_table_is_refused()
    {
        Assert.Contains("descriptors claussen do not have", Assert.Throws<ArgumentException>(() => RelativeKeys.Of(DescriptorSet.Find("claussen"))).Message, StringComparison.Ordinal);
        Assert.Equal(["best", "best-bands"], DescriptorSet.All.Where(RelativeKeys.Fit).Select(set => set.Name));
        AssertRefused("found 1 counts of 2 classes for 1 keys", 2, [5], [1]);
        AssertRefused("found 0 counts", 2, [], []);
        AssertRefused("strictly ascending", 2, [5, 5], [1, 0, 0, 1]);
        AssertRefused("strictly ascending", 2, [0.5], [1, 0]);
        AssertRefused("strictly ascending", 2, [RelativeKeys.Offset(Keys.Count)], [1, 0]);
        AssertRefused("must not be negative", 2, [5], [1, -1]);
        AssertRefused("must be positive", 2, [5], [0, 0]);
        Assert.Throws<ArgumentException>(() => RelativeTable.Of(Keys, [Row()], [2], 2));

        RelativeTable table = RelativeTable.Of(Keys, [Row()], [1], 2);
        TreeEnsemble leaf = new([new DecisionTree([], [], [], [], [0])]);
        Assert.Contains("have 2 classes", Assert.Throws<ArgumentException>(
            () => TreeModel.OneVersusAll(Keys.Descriptors, [leaf, leaf, leaf], new PlattScaling[3], 0, table)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TreeModel.OneVersusAll(DescriptorSet.Find("claussen"), [leaf, leaf], new PlattScaling[2], 0, table));

        static void AssertRefused(string message, int classes, double[] entries, int[] counts) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => new RelativeTable(Keys, classes, entries, counts)).Message, StringComparison.Ordinal);
    }

    private static float[] Answer(RelativeTable table, float[] row)
    {
        var answers = new float[table.Width];
        table.Answer(row, answers);
        return answers;
    }

    private static float[] Row(params (string Column, float Value)[] values)
    {
        var row = new float[Keys.Descriptors.Count];
        foreach ((string column, float value) in values)
        {
            row[Column(column)] = value;
        }

        return row;
    }

    private static int Column(string name) => Keys.Descriptors.Names.IndexOf(name) is >= 0 and var column ? column : throw new ArgumentException(name);
}
