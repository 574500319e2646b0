using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.FastTree;

/// <summary>A row to train on.</summary>
internal sealed class TreeRow
{
    [VectorType(Width)]
    public float[] Features { get; set; } = new float[Width];

    public float Value { get; set; }

    public bool IsLarge { get; set; }

    /// <summary>A key: 0 to 2 here, 1 to 3 in the column, everything above is missing.</summary>
    [KeyType(3)]
    public uint Class { get; set; }

    public float Weight { get; set; } = 1;

    public const int Width = 4;

    /// <summary>Rows of random features; the value depends on the first three, the fourth is constant.</summary>
    public static TreeRow[] Random(int count, int seed)
    {
        Random random = new(seed);
        TreeRow[] rows = new TreeRow[count];
        for (int i = 0; i < count; i++)
        {
            float[] features = [random.NextSingle(), random.Next(5), random.NextSingle() - 0.5f, 1];
            float value = (features[0] * features[1]) + MathF.Sin(8 * features[2]);
            rows[i] = new TreeRow { Features = features, Value = value, IsLarge = value > 1, Class = value < 0.5f ? 0u : value < 1.5f ? 1u : 2u };
        }

        return rows;
    }
}
