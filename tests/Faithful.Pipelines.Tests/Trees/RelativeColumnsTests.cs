using Faithful.Crystals.Descriptors;
using Faithful.Models.Trees;

namespace Faithful.Pipelines.Tests.Trees;

/// <summary>No crystal that trees learn from answers for itself, and none that is held back answers for any.</summary>
public sealed class RelativeColumnsTests
{
    private static readonly DescriptorSet Set = DescriptorSet.Find("best");

    private static readonly CrystalTreesOptions Options = SyntheticCrystals.Options with { Descriptors = Set.Name, LooksAtRelatives = true, NumberOfTrees = 30, FeatureFraction = 0.3 };

    [Fact]
    public void The_labels_of_its_own_composition_change_no_column_of_a_crystal()
    {
        DescribedCrystals crystals = Draw(400, 1);
        float[][] before = Columns(crystals);
        int[] folds = RelativeColumns.Divide(crystals, 0);
        for (int composition = 0; composition < 5; composition++)
        {
            var own = Composition(crystals.Rows[composition]);
            double[] targets = [.. crystals.Targets.Select((target, row) => Composition(crystals.Rows[row]) == own ? (target + 1) % 3 : target)];
            float[][] after = Columns(new DescribedCrystals(Set, crystals.Rows, targets));
            Assert.All(Enumerable.Range(0, before.Length).Where(row => folds[row] == folds[composition]), row => Assert.Equal(before[row], after[row]));
            Assert.NotEqual(before, after); // others see them
        }
    }

    [Fact]
    public void Crystals_of_one_composition_and_space_group_share_a_fold_in_any_order()
    {
        DescribedCrystals crystals = Draw(300, 2);
        DescribedCrystals reversed = new(Set, [.. crystals.Rows.Reverse()], [.. crystals.Targets.Reverse()]);
        int[] folds = RelativeColumns.Divide(crystals, 7);
        Assert.Equal(folds, RelativeColumns.Divide(reversed, 7).Reverse());
        Assert.NotEqual(folds, RelativeColumns.Divide(crystals, 8));
        Assert.All(crystals.Rows.Select((row, index) => (Composition(row), folds[index])).GroupBy(pair => pair.Item1), group => Assert.Single(group.Distinct()));
        Assert.Equal(Enumerable.Range(0, RelativeColumns.Folds), folds.Distinct().Order());
    }

    [Fact]
    public void The_table_that_serves_counts_the_crystals_of_the_training_part_and_no_expanded_one()
    {
        DescribedCrystals crystals = Draw(200, 3);
        DescribedCrystals expanded = new(Set, [.. crystals.Rows, .. crystals.Rows.Take(50)], [.. crystals.Targets, .. Enumerable.Repeat(0.0, 50)]) { Expanded = 50 };
        RelativeColumns plain = RelativeColumns.Of(crystals, 3, 0, default), more = RelativeColumns.Of(expanded, 3, 0, default);
        Assert.Equal(200 * plain.Table.Keys.Count, plain.Table.Counts.Sum());
        Assert.Equal(plain.Table.Counts.ToArray(), more.Table.Counts.ToArray());
        Assert.Equal(plain.Training, more.Training[..200]);
        Assert.Equal(plain.Training[..50], more.Training[200..]); // a copy sees what its crystal sees
    }

    [Fact]
    public void Trees_learn_from_relatives_what_many_descriptors_say_together()
    {
        DescribedCrystals training = Draw(600, 4), validation = Draw(300, 5);
        CrystalTreesOptions small = Options with { NumberOfTrees = 5, NumberOfLeaves = 4, LearningRate = 0.3, FeatureFraction = 1 };
        TreeTrainingResult with = TreeTraining.Run(training, validation, SyntheticCrystals.Classes, small);
        TreeTrainingResult without = TreeTraining.Run(training, validation, SyntheticCrystals.Classes, small with { LooksAtRelatives = false });
        Assert.InRange(with.Best.ValidationMetric, 0.9, 1);
        Assert.InRange(without.Best.ValidationMetric, 0, with.Best.ValidationMetric - 0.1);
        Assert.Null(without.Model.Relatives);
        double right = validation.Rows.Where((row, index) => Evaluate(with.Model, row) is var p && Array.IndexOf(p, p.Max()) == validation.Targets[index]).Count();
        Assert.Equal(right / 300, with.Best.ValidationMetric, 1e-9);
    }

