using System.Collections.Immutable;
using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Models.Packing;

namespace Faithful.Cli.Composition;

/// <summary>The crystals of a packed source that have a label for one task, in the order of the source. Holds no crystal in memory.</summary>
internal sealed class PackedRows
{
    /// <summary>The name of the column that holds the space group, 1..230.</summary>
    public const string SpaceGroupColumn = "space_group";

    private PackedRows(
        PackedDataset data, LearningTask task, ImmutableArray<PackedRow> rows, ImmutableArray<UnlabelledRow> others, LabelJoinReport? labels, string digest)
    {
        Data = data;
        Task = task;
        Rows = rows;
        Unlabelled = others;
        LabelReport = labels;
        ContentSha256 = digest;
    }

    /// <summary>Gets the packed data set.</summary>
    public PackedDataset Data { get; }

    /// <summary>Gets the task.</summary>
    public LearningTask Task { get; }

    /// <summary>Gets the crystals that have a target.</summary>
    public ImmutableArray<PackedRow> Rows { get; }

    /// <summary>Gets the crystals that have none.</summary>
    public ImmutableArray<UnlabelledRow> Unlabelled { get; }

    /// <summary>Gets how the labels of a file fitted; null where there are none.</summary>
    public LabelJoinReport? LabelReport { get; }

    /// <summary>Gets the SHA-256 of the source, and of the file of labels that the user named.</summary>
    public string ContentSha256 { get; }

    /// <summary>Takes the rows of a task.</summary>
    /// <param name="data">The packed data set.</param>
    /// <param name="taskOrColumn">The name of a task or of a label column.</param>
    /// <param name="options">Labels and tasks of files; null for none.</param>
    /// <returns>At least one row. Crystals whose own labels differ from those of the file are left out.</returns>
    /// <exception cref="LabelException">The name is no task and no column that can make one, no crystal has a label, or one has a wrong label.</exception>
    /// <exception cref="CrystalFormatException">The labels of the file fit no crystal.</exception>
    public static PackedRows Create(PackedDataset data, string taskOrColumn, PackedRowsOptions? options = null)
    {
        options ??= new PackedRowsOptions();
        LabelJoin? join = options.Labels is LabelTable table ? new LabelJoin(table) : null;
        List<(int Index, LabelRow Row)> labels = Join(data, join);
        LabelJoinReport? report = join?.Report();
        report?.RequireMatch();
        LearningTask task = options.Tasks.Resolve(taskOrColumn, labels.Select(label => label.Row));
        var rows = ImmutableArray.CreateBuilder<PackedRow>(labels.Count);
        var others = ImmutableArray.CreateBuilder<UnlabelledRow>();
        foreach ((int index, LabelRow row) in labels)
        {
            if (task.TryGetTarget(row.Id, row.Labels, row.Origin, out Target target))
            {
                rows.Add(new PackedRow(index, row, target));
            }
            else
            {
                others.Add(new UnlabelledRow(index, row));
            }
        }

        if (rows.Count == 0)
        {
            throw LabelException.NoLabel(
                task.LabelColumn, labels.Count, labels.SelectMany(label => label.Row.Labels.Keys).Distinct().Order(StringComparer.Ordinal));
        }

        string digest = data.Key.SourceSha256;
        return new PackedRows(
            data,
            task,
            rows.ToImmutable(),
            others.ToImmutable(),
            report,
            options is { Labels: LabelTable named, IsNamed: true } ? ContentDigest.WithLabels(digest, named.Source) : digest);
    }

    /// <summary>Puts other labels in the place of some.</summary>
    /// <param name="labels">The labels.</param>
    /// <returns>The rows with them; the data set, its digest and the crystals without a target stay the same.</returns>
    /// <exception cref="LabelException">The labels do not fit the rows.</exception>
    public PackedRows Replace(ReplacedLabels labels) => new(Data, Task, [.. labels.Apply(Rows, Task)], Unlabelled, LabelReport, ContentSha256);

    /// <summary>Deals the rows out to training, validation and test.</summary>
    /// <param name="options">The options.</param>
    /// <returns>Indices of rows.</returns>
    public DataSplit Split(SplitOptions options) => DataSplit.Create(Keys(options.Kind), options);

    /// <summary>Deals the rows out as a file says, and checks that no group of its kind crosses.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path, for errors.</param>
    /// <returns>Indices of rows.</returns>
    /// <exception cref="SplitException">A row has no part, the file has an id that the data does not have, or a group crosses.</exception>
    public DataSplit Split(SplitFile file, string path)
    {
        DataSplit split = file.Apply([.. Rows.Select(row => row.Labels.Id)], Unlabelled.Select(row => row.Labels.Id));

        // A prototype without a label of its space group would need spglib; 'dataset split' checked it when it wrote the file.
        if (file.Options is SplitOptions { Kind: SplitKind kind }
            && (kind != SplitKind.Prototype || Rows.All(row => row.Labels.Labels.ContainsKey(SpaceGroupColumn)))
            && split.CrossingGroups(Keys(kind)) is [string group, ..])
        {
            throw new SplitException(path, $"no group of the kind {SplitKinds.NameOf(kind)} in two parts", group);
        }

        return split;
    }

    /// <summary>Finds the crystals without a target that may be trained on with the answers of other models: none is like one that is held back.</summary>
    /// <param name="split">The parts of the rows.</param>
    /// <param name="file">The file that they are from; null when they follow from a seed.</param>
    /// <returns>Those that the file has in its training part; without a file, those of no group of the validation or test part.</returns>
    public IEnumerable<UnlabelledRow> UnlabelledTraining(DataSplit split, SplitFile? file)
    {
        if (file is not null)
        {
            HashSet<string> training = [.. file.Training];
            return Unlabelled.Where(row => training.Contains(row.Labels.Id));
        }

        SplitKind kind = new SplitOptions().Kind;
        string[] keys = Keys(kind);
        HashSet<string> heldBack = [.. split.Validation.Concat(split.Test).Select(row => keys[row])];
        return Unlabelled.Where(row => !heldBack.Contains(Key(kind, row.Index, row.Labels)));
    }

    /// <summary>Joins the labels of a file; crystals whose own labels differ are left out.</summary>
    private static List<(int Index, LabelRow Row)> Join(PackedDataset data, LabelJoin? join)
    {
        var rows = new List<(int Index, LabelRow Row)>(data.Count);
        for (int index = 0; index < data.Count; index++)
        {
            IReadOnlyDictionary<string, string>? labels = data.Labels(index);
            if (join is null || join.TryApply(data.Id(index), labels, data.Origin(index), out labels, out _))
            {
                rows.Add((index, new LabelRow(data.Id(index), labels, data.Origin(index))));
            }
        }

        return rows;
    }

    private string[] Keys(SplitKind kind) => [.. Rows.Select(row => Key(kind, row.Index, row.Labels))];

    private string Key(SplitKind kind, int index, LabelRow row) =>
        SplitKeys.Of(kind, row.Id, Data.Composition(index), row.Labels.GetValueOrDefault(SpaceGroupColumn));
}
