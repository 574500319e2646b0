using Faithful.Cli.Composition;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;

namespace Faithful.Cli.Evaluation;

/// <summary>Measures one model, or an ensemble, on labelled crystals, beside the simplest ways to predict without a model.</summary>
/// <param name="context">Progress and cancellation.</param>
/// <param name="data">The crystals.</param>
internal sealed class Evaluator(CommandContext context, LabelledData data)
{
    private readonly Dictionary<ServedModel, (int[] Places, List<Prediction> Predictions)> _answers = [];

    /// <summary>Chooses the rows on which a predictor is measured.</summary>
    /// <param name="predictor">The model or the ensemble.</param>
    /// <param name="wanted">The part that the user asked for; null for what suits the data.</param>
    /// <param name="split">The split file that the user named, or null.</param>
    /// <returns>At least one row.</returns>
    /// <exception cref="UsageException">The data has no such part, or it is not held back from the model or from a member of the ensemble.</exception>
    public EvaluationRows Choose(CrystalPredictor predictor, DataPart? wanted, string? split)
    {
        EvaluationRows[] choices =
            [.. predictor.Cards.Select(card => EvaluationRows.Choose(data.Rows(card.Task.Name, card.Preparation), card, wanted, split))];
        string[] ids = Ids(choices[0]);
        return choices.Skip(1).All(choice => choice.Part == choices[0].Part && ids.SequenceEqual(Ids(choice)))
            ? choices[0]
            : throw new UsageException($"the members of {predictor.Folder} were trained on different parts of this data; name them by --split, or say --part all");
    }

    /// <summary>Measures a predictor.</summary>
    /// <param name="predictor">The model or the ensemble.</param>
    /// <param name="rows">The rows.</param>
    /// <returns>The result and the predictions.</returns>
    /// <exception cref="LabelException">The data has a class that the model does not know.</exception>
    public EvaluatedModel Evaluate(CrystalPredictor predictor, EvaluationRows rows)
    {
        (ModelCard card, ModelTask target) = (predictor.Cards[0], predictor.Task);
        LearningTask task = data.Rows(target.Name, card.Preparation).Task;
        int[] classes = ClassesOfModel(target, task, rows);
        IReadOnlyList<Prediction> predictions = Predict(predictor, rows);
        LogFallbacks(predictor, predictions);
        bool isClassification = target.Kind == TaskKind.Classification;
        double[] answered = [.. predictions.Select(prediction => isClassification ? IndexOf(target, prediction.Class!) : prediction.Value!.Value)];
        var result = new EvaluationResult
        {
            Task = target.Name,
            Model = predictor.Model,
            Folder = RepositoryRoot.Display(predictor.Folder),
            Members = predictor.Ensemble is EnsembleCard ensemble ? [.. ensemble.Members.Select(member => member.Folder)] : [],
            Method = predictor.Ensemble?.Method.ToString().ToLowerInvariant(),
            Unit = target.Unit,
            Part = rows.Part,
            Count = rows.Rows.Length,
            Fallbacks = predictions.Count(prediction => prediction.IsFallback),
            Quality = isClassification
                ? Measurement.OfProbabilities(
                    classes, [.. predictions.Select(prediction => prediction.Probabilities)], [.. answered.Select(answer => (int)answer)])
                : Regression(rows, answered, HalfWidths(predictions)),
            Baseline = isClassification
                ? Classification(target, classes, [.. classes.Select(_ => Majority(card, target))])
                : Regression(rows, [.. rows.Rows.Select(_ => card.Fallback.Median!.Value)]),
            SpaceGroupTable = isClassification && task.UsesSymmetry && SpaceGroupTable.TryFit(rows.TrainingRows) is SpaceGroupTable table
                ? Classification(target, classes, [.. rows.Rows.Select(row => IndexOf(target, task.Classes[table.Predict(row)]))])
                : null,
            Answers = new EvaluationAnswers
            {
                Task = target,
                Crystals = data.Facts(rows.Rows, card.Preparation),
                Training = data.Facts(rows.TrainingRows, card.Preparation),
                Truth = isClassification ? [.. classes.Select(index => (double)index)] : [.. rows.Rows.Select(row => row.Target.Value)],
                Answered = answered,
                Baseline = isClassification ? Majority(card, target) : card.Fallback.Median!.Value,
                Probabilities = isClassification ? [.. predictions.Select(prediction => prediction.Probabilities)] : [],
            },
        };
        return new EvaluatedModel(predictor.Folder, target, predictor.Ensemble is not null, rows, classes, predictions, result);
    }

