using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>A model for each class.</summary>
public sealed class OneVersusAllModelParameters : ModelParametersBase<VBuffer<float>>, IVectorModel, ISavedStep
{
    internal const string Kind = "OneVersusAll";

    internal OneVersusAllModelParameters(IReadOnlyList<IScalarModel> models, bool useProbabilities)
    {
        Models = models;
        UseProbabilities = useProbabilities;
        if (useProbabilities && models.Any(model => model is not IProbabilityModel))
            throw new NotSupportedException("This stand-in has no calibrators to train: OneVersusAll takes classifiers that are calibrated, or useProbabilities: false.");
    }

    string ISavedStep.Kind => Kind;

    int IVectorModel.ClassCount => Models.Count;

    internal IReadOnlyList<IScalarModel> Models { get; }

    internal bool UseProbabilities { get; }

    internal static OneVersusAllModelParameters Read(BinaryReader reader, LocalEnvironment environment)
    {
        var useProbabilities = reader.ReadBoolean();
        List<IScalarModel> models = [];
        for (var left = reader.ReadInt32(); left > 0; left--)
            models.Add(reader.ReadStep<IScalarModel>(environment));
        return models.Count > 0 ? new OneVersusAllModelParameters(models, useProbabilities) : throw new FormatException("The model file holds a classifier of no classes.");
    }

    void ISavedStep.Write(BinaryWriter writer)
    {
        writer.Write(UseProbabilities);
        writer.Write(Models.Count);
        foreach (var model in Models)
            writer.WriteStep((ISavedStep)model);
    }

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
