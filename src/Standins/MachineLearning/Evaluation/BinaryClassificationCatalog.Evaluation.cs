using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class BinaryClassificationCatalog
{
    public CalibratedBinaryClassificationMetrics Evaluate(
        IDataView data,
        string labelColumnName = ScoreNames.Label,
        string scoreColumnName = ScoreNames.Score,
        string probabilityColumnName = ScoreNames.Probability,
        string predictedLabelColumnName = ScoreNames.PredictedLabel)
    {
        Contracts.CheckValue(data, nameof(data));
        var probability = ScoredColumns.Find(data, "Probability", probabilityColumnName, nameof(probabilityColumnName));
        ScoredColumns.Check(probability, "probability", probability.Type == NumberDataViewType.Single, "Single");
        return Count(data, labelColumnName, scoreColumnName, probability, predictedLabelColumnName).CalibratedResult();
    }

    public BinaryClassificationMetrics EvaluateNonCalibrated(
        IDataView data,
        string labelColumnName = ScoreNames.Label,
        string scoreColumnName = ScoreNames.Score,
        string predictedLabelColumnName = ScoreNames.PredictedLabel)
    {
        Contracts.CheckValue(data, nameof(data));
        return Count(data, labelColumnName, scoreColumnName, null, predictedLabelColumnName).Result();
    }

    public IReadOnlyList<CrossValidationResult<BinaryClassificationMetrics>> CrossValidateNonCalibrated(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds = 5,
        string labelColumnName = ScoreNames.Label,
        string samplingKeyColumnName = null,
        int? seed = null)
    {
        Contracts.CheckNonEmpty(labelColumnName, nameof(labelColumnName));
        return CrossValidateTrain(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => EvaluateNonCalibrated(scores, labelColumnName));
    }

    public IReadOnlyList<CrossValidationResult<CalibratedBinaryClassificationMetrics>> CrossValidate(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds = 5,
        string labelColumnName = ScoreNames.Label,
        string samplingKeyColumnName = null,
        int? seed = null)
    {
        Contracts.CheckNonEmpty(labelColumnName, nameof(labelColumnName));
        return CrossValidateTrain(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => Evaluate(scores, labelColumnName));
    }

    private static BinaryCounter Count(
        IDataView data, string labelColumnName, string scoreColumnName, DataViewSchema.Column? probability, string predictedLabelColumnName)
    {
        var label = ScoredColumns.Find(data, "Label", labelColumnName, nameof(labelColumnName));
        var score = ScoredColumns.Find(data, "Score", scoreColumnName, nameof(scoreColumnName));
        ScoredColumns.Find(data, "PredictedLabel", predictedLabelColumnName, nameof(predictedLabelColumnName));
        ScoredColumns.Check(score, "score", score.Type == NumberDataViewType.Single, "Single");
        ScoredColumns.Check(label, "label",
            label.Type == NumberDataViewType.Single || label.Type == NumberDataViewType.Double || label.Type is BooleanDataViewType or KeyDataViewType { Count: 2 },
            "Single, Double, Boolean, or a Key with cardinality 2");

        using var cursor = data.GetRowCursor(probability is { } column ? [label, score, column] : [label, score]);
        var getLabel = LabelGetter.Of(cursor, label);
        var getScore = cursor.GetGetter<float>(score);
        var getProbability = probability is { } given ? cursor.GetGetter<float>(given) : (ref float value) => value = float.NaN;
        var counter = new BinaryCounter((label.Type is KeyDataViewType ? ScoredColumns.NamesOrNull(label, AnnotationKinds.KeyValues) : null)
            ?? ["positive", "negative"]);
        var (actual, predicted, chance) = (0f, 0f, 0f);
        while (cursor.MoveNext())
        {
            getLabel(ref actual);
            getScore(ref predicted);
            getProbability(ref chance);
            counter.Add(actual, predicted, chance);
        }

        return counter;
    }
}
