using System.Runtime.CompilerServices;

namespace Microsoft.ML.Data;

/// <summary>Adds PredictedLabel and Score, and for a calibrated model Probability.</summary>
internal sealed class BinaryScoreMapper(DataViewSchema schema, DataViewSchema.Column features, IScalarModel model, float threshold)
    : ScoreMapper<StrongBox<float>>(features, Columns(schema, model is IProbabilityModel))
{
    protected override StrongBox<float> CreateScores() => new();

    protected override void Score(ReadOnlySpan<float> features, StrongBox<float> scores) => scores.Value = model.Score(features);

    protected override Delegate CreateGetter(int column, Func<StrongBox<float>> current) => column switch
    {
        0 => (ValueGetter<bool>)((ref bool label) => label = current().Value > threshold),
        1 => (ValueGetter<float>)((ref float score) => score = current().Value),
        _ => (ValueGetter<float>)((ref float probability) => probability = ((IProbabilityModel)model).ProbabilityOf(current().Value)),
    };

    private static DataViewSchema.DetachedColumn[] Columns(DataViewSchema schema, bool isCalibrated)
    {
        var id = ScoreAnnotations.NextSetId(schema);
        DataViewSchema.Annotations.Builder Annotations(string valueKind) => ScoreAnnotations.Of(id, AnnotationKinds.BinaryClassification, valueKind);
        var probability = Annotations(ScoreNames.Probability);
        probability.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        DataViewSchema.DetachedColumn[] columns =
        [
            new(ScoreNames.PredictedLabel, BooleanDataViewType.Instance, Annotations(ScoreNames.PredictedLabel).ToAnnotations()),
            new(ScoreNames.Score, NumberDataViewType.Single, Annotations(ScoreNames.Score).ToAnnotations()),
            new(ScoreNames.Probability, NumberDataViewType.Single, probability.ToAnnotations()),
        ];
        return isCalibrated ? columns : columns[..2];
    }
}
