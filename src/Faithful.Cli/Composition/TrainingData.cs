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

    /// <summary>
    /// Twice as far apart, nearest atoms are at the distance of third or fourth neighbours; four times, they are free. What is drawn from
    /// this range teaches a network all that lies beyond its smallest factor, since only the density tells the crystals apart.
    /// </summary>
    private const double SmallestExpansion = 2, LargestExpansion = 4;

    private readonly PackedSource _packed;
    private SoftLabels? _soft;
    private readonly LabelledSource _request;
    private readonly SplitFile? _file;
    private readonly ReplacedLabels? _replaced;
    private readonly int _seed;

    private TrainingData(
        PackedSource packed, LabelledSource request, PackedRows rows, DataSplit split, SplitFile? file, ReplacedLabels? replaced, int seed)
    {
        (_packed, _request, _file, _replaced, _seed) = (packed, request, file, replaced, seed);
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
            ReplacedLabels? replaced = request.ReplacedLabels is null ? null : ReplacedLabels.Read(request.ReplacedLabels);
            rows = replaced is null ? rows : rows.Replace(replaced);
            DataSplit split = request.HoldsNothingBack ? DataSplit.Whole(rows.Rows.Length)
                : file is null ? rows.Split(new SplitOptions { Seed = seed }) : rows.Split(file, request.Split!);
            CheckParts(rows, split);
            return new TrainingData(packed, request, rows, split, file, replaced, seed);
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
                Task.Name, $"answers in {path} for crystals of {_request.Data} that have no label and are not held back", $"none, of {Rows.Unlabelled.Length} crystals without a label");
        }
    }

    /// <summary>Gets the crystals that are learned expanded, with the class of the atomic limit; none by default.</summary>
    public ImmutableArray<ExpandedRow> Expanded { get; private set; } = [];

    /// <summary>Gets the class of the expanded crystals, from 0; −1 where there are none.</summary>
    public int AtomicLimitClass => Expanded.IsEmpty ? -1 : Rows.Task.Classes.IndexOf(Rows.Task.AtomicLimit!);

    /// <summary>
    /// Adds crystals of the training part, those with answers of other models among them, with all distances multiplied. Factors are drawn
    /// evenly in their logarithm; validation and test part stay as they are.
    /// </summary>
    /// <param name="share">How many, as a share of what is learned otherwise.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <exception cref="UsageException">The task does not say which class crystals have whose atoms are far apart.</exception>
    public void AddAtomicLimit(double share, int seed)
    {
        if (Rows.Task.AtomicLimit is null)
        {
            throw new UsageException($"the task {Task.Name} has no class for the atomic limit: expected one with \"atomic_limit\" in its table of tasks (--tasks), such as tqc");
        }

        (int Index, string Id)[] learned =
        [
            .. Split.Training.Select(row => Rows.Rows[row]).Where(row => Rows.Data.FallbackReason(row.Index) is null).Select(row => (row.Index, row.Labels.Id)),
            .. Distilled.Select(distilled => (distilled.Row.Index, distilled.Row.Labels.Id)),
        ];
        var random = new Random(seed);
        double wanted = share * learned.Length;
        var rows = ImmutableArray.CreateBuilder<ExpandedRow>();
        while (rows.Count < wanted && learned.Length > 0)
        {
            // Every crystal once before any is taken again.
            random.Shuffle(learned);
            foreach ((int index, string id) in learned.Take((int)Math.Ceiling(wanted) - rows.Count))
            {
                double factor = SmallestExpansion * Math.Pow(LargestExpansion / SmallestExpansion, random.NextDouble());
                rows.Add(new ExpandedRow(index, id, factor));
            }
        }

        Expanded = rows.ToImmutable();
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
            Data = Path.GetFileName(Path.TrimEndingDirectorySeparator(_request.Data)),
            DataSha256 = Rows.ContentSha256,
            Crystals = Split.Training.Length,
            Epochs = 0,
            BestEpoch = 0,
            Seed = _seed,
            TestFraction = _request.HoldsNothingBack ? 0 : _file is null ? new SplitOptions().TestFraction : Share(Split.Test),
            ValidationFraction = _request.HoldsNothingBack ? 0 : _file is null ? new SplitOptions().ValidationFraction : Share(Split.Validation),
            SplitSha256 = _file?.Digest,
            SplitKind = _file?.Options is SplitOptions made ? SplitKinds.NameOf(made.Kind) : null,
            Elements = [.. Split.Training.SelectMany(row => Rows.Data.Composition(Rows.Rows[row].Index)).Select(element => element.AtomicNumber).Distinct().Order()],
            SmallestVolumePerAtom = Math.Round(volumes.Min(), 4),
            LargestVolumePerAtom = Math.Round(volumes.Max(), 4),
            SoftLabels = _soft is null
                ? null
                : new SoftLabelSummary { Source = Path.GetFileName(_soft.Path), Sha256 = _soft.Sha256, Crystals = Distilled.Length },
            AtomicLimit = Expanded.IsEmpty
                ? null
                : new AtomicLimitSummary
                {
                    Crystals = Expanded.Length,
                    Class = Rows.Task.AtomicLimit!,
                    SmallestFactor = SmallestExpansion,
                    LargestFactor = LargestExpansion,
                },
            ReplacedLabels = _replaced is null
                ? null
                : new ReplacedLabelSummary { Source = Path.GetFileName(_replaced.Path), Sha256 = _replaced.Sha256, Crystals = _replaced.Count },
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
