using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Models.Ensembles;

namespace Faithful.Cli.Tables;

/// <summary>
/// Trains and measures the cells of the tables, one after the other. Each cell is a folder of its own whose result is written last, so that
/// the work goes on where it was cut off, and several processes can share it.
/// </summary>
/// <param name="context">The command.</param>
/// <param name="request">What was asked for.</param>
internal sealed class TablesSession(CommandContext context, TablesRequest request)
{
    private int _faults;

    /// <summary>Does the work.</summary>
    /// <returns>The number of cells and model folders that failed; the rest was done.</returns>
    /// <exception cref="UsageException">What is asked for does not fit together, or does not fit what the folder has.</exception>
    public int Run()
    {
        IReadOnlyList<TableSplit> splits = TableSplits.Open(context, request);
        GivenModels given = GivenModels.Read(context, request, splits);
        _faults = given.Faults;
        string digest = DigestOfData();
        foreach (TableSplit split in splits)
        {
            foreach (string task in request.Tasks)
            {
                RunTask(split, task, given, digest);
            }
        }

        return _faults;
    }

    private void RunTask(TableSplit split, string name, GivenModels given, string digest)
    {
        LearningTask task = request.TaskTable.Find(name);
        using var data = new LabelledData(context, request.Data);
        var training = new CellTraining(context, request);
        var measurement = new CellMeasurement(context, request, data, digest, split);
        foreach (TableRow row in request.Rows.Where(row => row.Obstacle(task) is null))
        {
            var cell = new TableCell(split.Name, name, row.Model, row.Preset);
            try
            {
                context.Cancellation.ThrowIfCancellationRequested();
                RunCell(cell, split, given.Find(cell), training, measurement);
            }
            catch (LabelException fault)
            {
                // It would be said again for every other cell of the task.
                _faults++;
                context.LogError($"{split.Name}/{name}: {fault.Message}");
                return;
            }
            catch (Exception fault) when (FaultReport.Describe(fault) is (ExitCodes.Failed, string message))
            {
                _faults++;
                context.LogError($"{cell.Name}: {message}");
            }
        }
    }

    private void RunCell(TableCell cell, TableSplit split, string? given, CellTraining training, CellMeasurement measurement)
    {
        bool trains = cell.Preset is not null && given is null && request.Stage != TablesStage.Evaluate;
        if (request.Stage == TablesStage.Train && !trains)
        {
            return;
        }

        string folder = cell.FolderIn(request.Out);
        using CellLock? held = CellLock.TryTake(folder);
        if (held is null)
        {
            context.Log($"{cell.Name}: another process works on it, so this one passes it over");
            return;
        }

        bool isMeasured = File.Exists(Path.Combine(folder, CellResult.FileName));
        string model = cell.ModelIn(request.Out);
        if (trains && (Directory.Exists(model) || !isMeasured))
        {
            training.Run(cell, split); // a cell that was measured and has no model is that of a folder given before
        }

        if (request.Stage == TablesStage.Train)
        {
            return;
        }

        if (given is not null)
        {
            measurement.MeasureModel(cell, given, isTrainedHere: false);
        }
        else if (cell.Model == EnsembleCard.ModelName)
        {
            measurement.MeasureMean(cell);
        }
        else if (cell.Preset is null)
        {
            measurement.MeasureSimple(cell);
        }
        else if (File.Exists(Path.Combine(model, ModelCard.FileName)))
        {
            measurement.MeasureModel(cell, model, isTrainedHere: true);
        }
    }

    private string DigestOfData()
    {
        string digest = new DigestNotes(Path.Combine(PackedCache.Folder, "digests")).OfPath(request.Data, afresh: false);
        return request.Labels is string labels ? ContentDigest.WithLabels(digest, labels) : digest;
    }
}
