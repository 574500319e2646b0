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

    /// <summary>Gets the half-width of the interval around the value; NaN where there is none.</summary>
    public float HalfWidth { get; init; } = float.NaN;

    /// <summary>Gets how much the models disagree; NaN for a single model and without an answer.</summary>
    public float Disagreement { get; init; } = float.NaN;

    /// <summary>Gets a value indicating whether no model could take the crystal.</summary>
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

    /// <summary>Takes a prediction over.</summary>
    /// <param name="task">The task.</param>
    /// <param name="prediction">The prediction of a model, or the joined one of several.</param>
    /// <returns>The score.</returns>
    public static CrystalScore Of(ModelTask task, Prediction prediction)
    {
        var score = new CrystalScore
        {
            IsFallback = prediction.IsFallback,
            Note = string.Join("; ", prediction.Warnings),
            HalfWidth = (float)(prediction.HalfWidth ?? double.NaN),
            Disagreement = (float)(prediction.Disagreement ?? double.NaN),
        };
        return prediction.Value is double value ? score with { Value = (float)value } : score with
        {
            Label = (uint)task.Classes.Index().First(known => known.Item == prediction.Class).Index + 1,
            Class = prediction.Class!,
            Probabilities = [.. prediction.Probabilities.Select(probability => (float)probability)],
            Confidence = (float)prediction.Confidence!.Value,
        };
    }
}
