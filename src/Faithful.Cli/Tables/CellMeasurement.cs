using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Faithful.Cli.Composition;
using Faithful.Cli.Evaluation;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Models.Trees;
using Faithful.Networks;
using Faithful.Serving;

namespace Faithful.Cli.Tables;

/// <summary>Measures the cells of one task on one split. What was measured before with the same data, split and model is not measured again.</summary>
/// <param name="context">The command.</param>
/// <param name="request">What was asked for.</param>
/// <param name="data">The crystals.</param>
/// <param name="digest">The SHA-256 of the data.</param>
/// <param name="split">The split.</param>
internal sealed class CellMeasurement(CommandContext context, TablesRequest request, LabelledData data, string digest, TableSplit split)
{
    /// <summary>The number of single models in a plain mean.</summary>
    public const int MeanOf = 3;

    private readonly CellCommands _commands = new(request);

    /// <summary>Measures a model or an ensemble.</summary>
    /// <param name="cell">The cell; this process has its lock.</param>
    /// <param name="folder">The folder of the model.</param>
    /// <param name="isTrainedHere">Whether the cell has the run of the model.</param>
    public void MeasureModel(TableCell cell, string folder, bool isTrainedHere)
    {
        string card = GivenModels.DigestOf(folder);
        if (IsDone(cell, result => result.CardSha256 == card))
        {
            return;
        }

        context.Log($"{cell.Name}: measuring {RepositoryRoot.Display(folder)}");
        using CrystalPredictor predictor = CrystalPredictor.Open(folder, new ServingOptions { Device = request.ServingDevice });
        var evaluator = new Evaluator(context, data);
        EvaluatedModel model = evaluator.Evaluate(predictor, evaluator.Choose(predictor, DataPart.Test, split.FilePath));
        if (predictor.Ensemble is null)
        {
            CellPredictions.Write(cell.FolderIn(request.Out), model);
        }

        Write(cell, model.Result.Quality, model.Result.Count, model.Result.Fallbacks, model.Result.Unit, result => result with
        {
            CardSha256 = card,
            ModelSha256 = predictor.Ensemble is null ? predictor.Card.ModelSha256 : null,
            Validation = predictor.Ensemble is null ? Validation(predictor.Card) : null,
            Members = [.. model.Result.Members.Select(member => _commands.Display(Path.Combine(folder, member)))],
            Notes = [.. Notes(predictor)],
            Commands = predictor.Ensemble is EnsembleCard ensemble ? _commands.OfEnsemble(folder, ensemble, split)
                : isTrainedHere ? _commands.OfTrained(cell, split, predictor.Card)
                : _commands.OfGiven(folder, split),
        });
    }

    /// <summary>Measures a way to predict without a model: the baseline, the look-up table or the symmetry finder.</summary>
    /// <param name="cell">The cell.</param>
    public void MeasureSimple(TableCell cell)
    {
        if (IsDone(cell, _ => true))
        {
            return;
        }

        (LearningTask task, EvaluationRows rows) = Rows(cell.Task);
        int?[]? symmetry = cell.Model == TableRow.Symmetry ? SymmetryAnswers.Find(context, request.Data, task, rows.Rows) : null;
        double baseline = Fallback(task, rows);
        SpaceGroupMedians? medians = null;
        SpaceGroupTable? table = null;
        if (cell.Model == TableRow.LookUp)
        {
            (medians, table) = task.Kind == TargetKind.Regression
                ? (SpaceGroupMedians.TryFit(rows.TrainingRows), null)
                : ((SpaceGroupMedians?)null, SpaceGroupTable.TryFit(rows.TrainingRows));
            if (medians is null && table is null)
            {
                throw new LabelException("space_group", "the label of a crystal to train on", "none");
            }
        }

        double[] answers = [.. rows.Rows.Select((row, index) => symmetry?[index] ?? medians?.Predict(row) ?? table?.Predict(row) ?? baseline)];
        Measurement quality = task.Kind == TargetKind.Regression
            ? Measurement.OfValues([.. rows.Rows.Select(row => row.Target.Value)], answers)
            : Measurement.OfClasses([.. rows.Rows.Select(row => row.Target.ClassIndex)], [.. answers.Select(answer => (int)answer)], task.Classes.Length);
        int fallbacks = symmetry?.Count(answer => answer is null) ?? 0;
        Write(cell, quality, rows.Rows.Length, fallbacks, UnitOf(task), result => result with { Commands = _commands.OfTables(cell, split) });
    }

