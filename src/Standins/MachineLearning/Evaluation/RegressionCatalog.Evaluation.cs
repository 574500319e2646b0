using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class RegressionCatalog
{
    public RegressionMetrics Evaluate(IDataView data, string labelColumnName = ScoreNames.Label, string scoreColumnName = ScoreNames.Score)
    {
        Contracts.CheckValue(data, nameof(data));
        var label = ScoredColumns.Find(data, "Label", labelColumnName, nameof(labelColumnName));
        var score = ScoredColumns.Find(data, "Score", scoreColumnName, nameof(scoreColumnName));
        ScoredColumns.Check(score, "score", score.Type == NumberDataViewType.Single, "Single");
        ScoredColumns.Check(label, "label", label.Type == NumberDataViewType.Single, "Single");

        using var cursor = data.GetRowCursor([label, score]);
        var getLabel = cursor.GetGetter<float>(label);
        var getScore = cursor.GetGetter<float>(score);
        var counter = new RegressionCounter();
        var (actual, predicted) = (0f, 0f);
        while (cursor.MoveNext())
        {
            getLabel(ref actual);
            getScore(ref predicted);
            counter.Add(actual, predicted);
        }

        return counter.Result();
    }

    public IReadOnlyList<CrossValidationResult<RegressionMetrics>> CrossValidate(
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