    [Fact]
    public void What_is_held_back_chooses_the_number_of_trees_and_no_more()
    {
        DescribedCrystals training = Draw(300, 6), validation = Draw(100, 7);
        TreeModel one = Grow(training, validation), other = Grow(training, new DescribedCrystals(Set, validation.Rows, [.. validation.Targets.Select(target => 2 - target)]));
        Assert.Equal(one.Relatives!.Counts.ToArray(), other.Relatives!.Counts.ToArray());
        Assert.Equal(one.Relatives.Entries.ToArray(), other.Relatives.Entries.ToArray());
        int trees = Math.Min(one.Ensembles[0].Trees.Length, other.Ensembles[0].Trees.Length);
        Assert.Equal(one.Ensembles[0].Trees.Take(trees).SelectMany(tree => tree.LeafValues), other.Ensembles[0].Trees.Take(trees).SelectMany(tree => tree.LeafValues));

        static TreeModel Grow(DescribedCrystals training, DescribedCrystals validation) => TreeTraining.Run(training, validation, SyntheticCrystals.Classes, Options).Model;
    }

    [Fact]
    public void The_seed_decides_all_that_is_drawn()
    {
        DescribedCrystals training = Draw(200, 8), validation = Draw(60, 9);
        Assert.Equal(Leaves(0), Leaves(0));
        Assert.NotEqual(Leaves(0), Leaves(1));

        double[] Leaves(int seed) => [.. TreeTraining.Run(training, validation, SyntheticCrystals.Classes, Options with { Seed = seed, FeatureFraction = 1 })
            .Model.Ensembles.SelectMany(ensemble => ensemble.Trees).SelectMany(tree => tree.LeafValues)];
    }

    [Fact]
    public void What_has_no_relatives_is_refused()
    {
        DescribedCrystals crystals = Draw(60, 1);
        DescribedCrystals same = new(Set, [crystals.Rows[0], crystals.Rows[0]], [0, 1]);
        Assert.Contains("two compositions", Assert.Throws<ArgumentException>(() => RelativeColumns.Of(same, 3, 0, default)).Message, StringComparison.Ordinal);
        Assert.Contains("found the regression", Assert.Throws<ArgumentException>(() => TreeTraining.Run(crystals, crystals, SyntheticCrystals.Value, Options)).Message, StringComparison.Ordinal);
        Assert.Equal(
            ["LooksAtRelatives needs descriptors that tell Wyckoff positions (best, best-bands), found claussen."], (Options with { Descriptors = "claussen" }).Validate());
    }

    /// <summary>
    /// Crystals of 64 families, whose class is drawn for each family: the families differ in the electrons on six Wyckoff positions, one or
    /// two each, and their members in composition. A crystal in three has the composition of the one before.
    /// </summary>
    internal static DescribedCrystals Draw(int crystals, int seed)
    {
        var random = new Random(seed);
        List<float[]> rows = [];
        List<double> targets = [];
        for (int crystal = 0; crystal < crystals; crystal++)
        {
            int family = random.Next(64);
            var drawn = new Random(family);
            var row = new float[Set.Count];
            Put("space_group", 225);
            for (int position = 0; position < 6; position++)
            {
                Put($"wyckoff_{(char)('a' + position)}_electrons", 1 + (family >> position & 1));
            }

            Put("fraction_Na", (float)random.NextDouble());
            rows.Add(crystal % 3 == 2 ? [.. rows[^1]] : row);
            targets.Add(crystal % 3 == 2 ? targets[^1] : drawn.Next(3));

            void Put(string column, float value) => row[Set.Names.IndexOf(column)] = value;
        }

        return new DescribedCrystals(Set, rows, targets);
    }

    private static float[][] Columns(DescribedCrystals crystals) => RelativeColumns.Of(crystals, 3, 0, default).Training;

    private static (float, float) Composition(float[] row) => (row[Set.Names.IndexOf("space_group")], row[Set.Names.IndexOf("fraction_Na")]);

    private static float[] Evaluate(TreeModel model, float[] row)
    {
        var results = new float[model.OutputWidth];
        model.Evaluate(row, results);
        return results;
    }
}
