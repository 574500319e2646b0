using System.Globalization;
using System.Text.RegularExpressions;
using Faithful.Cli.Input;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Models.Trees;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;

namespace Faithful.Cli.Tables;

/// <summary>The command lines that give the number of a cell. Folders outside the project and outside that of the tables are left out.</summary>
/// <param name="request">What was asked for.</param>
internal sealed partial class CellCommands(TablesRequest request)
{
    /// <summary>Gets the commands of a cell that was trained here.</summary>
    /// <param name="cell">The cell, with its run.</param>
    /// <param name="split">The split.</param>
    /// <param name="card">The card of its model.</param>
    /// <returns>Train, export, evaluate; before them the making of the split where the tables made it.</returns>
    public IReadOnlyList<string> OfTrained(TableCell cell, TableSplit split, ModelCard card)
    {
        bool isNetwork = cell.Model != TreeModel.Name;
        string run = Display(cell.RunIn(request.Out)), model = Display(cell.ModelIn(request.Out));
        string options = isNetwork ? OptionsOf(cell, card) : "";
        return
        [
            .. Splitting(split),
            Invariant($"faithful train --task {cell.Task} --model {cell.Model} --preset {cell.Preset} {DataAndSplit(split)} --seed {card.Training.Seed}{options} --out {run}"),
            $"faithful export --run {run} --out {model}{(isNetwork ? " --precision float16" : "")}",
            $"faithful evaluate --model {model} {DataAndSplit(split)} --part test",
        ];
    }

    /// <summary>Gets the command that measures a model that was made before.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="split">The split.</param>
    /// <returns>One command; before it the making of the split where the tables made it.</returns>
    public IReadOnlyList<string> OfGiven(string folder, TableSplit split) =>
        [.. Splitting(split), $"faithful evaluate --model {Display(folder)} {DataAndSplit(split)} --part test"];

    /// <summary>Gets the commands of an ensemble that was made before.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="split">The split.</param>
    /// <returns>Fitting, evaluate; before them the making of the split where the tables made it.</returns>
    public IReadOnlyList<string> OfEnsemble(string folder, EnsembleCard ensemble, TableSplit split)
    {
        string members = string.Join(' ', ensemble.Members.Select(member => $"--model {Display(Path.Combine(folder, member.Folder))}"));
        return
        [
            .. Splitting(split),
            $"faithful ensemble {members} {DataAndSplit(split)} --method {ensemble.Method.ToString().ToLowerInvariant()} --out {Display(folder)}",
            $"faithful evaluate --model {Display(folder)} {DataAndSplit(split)} --part test",
        ];
    }

    /// <summary>Gets the command of a cell that only this program's tables have.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="split">The split.</param>
    /// <returns>One command.</returns>
    public IReadOnlyList<string> OfTables(TableCell cell, TableSplit split)
    {
        string splits = split.IsMade ? $"--splits {split.Name}" : $"--split {Display(split.FilePath)}";
        return [$"faithful tables --data {Display(request.Data)} {splits} --task {cell.Task} --models {cell.Model} --only evaluate --out {Display(request.Out)}"];
    }

    /// <summary>Gets a path as others can read it.</summary>
    /// <param name="path">A path of this machine.</param>
    /// <returns>Relative to the folder of the tables, or to the project, or the last name alone; in quotation marks where it needs them.</returns>
    public string Display(string path)
    {
        string full = Path.GetFullPath(Path.TrimEndingDirectorySeparator(path));
        string tables = Path.GetFullPath(Path.TrimEndingDirectorySeparator(request.Out));
        string shown = Below(Path.GetDirectoryName(tables) ?? tables, tables, full) ?? Below(RepositoryRoot.Find(), RepositoryRoot.Models(), full) ?? Path.GetFileName(full);
        return Plain().IsMatch(shown) ? shown : $"'{shown}'";

        static string? Below(string root, string folder, string path) =>
            path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.GetRelativePath(root, path) : null;
    }

    private string DataAndSplit(TableSplit split) => $"--data {Display(request.Data)} --split {Display(split.FilePath)}";

    private string[] Splitting(TableSplit split) => split.IsMade
        ? [Invariant($"faithful dataset split {Display(request.Data)} --kind {split.Name} --validation {TableSplits.ValidationFraction} --out {Display(split.FilePath)}")]
        : [];

    /// <summary>The epochs that the run was to have: those behind it may be fewer, and the learning rate follows from the former.</summary>
    private string OptionsOf(TableCell cell, ModelCard card)
    {
        string run = cell.RunIn(request.Out);
        TrainingOptions? training = Directory.Exists(run) ? RunFolder.Open(run).ReadDescription().Training : null;
        string precision = training?.Precision switch
        {
            ComputePrecision.TensorFloat32 => " --precision tf32",
            ComputePrecision.BFloat16 => " --precision bfloat16",
            _ => "",
        };
        return Invariant($" --epochs {training?.Epochs ?? card.Training.Epochs}{precision}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^[A-Za-z0-9_./:,=+-]+$")]
    private static partial Regex Plain();
}
