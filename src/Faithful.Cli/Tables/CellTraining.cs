using System.Globalization;
using Faithful.Cli.Commands;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Networks;
using Faithful.Networks.Training;
using Faithful.Pipelines;

namespace Faithful.Cli.Tables;

/// <summary>Trains and exports the model of a cell; what an earlier command has done of it is not done again.</summary>
/// <param name="context">The command.</param>
/// <param name="request">What was asked for.</param>
internal sealed class CellTraining(CommandContext context, TablesRequest request)
{
    /// <summary>Trains, or goes on with a training that was cut off, and exports.</summary>
    /// <param name="cell">The cell; this process has its lock.</param>
    /// <param name="split">The split.</param>
    /// <exception cref="OperationCanceledException">The command was told to end; the same command goes on.</exception>
    /// <exception cref="UsageException">What is there was made with other options than those asked for.</exception>
    public void Run(TableCell cell, TableSplit split)
    {
        string model = cell.ModelIn(request.Out);
        if (File.Exists(Path.Combine(model, ModelCard.FileName)))
        {
            CheckAsAsked(cell, ModelCard.Read(model).Training);
            return;
        }

        context.Log($"{cell.Name}: training");
        string run = cell.RunIn(request.Out);
        if (cell.Model == TreeModel.Name)
        {
            GrowTrees(cell, split, run);
        }
        else
        {
            TrainNetwork(cell, split, run);
        }

        ExportCommand.Write(run, model, cell.Model == TreeModel.Name ? WeightFormat.Float32 : WeightFormat.Float16);
    }

    private void GrowTrees(TableCell cell, TableSplit split, string run)
    {
        if (TreeRunFolder.IsOne(run))
        {
            return; // a run of trees is written when it is finished
        }

        var trees = new TreeTrainingRequest
        {
            Task = cell.Task,
            Preset = cell.Preset!,
            Trees = _ => new CrystalTreesOptions(),
            Data = request.Data,
            Labels = request.Labels,
            Tasks = request.TaskTable,
            Split = split.FilePath,
            Out = run,
            UsesCache = request.UsesCache,
        };
        TreeSession.Run(context, trees with
        {
            Trees = kind => TreePresets.Find(cell.Preset!, cell.Task, trees.TaskUsesSymmetry, kind) with { Seed = request.Seed ?? 0 },
        });
    }

    private void TrainNetwork(TableCell cell, TableSplit split, string run)
    {
        bool isBegun = File.Exists(Path.Combine(run, "options.json"));
        RunDescription? begun = isBegun ? RunFolder.Open(run).ReadDescription() : null;
        TrainingOptions preset = begun?.Training ?? NetworkPresets.Training(cell.Model, cell.Preset!, cell.Task);
        TrainingOptions wanted = preset with
        {
            Epochs = request.Epochs ?? preset.Epochs,
            Seed = request.Seed ?? preset.Seed,
            Precision = request.Precision ?? preset.Precision,
        };
        if (begun is not null && wanted != begun.Training)
        {
            throw Otherwise(cell, Described(begun.Training), Described(wanted));
        }

        (TrainingResult result, _, _) = TrainingSession.Run(context, new TrainingRequest
        {
            Task = cell.Task,
            Model = cell.Model,
            Preset = cell.Preset!,
            Network = begun?.Network ?? NetworkPresets.Find(cell.Model, cell.Preset!, cell.Task),
            Data = request.Data,
            Labels = request.Labels,
            Tasks = request.TaskTable,
            Split = split.FilePath,
            Out = run,
            Device = request.Device,
            UsesCache = request.UsesCache,
            Training = wanted,
            Resume = isBegun,
        });
        if (result.Cancelled)
        {
            throw new OperationCanceledException(context.Cancellation);
        }
    }

    /// <summary>A finished cell has to be what the command line asks for; options that it does not name may be any.</summary>
    private void CheckAsAsked(TableCell cell, TrainingSummary training)
    {
        if (request.Seed is int seed && seed != training.Seed)
        {
            throw Otherwise(cell, Invariant($"seed {training.Seed}"), Invariant($"seed {seed}"));
        }

        if (cell.Model != TreeModel.Name && request.Epochs is int epochs && epochs != training.Epochs)
        {
            throw Otherwise(cell, Invariant($"{training.Epochs} epochs"), Invariant($"{epochs} epochs"));
        }
    }

    private UsageException Otherwise(TableCell cell, string found, string wanted) => new(
        $"{cell.FolderIn(request.Out)}: expected {wanted}, found what was trained with {found}; name another folder, or take this one away");

    private static string Described(TrainingOptions options) => Invariant($"{options.Epochs} epochs, seed {options.Seed}, {options.Precision}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
