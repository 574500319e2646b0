using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>The rows that can be learned from; those whose label, weight or features are missing or infinite are left out.</summary>
internal sealed class TrainingRows
{
    private TrainingRows(FeatureRows features, float[] labels, double[] weights)
    {
        Features = features;
        Labels = labels;
        Weights = weights;
    }

    public FeatureRows Features { get; }

    public float[] Labels { get; }

    /// <summary>Empty when the rows have none.</summary>
    public double[] Weights { get; }

    public static TrainingRows Read<TLabel>(IDataView data, string featureColumn, string labelColumn, string weightColumn, Func<TLabel, float> number)
    {
        var features = data.Schema[featureColumn];
        var label = data.Schema[labelColumn];
        DataViewSchema.Column? weight = weightColumn is null ? null : data.Schema[weightColumn];
        var rows = new FeatureRows(((VectorDataViewType)features.Type).Size);
        if (rows.Width > FlatTrees.MaximumFeatures)
            throw new NotSupportedException($"This stand-in trains on up to {FlatTrees.MaximumFeatures} features, not on {rows.Width}.");
        List<float> labels = [];
        List<double> weights = [];
        DataViewSchema.Column[] needed = weight is { } column ? [features, label, column] : [features, label];
        using var cursor = data.GetRowCursor(needed);
        var getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        var getLabel = cursor.GetGetter<TLabel>(label);
        var getWeight = weight is { } known ? cursor.GetGetter<float>(known) : null;
        var (buffer, value, share) = (default(VBuffer<float>), default(TLabel), 1f);
        while (cursor.MoveNext())
        {
            getLabel(ref value);
            getWeight?.Invoke(ref share);
            if (!float.IsFinite(number(value)) || !(share > 0 && share < float.PositiveInfinity))
                continue;
            getFeatures(ref buffer);
            if (!AllFinite(buffer.GetValues()))
                continue;
            buffer.CopyTo(rows.Add());
            labels.Add(number(value));
            if (getWeight is not null)
                weights.Add(share);
        }
        Contracts.Check(rows.Count > 0, "All instances skipped due to missing features.");
        if (rows.Count > FixedPoint.MaximumRows)
            throw new NotSupportedException($"This stand-in trains on up to {FixedPoint.MaximumRows} rows, not on {rows.Count}.");
        return new TrainingRows(rows, [.. labels], [.. weights]);
    }

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }
}
