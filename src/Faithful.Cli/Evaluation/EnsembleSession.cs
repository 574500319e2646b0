using Faithful.Cli.Composition;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;

namespace Faithful.Cli.Evaluation;

/// <summary>Fits an ensemble of opened models on crystals that none of them was trained on.</summary>
/// <param name="context">The command, for progress and cancellation.</param>
/// <param name="data">The crystals.</param>
/// <param name="split">The split file that the user named, or null.</param>
internal sealed class EnsembleSession(CommandContext context, LabelledData data, string? split)
{
    /// <summary>Fits an ensemble.</summary>
    /// <param name="predictors">The models, opened with the calibrations of their cards.</param>
    /// <param name="method">How their answers are joined.</param>
    /// <param name="folder">The folder of the ensemble; not written yet.</param>
    /// <param name="coverage">The share of true values that a half-width shall hold.</param>
    /// <returns>The ensemble, the quality of each member, and that of the ensemble, on the crystals that it was fitted on.</returns>
    /// <exception cref="UsageException">The models are no ensemble, or no part of the data is held back from them.</exception>
    public (EnsembleCard Ensemble, IReadOnlyList<Measurement> Members, Measurement Quality) Fit(
        IReadOnlyList<CrystalPredictor> predictors, EnsembleMethod method, string folder, double coverage)
    {
        var evaluator = new Evaluator(context, data);
        EvaluatedModel[] models = [.. predictors.Select(predictor => evaluator.Evaluate(predictor, evaluator.Choose(predictor, DataPart.Validation, split)))];
        Check(models);
        ModelTask task = models[0].Task;
        EnsembleCard plain = Plain(predictors, models, folder, coverage);
        double[] targets = [.. models[0].Rows.Rows.Select((row, index) => task.Kind == TaskKind.Classification ? models[0].Classes[index] : row.Target.Value)];

        var members = new EnsembleAnswers(plain, [.. predictors.Select(predictor => predictor.Card)]);
        Prediction[][] predictions = [.. targets.Select((_, row) => models.Select(model => model.Predictions[row]).ToArray())];
        int[] rows = [.. predictions.Index().Where(pair => pair.Item.Any(prediction => !prediction.IsFallback)).Select(pair => pair.Index)];
        if (rows.Length == 0)
        {
            throw new UsageException("no crystal of the validation part can be used: each takes the fallback of every model");
        }

        double[][][] answers = [.. rows.Select(row => EnsembleRule.Fill(members.Answers(predictions[row])))];
        double[] truth = [.. rows.Select(row => targets[row])];
        EnsembleSolution solution = EnsembleFitting.Fit(task, method, answers, truth);
        EnsembleCard fitted = plain with { Method = method, Weights = solution.Weights, Biases = solution.Biases };
        var rule = new EnsembleRule(task.Kind, method, solution.Weights, solution.Biases);
        fitted = fitted with { Calibration = Calibrate(task, [.. answers.Select(answer => rule.Join(answer))], truth, coverage) };
        Measurement quality = Measure(fitted, predictors, predictions, rows, truth);
        fitted = fitted with
        {
            Fit = plain.Fit with
            {
                Crystals = rows.Length,
                Regularization = solution.Regularization,
                Metrics = quality.Metrics.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 6)),
            },
        };
        return (fitted, [.. models.Select(model => model.Result.Quality)], quality);
    }

    private static void Check(EvaluatedModel[] models)
    {
        string[] ids = Ids(models[0]);
        foreach (EvaluatedModel model in models)
        {
            string? difference = EnsembleFolder.Difference(models[0].Task, model.Task)
                ?? (ids.SequenceEqual(Ids(model)) ? null : "holds back other crystals");
            if (difference is not null)
            {
                throw new UsageException($"{RepositoryRoot.Display(model.Folder)} {difference} than {RepositoryRoot.Display(models[0].Folder)}");
            }
        }

        static string[] Ids(EvaluatedModel model) => [.. model.Rows.Rows.Select(row => row.Labels.Id)];
    }

    /// <summary>The plain mean, with a calibration for every member whose card has none.</summary>
    private EnsembleCard Plain(IReadOnlyList<CrystalPredictor> predictors, EvaluatedModel[] models, string folder, double coverage)
    {
        (ModelTask task, TrainingSummary training) = (models[0].Task, predictors[0].Card.Training);
        bool calibrates = task.Kind == TaskKind.Classification;
        return new EnsembleCard
        {
            Task = task,
            Method = EnsembleMethod.Mean,
            Members =
            [
                .. predictors.Zip(models, (predictor, model) => EnsembleFolder.Member(folder, predictor.Folder) with
                {
                    Calibration = calibrates && predictor.Card.Calibration is null ? CalibrationFit.Of(model, coverage) : null,
                }),
            ],
            Weights = EnsembleRule.EqualWeights(models.Length),
            Fit = new EnsembleFit
            {
                Data = training.Data,
                DataSha256 = data.Rows(task.Name, predictors[0].Card.Preparation).ContentSha256,
                SplitSha256 = training.SplitSha256,
                Part = EvaluationRows.Name(models[0].Rows.Part),
                Crystals = models[0].Rows.Rows.Length,
            },
        };
    }

    private static ModelCalibration Calibrate(ModelTask task, double[][] joined, double[] truth, double coverage)
    {
        string part = EvaluationRows.Name(DataPart.Validation);
        return task.Kind == TaskKind.Classification
            ? CalibrationFit.OfProbabilities(joined, [.. truth.Select(target => (int)target)], part)
            : CalibrationFit.OfErrors([.. joined.Zip(truth, (value, target) => value[0] - target)], coverage, part);
    }

    private static Measurement Measure(EnsembleCard ensemble, IReadOnlyList<CrystalPredictor> predictors, Prediction[][] predictions, int[] rows, double[] truth)
    {
        var answers = new EnsembleAnswers(ensemble, [.. predictors.Select(predictor => predictor.Card)]);
        Prediction[] joined = [.. rows.Select(row => answers.Join(predictions[row]))];
        string[] classes = [.. ensemble.Task.Classes];
        return ensemble.Task.Kind == TaskKind.Classification
            ? Measurement.OfProbabilities(
                [.. truth.Select(target => (int)target)], [.. joined.Select(prediction => prediction.Probabilities)], [.. joined.Select(prediction => Array.IndexOf(classes, prediction.Class))])
            : Measurement.OfValues(truth, [.. joined.Select(prediction => prediction.Value!.Value)], [.. joined.Select(prediction => prediction.HalfWidth ?? 0)]);
    }
}
