using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Cli.Expansion;

/// <summary>Models on crystals that are expanded step by step.</summary>
/// <param name="context">The command, for progress and cancellation.</param>
/// <param name="predictors">The models.</param>
/// <param name="tasks">The tasks, which say what the atomic limit is.</param>
/// <param name="factors">The factors, ascending from 1.</param>
internal sealed class ExpansionSession(
    CommandContext context, IReadOnlyList<CrystalPredictor> predictors, LearningTaskTable tasks, IReadOnlyList<double> factors)
{
    /// <summary>Follows one crystal.</summary>
    /// <param name="record">The crystal.</param>
    /// <returns>One result a model.</returns>
    public IReadOnlyList<CrystalExpansion> Follow(CrystalRecord record)
    {
        var inputs = new ExpandedInputs([(record.Id, record.Crystal)], context.Cancellation);
        PredictionInputs[] expanded = [.. factors.Select(inputs.At)];
        return
        [
            .. predictors.Select(predictor => new CrystalExpansion(
                Path.GetFileName(Path.TrimEndingDirectorySeparator(predictor.Folder)),
                predictor.Model,
                predictor.Task,
                Task(predictor)?.AtomicLimit,
                [.. expanded.Select(input => predictor.Predict(input, context.Cancellation)[0])])),
        ];
    }

    /// <summary>Measures a set.</summary>
    /// <param name="records">The crystals.</param>
    /// <returns>One result for each model whose task has an atomic limit.</returns>
    /// <exception cref="UsageException">No task has one.</exception>
    /// <exception cref="LabelException">A crystal has a label that its task does not know.</exception>
    public IReadOnlyList<ModelExpansion> Measure(IReadOnlyList<CrystalRecord> records)
    {
        (CrystalPredictor Predictor, LearningTask Task, ModelExpansion Result)[] models =
        [
            .. predictors.Select(predictor => (Predictor: predictor, Task: Task(predictor)))
                .Where(model => model.Task?.AtomicLimit is not null)
                .Select(model => (model.Predictor, model.Task!, new ModelExpansion(model.Predictor, Class(model.Predictor.Task, model.Task!.AtomicLimit!), factors))),
        ];
        foreach (CrystalPredictor without in predictors.Except(models.Select(model => model.Predictor)))
        {
            context.Log($"{without.Folder}: left out, the task {without.Task.Name} has no class for the atomic limit");
        }

        if (models.Length == 0)
        {
            throw new UsageException("expected a model for a task with an atomic limit, such as tqc or tqc-basic, found none");
        }

        using var progress = new ProgressLine(context, "expanding");
        int done = 0;
        foreach (CrystalRecord[] window in records.Chunk(CrystalPredictor.StreamWindow))
        {
            var inputs = new ExpandedInputs([.. window.Select(record => (record.Id, record.Crystal))], context.Cancellation);
            IReadOnlyList<Prediction>[][] answers = [.. models.Select(_ => new IReadOnlyList<Prediction>[factors.Count])];
            for (int step = 0; step < factors.Count; step++)
            {
                PredictionInputs expanded = inputs.At(factors[step]);
                for (int model = 0; model < models.Length; model++)
                {
                    answers[model][step] = models[model].Predictor.Predict(expanded, context.Cancellation);
                }
            }

            foreach (((CrystalPredictor predictor, LearningTask task, ModelExpansion result), IReadOnlyList<Prediction>[] ofModel) in models.Zip(answers))
            {
                for (int row = 0; row < window.Length; row++)
                {
                    Prediction[] ofCrystal = [.. ofModel.Select(step => step[row])];
                    int[]? classes = ofCrystal.Any(prediction => prediction.IsFallback) ? null : [.. ofCrystal.Select(prediction => Class(predictor.Task, prediction.Class!))];
                    result.Add(classes, Label(window[row], task, predictor.Task));
                }
            }

            done += window.Length;
            progress.Report(done, records.Count);
        }

        return [.. models.Select(model => model.Result)];
    }

    private static int? Label(CrystalRecord record, LearningTask task, ModelTask ofModel) =>
        task.TryGetTarget(record, out Target target) ? Class(ofModel, task.Classes[target.ClassIndex]) : null;

    private static int Class(ModelTask task, string name) => task.Classes.Index().FirstOrDefault(known => known.Item == name, (Index: -1, Item: "")).Index;

    private LearningTask? Task(CrystalPredictor predictor) => tasks.TryFind(predictor.Task.Name, out LearningTask? task) ? task : null;
}