    private static string[] Ids(EvaluationRows rows) => [.. rows.Rows.Select(row => row.Labels.Id)];

    private static Measurement Classification(ModelTask target, int[] truth, int[] predicted) =>
        Measurement.OfClasses(truth, predicted, target.Classes.Count);

    private static Measurement Regression(EvaluationRows rows, double[] predicted, double[]? halfWidths = null) =>
        Measurement.OfValues([.. rows.Rows.Select(row => row.Target.Value)], predicted, halfWidths);

    /// <summary>The half-widths where there are any; a fallback has none, and its interval is the value alone.</summary>
    private static double[]? HalfWidths(IReadOnlyList<Prediction> predictions) =>
        predictions.Any(prediction => prediction.HalfWidth is not null) ? [.. predictions.Select(prediction => prediction.HalfWidth ?? 0)] : null;

    /// <summary>The class of each row, as the model counts classes; the data may list them in another order.</summary>
    private static int[] ClassesOfModel(ModelTask target, LearningTask task, EvaluationRows rows)
    {
        bool isModelClassification = target.Kind == TaskKind.Classification, isDataClassification = task.Kind == TargetKind.Classification;
        if (isModelClassification != isDataClassification)
        {
            throw new LabelException(
                task.LabelColumn, isModelClassification ? "classes" : "numbers", isDataClassification ? "classes" : "numbers");
        }

        return isModelClassification ? [.. rows.Rows.Select(Class)] : [];

        int Class(PackedRow row)
        {
            string name = task.Classes[row.Target.ClassIndex];
            int index = IndexOf(target, name);
            return index >= 0
                ? index
                : throw new LabelException(
                    task.LabelColumn, $"one of the model's classes {string.Join(", ", target.Classes)}", $"\"{name}\"", row.Labels.Id, row.Labels.Origin);
        }
    }

    private static int IndexOf(ModelTask target, string name)
    {
        for (int i = 0; i < target.Classes.Count; i++)
        {
            if (target.Classes[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static int Majority(ModelCard card, ModelTask target)
    {
        double[] frequencies = [.. card.Fallback.ClassFrequencies];
        return IndexOf(target, card.Task.Classes[Array.IndexOf(frequencies, frequencies.Max())]);
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

    /// <summary>A model that was asked for the same crystals before, by itself or as a member of an ensemble, is not asked again.</summary>
    private Prediction[] Predict(CrystalPredictor predictor, EvaluationRows rows)
    {
        int[] places = [.. rows.Rows.Select(row => row.Index)];
        Dictionary<ServedModel, List<Prediction>> asked = [];
        foreach (ServedModel model in predictor.Models)
        {
            if (!_answers.TryGetValue(model, out (int[] Places, List<Prediction> Predictions) known) || !known.Places.AsSpan().SequenceEqual(places))
            {
                asked.TryAdd(model, new List<Prediction>(places.Length));
            }
        }

        using var progress = new ProgressLine(context, "evaluating");
        int done = 0;
        foreach (PackedRow[] window in asked.Count > 0 ? rows.Rows.Chunk(CrystalPredictor.StreamWindow) : [])
        {
            PredictionInputs inputs = data.Inputs(window);
            foreach ((ServedModel model, List<Prediction> predictions) in asked)
            {
                predictions.AddRange(model.Predict(inputs.Of(model.Card.Preparation), context.Cancellation));
            }

            progress.Report(done += window.Length, places.Length);
        }

        foreach ((ServedModel model, List<Prediction> predictions) in asked)
        {
            _answers[model] = (places, predictions);
        }

        return [.. Enumerable.Range(0, places.Length).Select(index => predictor.Join([.. predictor.Models.Select(model => _answers[model].Predictions[index])]))];
    }
}
