using System.Collections.Immutable;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Models.Packing;

namespace Faithful.Cli.Composition;

/// <summary>The labelled crystals of a training, prepared and dealt out to its parts. Dispose of it.</summary>
internal sealed class TrainingData : IDisposable
{
    private const string MaterialsProjectAttribution =
        "Structures and labels derive from the Materials Project (A. Jain et al., APL Materials 1, 011002 (2013), " +
        "DOI 10.1063/1.4812323), CC BY 4.0.";

    private readonly PackedSource _packed;
    private SoftLabels? _soft;
    private readonly string _source;
    private readonly SplitFile? _file;
    private readonly int _seed;

    private TrainingData(PackedSource packed, string source, PackedRows rows, DataSplit split, SplitFile? file, int seed)
    {
        (_packed, _source, _file, _seed) = (packed, source, file, seed);
        (Rows, Split, Task) = (rows, split, rows.Task.ToModelTask());
    }

    /// <summary>Gets the crystals that have a label.</summary>
    public PackedRows Rows { get; }

    /// <summary>Gets the parts, as places in the rows.</summary>
    public DataSplit Split { get; }

    /// <summary>Gets the task as models see it.</summary>
    public ModelTask Task { get; }

    /// <summary>Reads, prepares and splits.</summary>
    /// <param name="context">The command, for log, progress and cancellation.</param>
    /// <param name="request">What to learn from.</param>
    /// <param name="preparation">How crystals are prepared.</param>
    /// <param name="seed">The seed of the split where there is no file for it.</param>
    /// <returns>The data: a training part with two classes or more, and a validation part.</returns>
    /// <exception cref="LabelException">There are too few labels, or too few classes.</exception>
    public static TrainingData Open(CommandContext context, LabelledSource request, PreparationOptions preparation, int seed)
    {
        PackedRowsOptions options = PackedRowsOptions.Read(request.Data, request.Labels, request.Tasks);
        SplitFile? file = request.Split is null ? null : SplitFile.Read(request.Split);
        PackedSource packed = new PackedCache(context).Open(
            request.Data, preparation, new PackedSourceOptions { Keep = request.UsesCache, NeededColumn = options.NeededColumn(request.Task) });
        try
        {
            PackedRows rows = Load(context, request, packed.Data, options);
            DataSplit split = file is null ? rows.Split(new SplitOptions { Seed = seed }) : rows.Split(file, request.Split!);
            CheckParts(rows, split);
            return new TrainingData(packed, request.Data, rows, split, file, seed);
        }
        catch
        {
            packed.Dispose();
            throw;
        }
    }

    /// <summary>Gets the crystals without a label that are learned with the answers of other models; none by default.</summary>
    public ImmutableArray<(UnlabelledRow Row, float[] Probabilities)> Distilled { get; private set; } = [];

    /// <summary>Adds answers of other models for crystals without a label; none of them is like one of the validation or test part.</summary>
    /// <param name="path">The file of <see cref="SoftLabels"/>.</param>
    /// <exception cref="LabelException">The file does not fit the task, or has no crystal that could be learned.</exception>
    public void AddSoftLabels(string path)
    {
        _soft = SoftLabels.Read(path, Task);
        var found = ImmutableArray.CreateBuilder<(UnlabelledRow, float[])>();
        foreach (UnlabelledRow row in Rows.UnlabelledTraining(Split, _file).Where(row => Rows.Data.FallbackReason(row.Index) is null))
        {
            if (_soft.Find(row.Labels.Id) is float[] probabilities)
            {
                found.Add((row, probabilities));
            }
        }

        Distilled = found.ToImmutable();
        if (Distilled.IsEmpty)
        {
            throw new LabelException(
                Task.Name, $"answers in {path} for crystals of {_source} that have no label and are not held back", $"none, of {Rows.Unlabelled.Length} crystals without a label");
        }
    }

    /// <summary>Gets the targets of a part.</summary>
    /// <param name="part">Places in the rows.</param>
    /// <returns>The class number or the value of each.</returns>
    public double[] Targets(IEnumerable<int> part) => [.. part.Select(row => Rows.Task.Number(Rows.Rows[row].Target))];

