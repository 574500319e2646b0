namespace Microsoft.ML.Data;

/// <summary>The annotations of score columns: as values, and as their shape before any data is seen.</summary>
internal static class ScoreAnnotations
{
    /// <summary>The number of the next set of score columns after those of <paramref name="schema"/>.</summary>
    public static uint NextSetId(DataViewSchema schema)
    {
        uint largest = 0;
        foreach (var column in schema)
        {
            var type = column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.ScoreColumnSetId)?.Type;
            if (type is not KeyDataViewType || type.RawType != typeof(uint))
            {
                continue;
            }

            uint id = 0;
            column.Annotations.GetValue(AnnotationKinds.ScoreColumnSetId, ref id);
            largest = Math.Max(largest, id);
        }

        return largest + 1;
    }

    public static DataViewSchema.Annotations.Builder Of(uint setId, string columnKind, string valueKind)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue(AnnotationKinds.ScoreColumnSetId, AnnotationKinds.ScoreColumnSetIdType, setId);
        builder.AddPrimitiveValue(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance, columnKind.AsMemory());
        builder.AddPrimitiveValue(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
        return builder;
    }

    public static SchemaShape Shape(bool isNormalized = false) => new(Columns(isNormalized));

    /// <summary>Of the scores of all classes: with the classes' names where the label has them.</summary>
    public static SchemaShape ClassScoreShape(SchemaShape.Column label)
    {
        var columns = new List<SchemaShape.Column>();
        const SchemaShape.Column.VectorKind Vector = SchemaShape.Column.VectorKind.Vector;
        if (label.IsKey && label.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values) && values.Kind == Vector)
        {
            if (values.ItemType is TextDataViewType)
            {
                columns.Add(new SchemaShape.Column(AnnotationKinds.SlotNames, Vector, TextDataViewType.Instance, false));
            }

            columns.Add(new SchemaShape.Column(AnnotationKinds.TrainingLabelValues, Vector, values.ItemType, false));
        }

        return new SchemaShape(columns.Concat(Columns(false)));
    }

    /// <summary>Of the class predicted: the label's key values come with it.</summary>
    public static SchemaShape PredictedClassShape(SchemaShape.Column label) =>
        new(label.Annotations.Where(column => column.Name == AnnotationKinds.KeyValues).Concat(Columns(false)));

    private static IEnumerable<SchemaShape.Column> Columns(bool isNormalized)
    {
        yield return new(AnnotationKinds.ScoreColumnSetId, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true);
        yield return new(AnnotationKinds.ScoreColumnKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, false);
        yield return new(AnnotationKinds.ScoreValueKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, false);
        if (isNormalized)
        {
            yield return new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);
        }
    }
}
