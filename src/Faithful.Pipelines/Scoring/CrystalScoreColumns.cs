using System.Collections.Immutable;
using Faithful.Models;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>The columns that a model of a task adds: those that ML.NET's metrics read, and those that are the same for all tasks.</summary>
internal static class CrystalScoreColumns
{
    /// <summary>Makes the columns.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The columns.</returns>
    public static ImmutableArray<OutputColumn<CrystalScore>> Of(ModelTask task) =>
    [
        .. task.Kind == TaskKind.Classification ? OfClasses(task.Classes) : OfValue(),
        OutputColumn<CrystalScore>.Text(CrystalColumns.Class, score => score.Class),
        OutputColumn<CrystalScore>.Scalar(CrystalColumns.Value, NumberDataViewType.Single, score => score.Value),
        OutputColumn<CrystalScore>.Vector(CrystalColumns.Probabilities, NumberDataViewType.Single, 0, score => score.Probabilities),
        OutputColumn<CrystalScore>.Scalar(CrystalColumns.Confidence, NumberDataViewType.Single, score => score.Confidence),
        OutputColumn<CrystalScore>.Scalar(CrystalColumns.HalfWidth, NumberDataViewType.Single, score => score.HalfWidth),
        OutputColumn<CrystalScore>.Scalar(CrystalColumns.Disagreement, NumberDataViewType.Single, score => score.Disagreement),
        OutputColumn<CrystalScore>.Scalar(CrystalColumns.IsFallback, BooleanDataViewType.Instance, score => score.IsFallback),
        OutputColumn<CrystalScore>.Text(CrystalColumns.Note, score => score.Note),
    ];

    private static ImmutableArray<OutputColumn<CrystalScore>> OfClasses(IReadOnlyList<string> classes) =>
    [
        OutputColumn<CrystalScore>.Scalar(
            CrystalColumns.PredictedLabel, new KeyDataViewType(typeof(uint), classes.Count), score => score.Label, NameAnnotations.Keys(classes)),
        OutputColumn<CrystalScore>.Vector(
            CrystalColumns.Score, NumberDataViewType.Single, classes.Count, score => score.Probabilities, NameAnnotations.Slots(classes)),
    ];

    private static ImmutableArray<OutputColumn<CrystalScore>> OfValue() =>
        [OutputColumn<CrystalScore>.Scalar(CrystalColumns.Score, NumberDataViewType.Single, score => score.Value)];
}