    /// <summary>Divides a part into crystals that the model can take, and others.</summary>
    /// <param name="part">Places in the rows.</param>
    /// <param name="name">The name of the part, for the error.</param>
    /// <param name="model">What cannot take a crystal, for the error.</param>
    /// <returns>At least one crystal that it can take, and those that count with the fallback.</returns>
    /// <exception cref="UsageException">It can take none.</exception>
    public (PackedRow[] Usable, PackedRow[] Fallbacks) ByUse(ImmutableArray<int> part, string name, string model)
    {
        ILookup<bool, PackedRow> byUse = part.Select(row => Rows.Rows[row]).ToLookup(row => Rows.Data.FallbackReason(row.Index) is null);
        return byUse[true].Any()
            ? ([.. byUse[true]], [.. byUse[false]])
            : throw new UsageException(
                $"expected at least one {name} crystal that the {model} can take, found none: {Rows.Data.FallbackReason(Rows.Rows[part[0]].Index)}");
    }

    /// <summary>Says what a model was trained on.</summary>
    /// <returns>The summary; epochs are filled in at the end of the run.</returns>
    public TrainingSummary Summarize()
    {
        double[] volumes = [.. Split.Training.Select(row => Rows.Data.VolumePerAtom(Rows.Rows[row].Index))];
        return new TrainingSummary
        {
            Data = Path.GetFileName(Path.TrimEndingDirectorySeparator(_source)),
            DataSha256 = Rows.ContentSha256,
            Crystals = Split.Training.Length,
            Epochs = 0,
            BestEpoch = 0,
            Seed = _seed,
            TestFraction = _file is null ? new SplitOptions().TestFraction : Share(Split.Test),
            ValidationFraction = _file is null ? new SplitOptions().ValidationFraction : Share(Split.Validation),
            SplitSha256 = _file?.Digest,
            SplitKind = _file?.Options is SplitOptions made ? SplitKinds.NameOf(made.Kind) : null,
            Elements = [.. Split.Training.SelectMany(row => Rows.Data.Composition(Rows.Rows[row].Index)).Select(element => element.AtomicNumber).Distinct().Order()],
            SmallestVolumePerAtom = Math.Round(volumes.Min(), 4),
            LargestVolumePerAtom = Math.Round(volumes.Max(), 4),
            SoftLabels = _soft is null
                ? null
                : new SoftLabelSummary { Source = Path.GetFileName(_soft.Path), Sha256 = _soft.Sha256, Crystals = Distilled.Length },
            Attribution = Rows.Rows[0].Labels.Id.StartsWith("mp-", StringComparison.Ordinal) ? MaterialsProjectAttribution : "",
        };

        double Share(ImmutableArray<int> part) => Math.Round((double)part.Length / Rows.Rows.Length, 6);
    }

    /// <inheritdoc/>
    public void Dispose() => _packed.Dispose();

    private static PackedRows Load(CommandContext context, LabelledSource request, PackedDataset packed, PackedRowsOptions options)
    {
        PackedRows data = PackedRows.Create(packed, request.Task, options);
        int without = packed.Count - data.Rows.Length - (data.LabelReport?.Conflicts.Length ?? 0);
        context.Log($"read {request.Data}: {data.Rows.Length} crystals with a label for {data.Task.Name}{(without > 0 ? $", {without} more have no label" : "")}");
        foreach (RejectedEntry rejected in packed.Rejected.Take(5))
        {
            context.LogError(rejected.ToString());
        }

        if (packed.RejectedCount > 0)
        {
            context.Log($"{packed.RejectedCount} crystals could not be used and are left out");
        }

        if (data.LabelReport is LabelJoinReport report)
        {
            context.Log($"labels of {report}");
            foreach (CrystalFormatException conflict in report.Conflicts.Take(5))
            {
                context.LogError(conflict.Message);
            }
        }

        return data;
    }

    private static void CheckParts(PackedRows data, DataSplit split)
    {
        if (split.Training.IsEmpty || split.Validation.IsEmpty)
        {
            throw new LabelException(
                data.Task.LabelColumn, "enough labels for a training and a validation part", $"{data.Rows.Length} crystals with a label");
        }

        if (data.Task.Kind == TargetKind.Classification && split.Training.Select(row => data.Rows[row].Target.ClassIndex).Distinct().Count() < 2)
        {
            throw new LabelException(data.Task.LabelColumn, "at least two classes to tell apart", "one in the training part");
        }
    }
}
