namespace Microsoft.ML.Data;

/// <summary>Adds PredictedLabel, a key, and Score, a number for each class.</summary>
internal sealed class MulticlassScoreMapper(
    DataViewSchema schema, DataViewSchema.Column features, IVectorModel model, DataViewSchema.Column? label, string scoreName, string predictedName)
    : ScoreMapper<float[]>(features, Columns(schema, model.ClassCount, label, scoreName, predictedName))
{
    protected override float[] CreateScores() => new float[model.ClassCount];

    protected override void Score(ReadOnlySpan<float> features, float[] scores) => model.Score(features, scores);

    protected override Delegate CreateGetter(int column, Func<float[]> current)
    {
        if (column == 0)
        {
            return (ValueGetter<uint>)((ref uint key) => key = KeyOfLargest(current()));
        }

        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> scores) =>
        {
            var editor = VBufferEditor.Create(ref scores, model.ClassCount);
            current().CopyTo(editor.Values);
            scores = editor.Commit();
        });
    }

    // The first of equal ones; NaN is passed over, and where all are the class is missing.
    private static uint KeyOfLargest(float[] scores)
    {
        var (key, largest) = (0u, float.NegativeInfinity);
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > largest || key == 0 && scores[i] == largest)
            {
                (key, largest) = ((uint)i + 1, scores[i]);
            }
        }

        return key;
    }

    private static DataViewSchema.DetachedColumn[] Columns(
        DataViewSchema schema, int classCount, DataViewSchema.Column? label, string scoreName, string predictedName)
    {
        var id = ScoreAnnotations.NextSetId(schema);
        var score = ScoreAnnotations.Of(id, AnnotationKinds.MulticlassClassification, ScoreNames.Score);
        var predicted = ScoreAnnotations.Of(id, AnnotationKinds.MulticlassClassification, ScoreNames.PredictedLabel);
        if (label?.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is { Type: VectorDataViewType type } values
            && type.Size == classCount)
        {
            var getter = label.Value.Annotations.GetterAt(values.Index);
            score.Add(AnnotationKinds.TrainingLabelValues, type, getter);
            if (type.ItemType is TextDataViewType)
            {
                score.Add(AnnotationKinds.SlotNames, type, getter);
            }

            predicted.Add(AnnotationKinds.KeyValues, type, getter);
        }

        return
        [
            new(predictedName, new KeyDataViewType(typeof(uint), classCount), predicted.ToAnnotations()),
            new(scoreName, new VectorDataViewType(NumberDataViewType.Single, classCount), score.ToAnnotations()),
        ];
    }
}
