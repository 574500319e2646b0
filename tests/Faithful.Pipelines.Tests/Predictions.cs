using Faithful.Models;

namespace Faithful.Pipelines.Tests;

/// <summary>Compares predictions.</summary>
internal static class Predictions
{
    private const double Tolerance = 1e-6;

    public static void AssertSame(IReadOnlyList<CrystalPrediction> expected, IReadOnlyList<CrystalPrediction> found)
    {
        Assert.Equal(expected.Count, found.Count);
        for (int row = 0; row < expected.Count; row++)
        {
            AssertSame(expected[row], found[row]);
        }
    }

    public static void AssertSame(CrystalPrediction expected, CrystalPrediction found)
    {
        Assert.Equal((expected.Id, expected.Class, expected.IsFallback, expected.Note), (found.Id, found.Class, found.IsFallback, found.Note));
        Assert.Equal(expected.Value, found.Value, Tolerance);
        Assert.Equal(expected.Confidence, found.Confidence, Tolerance);
        Assert.Equal(expected.Probabilities.Length, found.Probabilities.Length);
        Assert.All(expected.Probabilities.Zip(found.Probabilities), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    /// <summary>The plain mean of what models said of one crystal; all have the same order of classes.</summary>
    public static CrystalPrediction Mean(ModelTask task, params Prediction[] predictions)
    {
        double[] means = [.. task.Classes.Select((_, index) => predictions.Average(prediction => prediction.Probabilities[index]))];
        return new CrystalPrediction
        {
            Id = predictions[0].Id,
            Class = means.Length == 0 ? "" : task.Classes[Array.IndexOf(means, means.Max())],
            Value = means.Length == 0 ? (float)predictions.Average(prediction => prediction.Value!.Value) : float.NaN,
            Probabilities = [.. means.Select(mean => (float)mean)],
            Confidence = means.Length == 0 ? float.NaN : (float)means.Max(),
            IsFallback = predictions.All(prediction => prediction.IsFallback),
            Note = string.Join("; ", predictions.SelectMany(prediction => prediction.Warnings).Distinct()),
        };
    }
}
