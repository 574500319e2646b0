using Faithful.Crystals.Descriptors;
using Faithful.Models;

namespace Faithful.Pipelines.Tests.Trees;

/// <summary>Seeded random descriptors, some of them missing, with targets that a few of them decide: quick to learn from.</summary>
internal static class SyntheticCrystals
{
    public static DescriptorSet Set { get; } = DescriptorSet.Find("claussen");

    public static ModelTask Classes { get; } = new() { Name = "synthetic", Kind = TaskKind.Classification, Classes = ["a", "b", "c"], UsesSymmetry = true };

    public static ModelTask Value { get; } = new() { Name = "synthetic", Kind = TaskKind.Regression, Unit = "eV", UsesSymmetry = true };

    /// <summary>Options that take little time.</summary>
    public static CrystalTreesOptions Options { get; } = new()
    {
        Descriptors = Set.Name,
        NumberOfTrees = 12,
        NumberOfLeaves = 8,
        MinimumExampleCountPerLeaf = 3,
        EntropyCoefficient = 0.3,
    };

    public static DescribedCrystals Draw(ModelTask task, int crystals, int seed)
    {
        var random = new Random(seed);
        float[][] rows = [.. Enumerable.Range(0, crystals).Select(_ => Row(random))];
        return new DescribedCrystals(Set, rows, [.. rows.Select(row => task.Kind == TaskKind.Classification ? Class(row) : 5 + 3 * Sign(row[0]) - 2 * Sign(row[1]))]);
    }

    private static float[] Row(Random random) =>
        [.. Enumerable.Range(0, Set.Count).Select(column => random.Next(column < 3 ? 5 : 20) == 0 ? float.NaN : (float)(10 * random.NextDouble() - 5))];

    // A missing value is as good a reason as any other.
    private static int Class(float[] row) => float.IsNaN(row[0]) ? 2 : row[0] > 0 ? Sign(row[1]) : 1;

    private static int Sign(float value) => value > 0 ? 1 : 0;
}