    /// <summary>Measures the plain mean of the single models that are best on the validation part, where no ensemble was given.</summary>
    /// <param name="cell">The cell of the ensemble.</param>
    public void MeasureMean(TableCell cell)
    {
        CellResult? known = CellResult.TryRead(cell.FolderIn(request.Out));
        if (known is { IsPlainMean: false })
        {
            IsDone(cell, _ => true); // an ensemble that an earlier command was given
            return;
        }

        (TableCell Cell, CellResult Result)[] members = [.. Members(cell)];
        if (members.Length < 2)
        {
            context.Log($"{cell.Name}: not measured, a plain mean needs two measured models of the preset best and finds {members.Length}");
            return;
        }

        string card = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', members.Select(member => member.Result.CardSha256)))));
        if (IsDone(cell, result => result.CardSha256 == card))
        {
            return;
        }

        (LearningTask task, EvaluationRows rows) = Rows(cell.Task);
        EvaluatedModel[] models = [.. members.Select(member => Known(member.Cell, member.Result, task, rows))];
        var ensemble = new Ensemble(models[0]);
        foreach (EvaluatedModel model in models[1..])
        {
            ensemble.Add(model);
        }

        EvaluationResult mean = ensemble.Measure();
        Write(cell, mean.Quality, mean.Count, mean.Fallbacks, mean.Unit, result => result with
        {
            CardSha256 = card,
            IsPlainMean = true,
            Members = [.. members.Select(member => member.Cell.Name)],
            Notes = [$"plain mean of {string.Join(", ", members.Select(member => member.Cell.Model))}, best on the validation part"],
            Commands = _commands.OfTables(cell, split),
        });
    }

    private IEnumerable<(TableCell Cell, CellResult Result)> Members(TableCell cell)
    {
        List<(TableCell Cell, CellResult Result)> found = [];
        foreach (TableRow row in TableRow.All.Where(row => row.Preset == TableRow.Best))
        {
            var member = new TableCell(cell.Split, cell.Task, row.Model, row.Preset);
            if (CellResult.TryRead(member.FolderIn(request.Out)) is { Validation: not null } result && IsCurrent(result))
            {
                found.Add((member, result));
            }
        }

        // Of equals the first row, so that the choice depends on nothing else.
        return found.OrderByDescending(member => member.Result.Unit is null ? member.Result.Validation : -member.Result.Validation).Take(MeanOf);
    }

    /// <summary>A model that was measured before, with the answers that it gave.</summary>
    private EvaluatedModel Known(TableCell cell, CellResult result, LearningTask task, EvaluationRows rows)
    {
        (ModelTask known, IReadOnlyList<Prediction> predictions) = CellPredictions.Read(cell.FolderIn(request.Out), task.ToModelTask(), rows);
        int[] classes = task.Kind == TargetKind.Regression
            ? []
            : [.. rows.Rows.Select(row => known.Classes.Index().First(name => name.Item == task.Classes[row.Target.ClassIndex]).Index)];
        return new EvaluatedModel(cell.Name, known, IsEnsemble: false, rows, classes, predictions, new EvaluationResult
        {
            Task = cell.Task,
            Model = cell.Model,
            Unit = result.Unit,
            Part = DataPart.Test,
            Count = result.Count,
            Fallbacks = result.Fallbacks,
            Quality = result.Quality,
            Baseline = result.Quality, // the tables have a row of its own for the baseline
        });
    }

