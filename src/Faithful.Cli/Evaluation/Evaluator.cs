using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Models.Packing;
using Faithful.Serving;

namespace Faithful.Cli.Evaluation;

/// <summary>Measures one model on labelled crystals, beside the simplest ways to predict without a model.</summary>
/// <param name="context">Progress and cancellation.</param>
internal sealed class Evaluator(CommandContext context)
{
    /// <summary>Measures a model.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="data">The data, prepared for the model.</param>
    /// <param name="rows">The rows.</param>
    /// <returns>The result and the predictions.</returns>
    /// <exception cref="LabelException">The data has a class that the model does not know.</exception>
    public EvaluatedModel Evaluate(CrystalPredictor predictor, PackedRows data, EvaluationRows rows)
    {
        (ModelCard card, LearningTask task) = (predictor.Card, data.Task);
        int[] classes = ClassesOfModel(card, task, rows);
        IReadOnlyList<Prediction> predictions = Predict(predictor, data.Data, rows);
        LogFallbacks(predictor, predictions);
        bool isClassification = card.Task.Kind == TaskKind.Classification;
        var result = new EvaluationResult
        {
            Task = card.Task.Name,
            Model = card.Model,
            Unit = card.Task.Unit,
            Part = rows.Part,
            Count = rows.Rows.Length,
            Fallbacks = predictions.Count(prediction => prediction.IsFallback),
            Quality = isClassification
                ? Classification(card, classes, [.. predictions.Select(prediction => IndexOf(card, prediction.Class!))])
                : Regression(rows, [.. predictions.Select(prediction => prediction.Value!.Value)]),
            Baseline = isClassification
                ? Classification(card, classes, [.. classes.Select(_ => Majority(card))])
                : Regression(rows, [.. rows.Rows.Select(_ => card.Fallback.Median!.Value)]),
            SpaceGroupTable = isClassification && task.UsesSymmetry && SpaceGroupTable.TryFit(rows.TrainingRows) is SpaceGroupTable table
                ? Classification(card, classes, [.. rows.Rows.Select(row => IndexOf(card, task.Classes[table.Predict(row)]))])
                : null,
        };
        return new EvaluatedModel(predictor.Folder, card, rows, classes, predictions, result);
    }

    private static Measurement Classification(ModelCard card, int[] truth, int[] predicted) =>
        Measurement.OfClasses(truth, predicted, card.Task.Classes.Count);

    private static Measurement Regression(EvaluationRows rows, double[] predicted) =>
        Measurement.OfValues([.. rows.Rows.Select(row => row.Target.Value)], predicted);

    /// <summary>The class of each row, as the model counts classes; the data may list them in another order.</summary>
    private static int[] ClassesOfModel(ModelCard card, LearningTask task, EvaluationRows rows)
    {
        bool isModelClassification = card.Task.Kind == TaskKind.Classification, isDataClassification = task.Kind == TargetKind.Classification;
        if (isModelClassification != isDataClassification)
        {
            throw new LabelException(
                task.LabelColumn, isModelClassification ? "classes" : "numbers", isDataClassification ? "classes" : "numbers");
        }

        return isModelClassification ? [.. rows.Rows.Select(Class)] : [];

        int Class(PackedRow row)
        {
            string name = task.Classes[row.Target.ClassIndex];
            int index = IndexOf(card, name);
            return index >= 0
                ? index
                : throw new LabelException(
                    task.LabelColumn, $"one of the model's classes {string.Join(", ", card.Task.Classes)}", $"\"{name}\"", row.Labels.Id, row.Labels.Origin);
        }
    }

    private static int IndexOf(ModelCard card, string name)
    {
        for (int i = 0; i < card.Task.Classes.Count; i++)
        {
            if (card.Task.Classes[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static int Majority(ModelCard card)
    {
        double[] frequencies = [.. card.Fallback.ClassFrequencies];
        return Array.IndexOf(frequencies, frequencies.Max());
    }

    private void LogFallbacks(CrystalPredictor predictor, IReadOnlyList<Prediction> predictions)
    {
        int count = predictions.Count(prediction => prediction.IsFallback);
        if (count > 0)
        {
            Prediction first = predictions.First(prediction => prediction.IsFallback);
            string reason = first.Warnings[0].Replace("fallback: ", "", StringComparison.Ordinal);
            context.Log($"{predictor.Folder}: {count} of {predictions.Count} crystals take the fallback, such as {first.Id}: {reason}");
        }
    }

    private List<Prediction> Predict(CrystalPredictor predictor, PackedDataset data, EvaluationRows rows)
    {
        using var progress = new ProgressLine(context, "evaluating");
        var predictions = new List<Prediction>(rows.Rows.Length);
        IEnumerable<PredictionInput> crystals = rows.Rows.Select(
            row => new PredictionInput(row.Labels.Id, data[row.Index], data.Composition(row.Index), data.VolumePerAtom(row.Index)));
        foreach (Prediction prediction in predictor.PredictPrepared(crystals, context.Cancellation))
        {
            predictions.Add(prediction);
            progress.Report(predictions.Count, rows.Rows.Length);
        }

        return predictions;
    }
}
