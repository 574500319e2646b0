using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class MulticlassClassificationCatalog
{
    public MulticlassClassificationMetrics Evaluate(
        IDataView data,
        string labelColumnName = ScoreNames.Label,
        string scoreColumnName = ScoreNames.Score,
        string predictedLabelColumnName = ScoreNames.PredictedLabel,
        int topKPredictionCount = 0)
    {
        Contracts.CheckValue(data, nameof(data));
        var label = ScoredColumns.Find(data, "Label", labelColumnName, nameof(labelColumnName));
        var score = ScoredColumns.Find(data, "Score", scoreColumnName, nameof(scoreColumnName));
        ScoredColumns.Find(data, "PredictedLabel", predictedLabelColumnName, nameof(predictedLabelColumnName));
        Contracts.CheckParam(topKPredictionCount >= 0, nameof(topKPredictionCount), $"Must be non-negative, not {topKPredictionCount}.");
        var scoreType = score.Type as VectorDataViewType;
        ScoredColumns.Check(score, "score", scoreType is { Size: >= 2 } && scoreType.ItemType == NumberDataViewType.Single,
            "vector of two or more items of type Single");
        ScoredColumns.Check(label, "label", label.Type == NumberDataViewType.Single || label.Type is KeyDataViewType, "Single or Key");

        using var cursor = data.GetRowCursor([label, score]);
        var getLabel = LabelGetter.Of(cursor, label);
        var getScores = cursor.GetGetter<VBuffer<float>>(score);
        var counter = new MulticlassCounter(ScoredColumns.NamesOrNull(score, AnnotationKinds.SlotNames)
            ?? [.. Enumerable.Range(0, scoreType.Size).Select(i => i.ToString(CultureInfo.InvariantCulture))]);
        var actual = 0f;
        VBuffer<float> scores = default;
        var dense = new float[scoreType.Size];
        while (cursor.MoveNext())
        {
            getLabel(ref actual);
            getScores(ref scores);
            Contracts.Check(scores.Length == dense.Length, $"A row has {scores.Length} scores, but {dense.Length} were expected.");
            scores.CopyTo(dense);
            counter.Add(actual, dense);
        }

        return counter.Result(topKPredictionCount);
    }

    public IReadOnlyList<CrossValidationResult<MulticlassClassificationMetrics>> CrossValidate(
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
}