    /// <summary>The rows of the task, whatever the model: in the preparation of the network that needs least.</summary>
    private (LearningTask Task, EvaluationRows Rows) Rows(string name)
    {
        bool usesSymmetry = request.TaskTable.Find(name).UsesSymmetry;
        PackedRows rows = data.Rows(name, NetworkPresets.Find("nnn", TableRow.Best, name).Preparation(usesSymmetry));
        DataSplit parts = rows.Split(SplitFile.Read(split.FilePath), split.FilePath);
        return parts.Test.IsEmpty || parts.Training.IsEmpty
            ? throw new LabelException(rows.Task.LabelColumn, $"crystals with a label in the training and the test part of {split.FilePath}", "none")
            : (rows.Task, new EvaluationRows(DataPart.Test, [.. parts.Test.Select(row => rows.Rows[row])], [.. parts.Training.Select(row => rows.Rows[row])]));
    }

    private static double Fallback(LearningTask task, EvaluationRows rows) =>
        FallbackPrediction.Of(task.ToModelTask(), [.. rows.TrainingRows.Select(row => task.Number(row.Target))]).Target();

    private static string? UnitOf(LearningTask task) => task.Kind == TargetKind.Regression ? task.Unit ?? "" : null;

    private static double? Validation(ModelCard card) => card.Metrics.TryGetValue("validation", out IReadOnlyDictionary<string, double>? metrics)
        && metrics.TryGetValue(card.Task.Kind == TaskKind.Classification ? "accuracy" : "mae", out double value) ? value : null;

    /// <summary>What sets a number apart from those of other trainings.</summary>
    private static IEnumerable<string> Notes(CrystalPredictor predictor)
    {
        if (predictor.Ensemble is EnsembleCard ensemble)
        {
            yield return $"{ensemble.Method.ToString().ToLowerInvariant()} of {string.Join(", ", predictor.Cards.Select(card => card.Model))}";
        }
        else
        {
            TrainingSummary training = predictor.Card.Training;
            string unit = predictor.Model == TreeModel.Name ? "trees an output" : "epochs";
            yield return string.Create(CultureInfo.InvariantCulture, $"{training.Epochs} {unit}, the best {training.BestEpoch}, seed {training.Seed}");
        }

        if (predictor.Cards.SelectMany(card => card.Training.Pretraining ?? []).Select(step => step.Task).Distinct().ToArray() is [_, ..] before)
        {
            yield return $"began with what was learned of {string.Join(", ", before)}";
        }

        if (predictor.Cards.Any(card => card.Training.SoftLabels is not null))
        {
            yield return "learned crystals without a label from answers of other models";
        }

        if (predictor.Cards.Any(card => card.Training.AtomicLimit is not null))
        {
            yield return "learned expanded crystals of the atomic limit";
        }

        if (predictor.Cards.Any(card => card.Training.ReplacedLabels is not null))
        {
            yield return "learned other labels than those of the data";
        }
    }

    private bool IsDone(TableCell cell, Func<CellResult, bool> isSameModel)
    {
        if (CellResult.TryRead(cell.FolderIn(request.Out)) is not CellResult result)
        {
            return false;
        }

        return IsCurrent(result)
            ? isSameModel(result)
            : throw new UsageException(
                $"{cell.FolderIn(request.Out)}: expected a cell of {request.Data} and {split.FilePath}, found one of {result.Data} or a split " +
                "with other contents; name another folder");
    }

    private bool IsCurrent(CellResult result) => result.DataSha256 == digest && result.SplitSha256 == split.Sha256;

    private void Write(TableCell cell, Measurement quality, int count, int fallbacks, string? unit, Func<CellResult, CellResult> complete) =>
        complete(new CellResult
        {
            Split = split.Name,
            SplitSha256 = split.Sha256,
            Task = cell.Task,
            Model = cell.Model,
            Preset = cell.Preset,
            Data = Path.GetFileName(Path.TrimEndingDirectorySeparator(request.Data)),
            DataSha256 = digest,
            Count = count,
            Fallbacks = fallbacks,
            Unit = unit,
            Metrics = CellResult.MetricsOf(quality),
            Intervals = CellResult.IntervalsOf(quality),
            Commands = [],
        }).Write(cell.FolderIn(request.Out));
}
