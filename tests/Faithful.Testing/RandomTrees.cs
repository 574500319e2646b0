using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Faithful.Models.Trees;

namespace Faithful.Testing;

/// <summary>Seeded random models of trees, and rows that try them: the same seed gives the same things on every machine.</summary>
/// <param name="seed">The seed.</param>
public sealed class RandomTrees(int seed)
{
    // Numbers at which rounding, sign and order could go wrong; rows take them, and the numbers next to them.
    private static readonly float[] Thresholds = [0, -0.0f, 1, 0.1f, -2.5f, 16777216, 1e-40f, -1e-40f, 1e30f, float.MaxValue, 225.5f];

    private readonly Random random = new(seed);

    /// <summary>Gets a tree of some leaves, 1 to the most.</summary>
    public DecisionTree Tree(int columns, int mostLeaves)
    {
        int leaves = random.Next(1, mostLeaves + 1);
        int[] left = new int[leaves - 1], right = new int[leaves - 1];
        for (var split = 0; split < leaves - 1; split++)
        {
            // As trees grow: a leaf becomes a split, keeps its number on the left, and a new leaf comes on the right.
            var leaf = random.Next(split + 1);
            if (Array.IndexOf(left, ~leaf, 0, split) is >= 0 and var parent)
            {
                left[parent] = split;
            }
            else if (Array.IndexOf(right, ~leaf, 0, split) is >= 0 and var other)
            {
                right[other] = split;
            }

            (left[split], right[split]) = (~leaf, ~(split + 1));
        }

        return new(
            left,
            right,
            [.. left.Select(_ => random.Next(columns))],
            [.. left.Select(_ => Thresholds[random.Next(Thresholds.Length)])],
            [.. Enumerable.Range(0, leaves).Select(_ => 4 * (random.NextDouble() - 0.5))]);
    }

    /// <summary>Gets an ensemble of trees with weights and a bias.</summary>
    public TreeEnsemble Ensemble(int columns, int mostTrees, int mostLeaves)
    {
        DecisionTree[] trees = [.. Enumerable.Range(0, random.Next(1, mostTrees + 1)).Select(_ => Tree(columns, mostLeaves))];
        return new(trees, random.Next(2) == 0 ? null : trees.Select(_ => 2 * random.NextDouble()), random.NextDouble() - 0.5);
    }

    /// <summary>Gets a model.</summary>
    /// <param name="classes">The number of classes; 0 for a regression.</param>
    /// <param name="mostTrees">The most trees of an ensemble.</param>
    /// <param name="mostLeaves">The most leaves of a tree.</param>
    /// <param name="descriptors">The set of descriptors.</param>
    public TreeModel Model(int classes, int mostTrees = 30, int mostLeaves = 12, string descriptors = "claussen")
    {
        var set = DescriptorSet.Find(descriptors);
        float? missing = random.Next(2) == 0 ? null : Thresholds[random.Next(Thresholds.Length)];
        return classes == 0
            ? TreeModel.Regression(set, Ensemble(set.Count, mostTrees, mostLeaves), missing)
            : TreeModel.OneVersusAll(
                set,
                Enumerable.Range(0, classes).Select(_ => Ensemble(set.Count, mostTrees, mostLeaves)),
                Enumerable.Range(0, classes).Select(_ => new PlattScaling(-0.2 - random.NextDouble(), random.NextDouble() - 0.5)),
                missing);
    }

