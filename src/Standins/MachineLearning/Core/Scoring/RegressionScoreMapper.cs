using System.Runtime.CompilerServices;

namespace Microsoft.ML.Data;

/// <summary>Adds Score.</summary>
internal sealed class RegressionScoreMapper(DataViewSchema schema, DataViewSchema.Column features, IScalarModel model)
    : ScoreMapper<StrongBox<float>>(features, Columns(schema))
{
    protected override StrongBox<float> CreateScores() => new();

    protected override void Score(ReadOnlySpan<float> features, StrongBox<float> scores) => scores.Value = model.Score(features);

    protected override Delegate CreateGetter(int column, Func<StrongBox<float>> current) =>
        (ValueGetter<float>)((ref float score) => score = current().Value);

    private static DataViewSchema.DetachedColumn[] Columns(DataViewSchema schema) =>
    [
        new(ScoreNames.Score, NumberDataViewType.Single,
            ScoreAnnotations.Of(ScoreAnnotations.NextSetId(schema), AnnotationKinds.Regression, ScoreNames.Score).ToAnnotations()),
    ];
}
