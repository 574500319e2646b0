using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>A model for each class.</summary>
public sealed class OneVersusAllModelParameters : ModelParametersBase<VBuffer<float>>, IVectorModel
{
    internal OneVersusAllModelParameters(IReadOnlyList<IScalarModel> models, bool useProbabilities)
    {
        Models = models;
        UseProbabilities = useProbabilities;
        if (useProbabilities && models.Any(model => model is not IProbabilityModel))
            throw new NotSupportedException("This stand-in has no calibrators to train: OneVersusAll takes classifiers that are calibrated, or useProbabilities: false.");
    }

    int IVectorModel.ClassCount => Models.Count;

    internal IReadOnlyList<IScalarModel> Models { get; }

    internal bool UseProbabilities { get; }

    /// <summary>Scores, or the probabilities of the classes divided by their sum.</summary>
    void IVectorModel.Score(ReadOnlySpan<float> features, Span<float> scores)
    {
        for (var i = 0; i < Models.Count; i++)
        {
            scores[i] = Models[i].Score(features);
            if (UseProbabilities)
                scores[i] = ((IProbabilityModel)Models[i]).ProbabilityOf(scores[i]);
        }
        if (UseProbabilities)
            Normalize(scores);
    }

    private static void Normalize(Span<float> probabilities)
    {
        double sum = 0;
        foreach (var probability in probabilities)
            sum += float.IsNaN(probability) ? 0 : probability;
        for (var i = 0; sum > 0 && i < probabilities.Length; i++)
            probabilities[i] = (float)(probabilities[i] / sum);
    }
}
