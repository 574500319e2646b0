using Faithful.Models;

namespace Faithful.Pipelines;

/// <summary>What the models say of one crystal, in the types of the columns.</summary>
internal sealed record CrystalScore
{
    /// <summary>Gets the class counted from 1; 0 for a regression and without an answer.</summary>
    public uint Label { get; init; }

    /// <summary>Gets the name of the class; empty for a regression and without an answer.</summary>
    public string Class { get; init; } = "";

    /// <summary>Gets the value; NaN for a classification and without an answer.</summary>
    public float Value { get; init; } = float.NaN;

    /// <summary>Gets the probabilities, NaN without an answer; empty for a regression.</summary>
    public float[] Probabilities { get; init; } = [];

    /// <summary>Gets the probability of the class; NaN for a regression and without an answer.</summary>
    public float Confidence { get; init; } = float.NaN;

    /// <summary>Gets a value indicating whether a model could not take the crystal.</summary>
    public bool IsFallback { get; init; }

    /// <summary>Gets what the user should know.</summary>
    public string Note { get; init; } = "";

    /// <summary>Makes the score of a crystal that cannot be read.</summary>
    /// <param name="task">The task.</param>
    /// <param name="reason">Why it cannot be read.</param>
    /// <returns>A score without an answer.</returns>
    public static CrystalScore Missing(ModelTask task, string reason) => new()
    {
        Probabilities = [.. Enumerable.Repeat(float.NaN, task.Classes.Count)],
        Note = reason,
    };

    /// <summary>Joins what several models say: the plain mean of their probabilities or values.</summary>
    /// <param name="task">The task, whose order of classes the score has.</param>
    /// <param name="predictions">One prediction a model.</param>
    /// <param name="places">For each model the place of each class among its own.</param>
    /// <returns>The score.</returns>
    public static CrystalScore Mean(ModelTask task, IReadOnlyList<Prediction> predictions, IReadOnlyList<int[]> places)
    {
        var score = new CrystalScore
        {
            IsFallback = predictions.Any(prediction => prediction.IsFallback),
            Note = string.Join("; ", predictions.SelectMany(prediction => prediction.Warnings).Distinct()),
        };
        if (task.Kind == TaskKind.Regression)
        {
            return score with { Value = (float)predictions.Average(prediction => prediction.Value!.Value) };
        }

        var means = new double[task.Classes.Count];
        for (int index = 0; index < means.Length; index++)
        {
            means[index] = predictions.Select((prediction, model) => prediction.Probabilities[places[model][index]]).Average();
        }

        int best = Array.IndexOf(means, means.Max());
        return score with
        {
            Label = (uint)best + 1,
            Class = task.Classes[best],
            Probabilities = [.. means.Select(mean => (float)mean)],
            Confidence = (float)means[best],
        };
    }
}
