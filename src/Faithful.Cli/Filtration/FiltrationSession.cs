using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Datasets;
using Faithful.Networks;

namespace Faithful.Cli.Filtration;

/// <summary>One filtration: its data, its plan and its folder. Everything that is random in it follows from the seed.</summary>
internal sealed class FiltrationSession : IDisposable
{
    /// <summary>The share of the crystals of a fold's training that chooses the epoch.</summary>
    private const double ValidationFraction = 0.05;

    private FiltrationSession(FiltrationRequest request, FiltrationPlan plan, LabelledData data, PackedRows rows)
    {
        (Request, Plan, Data, Rows) = (request, plan, data, rows);
        Folder = new FiltrationFolder(request.Out);
    }

    /// <summary>Gets what the command asks for.</summary>
    public FiltrationRequest Request { get; }

    /// <summary>Gets the plan.</summary>
    public FiltrationPlan Plan { get; }

    /// <summary>Gets the folder.</summary>
    public FiltrationFolder Folder { get; }

    /// <summary>Gets the crystals, packed once for each preparation.</summary>
    public LabelledData Data { get; }

    /// <summary>Gets the crystals with the labels of the catalogue.</summary>
    public PackedRows Rows { get; }

    /// <summary>Reads the data, and writes plan, folds and planted labels, or takes those of the folder.</summary>
    /// <param name="context">The command, for log and progress.</param>
    /// <param name="request">What is asked for.</param>
    /// <returns>The session; dispose of it.</returns>
    /// <exception cref="UsageException">The folder has another plan, or the task has no classes.</exception>
    /// <exception cref="LabelException">The data has no labels for the task.</exception>
    /// <exception cref="SplitException">There are too few groups for the folds.</exception>
    public static FiltrationSession Open(CommandContext context, FiltrationRequest request)
    {
        var data = new LabelledData(context, request.Data);
        try
        {
            PackedRows rows = data.Rows(request.Task, NetworkPresets.Find(request.Models[0], request.Preset).Preparation(request.TaskUsesSymmetry));
            if (rows.Task.Kind != TargetKind.Classification)
            {
                throw new UsageException($"--task: expected a classification, whose labels are right or wrong; found the regression {rows.Task.Name}");
            }

            if (request.Planted > rows.Rows.Length / 2)
            {
                throw new UsageException($"--planted: expected at most half of the {rows.Rows.Length} crystals with a label, found {request.Planted}");
            }

            var plan = new FiltrationPlan
            {
                Task = rows.Task.ToModelTask(),
                Data = Path.GetFileName(Path.TrimEndingDirectorySeparator(request.Data)),
                DataSha256 = rows.ContentSha256,
                Crystals = rows.Rows.Length,
                Preset = request.Preset,
                Folds = request.Folds,
                Accuracy = request.Folds == 0 ? request.Accuracy : 0,
                Planted = request.Planted,
                Seed = request.Seed,
            };
            var session = new FiltrationSession(request, plan, data, rows);
            session.Begin();
            return session;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Gets the rows that a network of a part predicts: those held back from it, or all where nothing is.</summary>
    /// <param name="part">The part.</param>
    /// <returns>Places in the rows, ascending.</returns>
    public IReadOnlyList<int> Predicted(string part) => Plan.Folds == 0
        ? [.. Enumerable.Range(0, Rows.Rows.Length)]
        : Rows.Split(SplitFile.Read(Folder.FoldPath(part)), Folder.FoldPath(part)).Test;

    /// <inheritdoc/>
    public void Dispose() => Data.Dispose();

    private void Begin()
    {
        // Folds are dealt out before the plan is written, so that a plan never stands for folds that cannot be.
        SplitOptions[] folds = [.. Plan.Folds == 0 ? [] : Enumerable.Range(1, Plan.Folds).Select(fold => new SplitOptions
        {
            Seed = Plan.Seed,
            ValidationFraction = ValidationFraction,
            Folds = Plan.Folds,
            Fold = fold,
        })];
        (string Part, SplitOptions Options, DataSplit Split)[] splits = [.. Plan.Parts.Zip(folds, (part, options) => (part, options, Rows.Split(options)))];
        Folder.Begin(Plan);
        string[] ids = [.. Rows.Rows.Select(row => row.Labels.Id)];
        foreach ((string part, SplitOptions options, DataSplit split) in splits.Where(fold => !File.Exists(Folder.FoldPath(fold.Part))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Folder.FoldPath(part))!);
            SplitFile.Create(split, ids, options, Request.Data, Rows.ContentSha256).Write(Folder.FoldPath(part));
        }

        if (Plan.Planted > 0 && !File.Exists(Folder.PlantedPath))
        {
            int[] targets = [.. Rows.Rows.Select(row => row.Target.ClassIndex)];
            PlantedLabels.Write(
                Folder.PlantedPath, PlantedLabels.Draw(targets, Rows.Task.Classes.Length, Plan.Planted, Plan.Seed), Rows.Rows, Rows.Task);
        }
    }
}