    /// <summary>Gets a model whose trees look at relatives too, each second tree at nothing else, and rows that try it.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="rows">The number of rows. Every second one is counted in the table, and most of the others have relatives there.</param>
    public (TreeModel Model, float[][] Rows) WithRelatives(int classes, int rows)
    {
        var keys = RelativeKeys.Of(DescriptorSet.Find("best"));
        float[][] all = [.. Enumerable.Range(0, rows).Select(_ => RowWithRelatives(keys))];
        float[][] known = [.. all.Where((_, index) => index % 2 == 0)];
        RelativeTable table = RelativeTable.Of(keys, known, [.. known.Select(_ => random.Next(classes))], classes);
        int columns = keys.Descriptors.Count;
        IEnumerable<TreeEnsemble> ensembles = Enumerable.Range(0, classes).Select(_ => new TreeEnsemble(
            Enumerable.Range(0, 20).Select(index => index % 2 == 0 ? Tree(columns + table.Width, 12) : Shifted(Tree(table.Width, 12), columns))));
        return (TreeModel.OneVersusAll(keys.Descriptors, ensembles, Enumerable.Range(0, classes).Select(_ => new PlattScaling(-0.5, 0.1)), 1000, table), all);

        static DecisionTree Shifted(DecisionTree tree, int columns) =>
            new(tree.LeftChildren, tree.RightChildren, [.. tree.SplitColumns.Select(column => column + columns)], tree.Thresholds, tree.LeafValues);
    }

    /// <summary>Gets descriptors that share the numbers that make relatives with one in ten others, but for some that are missing, halves or too large.</summary>
    public float[] RowWithRelatives(RelativeKeys keys)
    {
        float[] row = Row(keys.Descriptors.Count);
        var pattern = new Random(random.Next(10));
        foreach (int column in keys.Columns)
        {
            int number = pattern.Next(60);
            row[column] = random.Next(400) == 0 ? row[column] : number == 0 ? float.NaN : number == 1 ? 4096.5f : number < 20 ? number / 2f : 0;
        }

        return row;
    }

    /// <summary>Gets descriptors that lie on thresholds, as near to them as float32 can, nowhere (NaN), or at infinity.</summary>
    public float[] Row(int columns) => [.. Enumerable.Range(0, columns).Select(_ => (random.Next(12), Thresholds[random.Next(Thresholds.Length)]) switch
    {
        (0, _) => float.NaN,
        (1, var threshold) => threshold > 0 ? float.PositiveInfinity : float.NegativeInfinity,
        (< 4, var threshold) => MathF.BitIncrement(threshold),
        (< 6, var threshold) => MathF.BitDecrement(threshold),
        (< 9, var threshold) => threshold,
        _ => (float)(300 * (random.NextDouble() - 0.3)),
    })];

    /// <summary>Makes the card of a model.</summary>
    public static ModelCard Card(TreeModel model, ModelTask task) => new()
    {
        Model = TreeModel.Name,
        Preset = model.Descriptors.Name,
        Task = task,
        Preparation = model.Preparation,
        Inputs = [ModelInput.Descriptors.Name],
        Fallback = task.Kind == TaskKind.Classification
            ? new() { ClassFrequencies = [.. task.Classes.Select((_, i) => (i + 1) / (task.Classes.Count * (task.Classes.Count + 1) / 2.0))] }
            : new() { Median = -1.25 },
        Training = new TrainingSummary
        {
            Data = "none",
            DataSha256 = new string('0', 64),
            Crystals = 1,
            Epochs = 30,
            BestEpoch = 20,
            Seed = 0,
            TestFraction = 0.1,
            ValidationFraction = 0.1,
            Elements = [.. Enumerable.Range(1, 83)],
            SmallestVolumePerAtom = 2,
            LargestVolumePerAtom = 400,
        },
        Parameters = model.ParameterCount,
    };

    /// <summary>Gets a task with classes a, b, c, …; a regression where there are none.</summary>
    public static ModelTask Task(int classes) => new()
    {
        Name = classes == 0 ? "formation-energy" : "tqc",
        Kind = classes == 0 ? TaskKind.Regression : TaskKind.Classification,
        Classes = [.. Enumerable.Range(0, classes).Select(i => ((char)('a' + i)).ToString())],
        Unit = classes == 0 ? "eV/atom" : null,
        UsesSymmetry = true,
    };
}
