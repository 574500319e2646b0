using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Faithful.Crystals;
using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Networks.Training;
using Microsoft.ML;
using TorchSharp;

namespace Faithful.Pipelines;

/// <summary>The crystals and labels of data views as a trainer takes them: read, prepared, and divided into two parts.</summary>
internal sealed class CrystalTrainingData
{
    /// <summary>The rows that are read and prepared at once.</summary>
    public const int Window = 1024;

    private readonly CrystalTrainingOptions _options;
    private readonly string _digest;

    private CrystalTrainingData(
        CrystalTrainingOptions options, ModelTask task, IReadOnlyList<TrainingCrystal> training, IReadOnlyList<TrainingCrystal> validation, string digest)
    {
        (_options, Task, Training, Validation, _digest) = (options, task, training, validation, digest);
        Fallback = FallbackPrediction.Of(task, [.. training.Select(crystal => crystal.Target)]);
    }

    /// <summary>Gets the task.</summary>
    public ModelTask Task { get; }

    /// <summary>Gets the crystals to learn from.</summary>
    public IReadOnlyList<TrainingCrystal> Training { get; }

    /// <summary>Gets the crystals that choose the epoch or the number of trees.</summary>
    public IReadOnlyList<TrainingCrystal> Validation { get; }

    /// <summary>Gets the class number or the value of each crystal to learn from.</summary>
    public IReadOnlyList<double> Targets => [.. Training.Select(crystal => crystal.Target)];

    /// <summary>Gets what stands for a crystal that the model cannot take.</summary>
    public FallbackPrediction Fallback { get; }

    /// <summary>Reads data.</summary>
    /// <param name="kind">What is trained.</param>
    /// <param name="options">The options, valid.</param>
    /// <param name="preparation">How crystals are prepared.</param>
    /// <param name="training">The data to learn from.</param>
    /// <param name="validation">The data that choose; null to take a share of the others.</param>
    /// <returns>The data.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="LabelException">There are too few labels, too few classes, or other classes in the second data.</exception>
    /// <exception cref="CrystalFormatException">A structure cannot be read, and that is to end the training.</exception>
    public static CrystalTrainingData Read(
        TaskKind kind, CrystalTrainingOptions options, PreparationOptions preparation, IDataView training, IDataView? validation)
    {
        ArgumentNullException.ThrowIfNull(training);
        var labels = new TrainingLabels(options.LabelColumnName, kind);
        var task = new ModelTask
        {
            Name = options.TaskName,
            Kind = kind,
            Classes = labels.Classes(labels.Find(training.Schema)),
            Unit = kind == TaskKind.Regression ? options.TaskUnit : null,
            UsesSymmetry = options.MayUseSymmetry,
        };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IReadOnlyList<TrainingCrystal> rows = Rows(training, labels, options, preparation, hash);
        string digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        (IReadOnlyList<TrainingCrystal> first, IReadOnlyList<TrainingCrystal> second) = validation is null
            ? Split(rows, options)
            : (rows, Rows(Checked(validation, labels, task), labels, options, preparation, hash));
        CheckParts(task, options, first, second);
        return new CrystalTrainingData(options, task, first, second, digest);
    }

    /// <summary>Divides a part into crystals that the model can take, and the targets of the others.</summary>
    /// <param name="part">The part.</param>
    /// <returns>At least one crystal that it can take, and those that count with the fallback.</returns>
    /// <exception cref="ArgumentException">It can take none.</exception>
    public (TrainingCrystal[] Usable, FallbackCrystals Fallbacks) ByUse(IReadOnlyList<TrainingCrystal> part)
    {
        ILookup<bool, TrainingCrystal> byUse = part.ToLookup(crystal => crystal.Prepared.FallbackReason is null);
        return byUse[true].Any()
            ? ([.. byUse[true]], new FallbackCrystals([.. byUse[false].Select(crystal => crystal.Target)], Fallback.Target()))
            : throw new ArgumentException($"Expected at least one crystal that the model can take, found none: {part[0].Prepared.FallbackReason}.");
    }

    /// <summary>Gets the descriptors of a part.</summary>
    /// <param name="descriptors">What the crystals were prepared with.</param>
    /// <param name="part">The part.</param>
    /// <returns>The crystals that have descriptors; the others count with the fallback.</returns>
    /// <exception cref="ArgumentException">None has any.</exception>
    public DescribedCrystals Described(DescriptorSet descriptors, IReadOnlyList<TrainingCrystal> part)
    {
        (TrainingCrystal[] usable, FallbackCrystals fallbacks) = ByUse(part);
        return new DescribedCrystals(
            descriptors, [.. usable.Select(crystal => crystal.Prepared.Descriptors)], [.. usable.Select(crystal => crystal.Target)])
        {
            Fallbacks = fallbacks,
        };
    }

    /// <summary>Moves a part to a device.</summary>
    /// <param name="part">The part.</param>
    /// <param name="device">The device.</param>
    /// <returns>The crystals that the network can take; the others count with the fallback.</returns>
    /// <exception cref="ArgumentException">It can take none.</exception>
    public ResidentDataset Resident(IReadOnlyList<TrainingCrystal> part, torch.Device device)
    {
        (TrainingCrystal[] usable, FallbackCrystals fallbacks) = ByUse(part);
        return new ResidentDataset(
            [.. usable.Select(crystal => crystal.Prepared)], [.. usable.Select(crystal => crystal.Target)], Task.Kind, device)
        {
            Ids = [.. usable.Select(crystal => crystal.Id)],
            Fallbacks = fallbacks,
        };
    }

    /// <summary>Says what a model was trained on.</summary>
    /// <param name="seed">The seed of the training.</param>
    /// <returns>The summary; epochs are filled in at the end.</returns>
    public TrainingSummary Summarize(int seed) => new()
    {
        Data = "data view",
        DataSha256 = _digest,
        Crystals = Training.Count,
        Epochs = 0,
        BestEpoch = 0,
        Seed = seed,
        TestFraction = 0,
        ValidationFraction = Math.Round((double)Validation.Count / (Training.Count + Validation.Count), 6),
        Elements = [.. Training.SelectMany(crystal => crystal.Elements).Select(number => (int)number).Distinct().Order()],
        SmallestVolumePerAtom = Math.Round(Training.Min(crystal => crystal.VolumePerAtom), 4),
        LargestVolumePerAtom = Math.Round(Training.Max(crystal => crystal.VolumePerAtom), 4),
    };

    private static IDataView Checked(IDataView validation, TrainingLabels labels, ModelTask task)
    {
        IReadOnlyList<string> classes = labels.Classes(labels.Find(validation.Schema));
        return classes.SequenceEqual(task.Classes)
            ? validation
            : throw new LabelException(
                task.Name, $"the same classes in the validation data ({string.Join(", ", task.Classes)}): map both by one transformer", string.Join(", ", classes));
    }

    private static (IReadOnlyList<TrainingCrystal> Training, IReadOnlyList<TrainingCrystal> Validation) Split(
        IReadOnlyList<TrainingCrystal> rows, CrystalTrainingOptions options)
    {
        DataSplit split = DataSplit.Create(
            [.. rows.Select(row => row.Group)],
            new SplitOptions { TestFraction = 0, ValidationFraction = options.ValidationFraction, Seed = options.SplitSeed });
        return ([.. split.Training.Select(row => rows[row])], [.. split.Validation.Select(row => rows[row])]);
    }

    private static void CheckParts(
        ModelTask task, CrystalTrainingOptions options, IReadOnlyList<TrainingCrystal> training, IReadOnlyList<TrainingCrystal> validation)
    {
        if (training.Count == 0 || validation.Count == 0)
        {
            throw new LabelException(
                options.LabelColumnName, "enough labels for a training and a validation part", $"{training.Count} and {validation.Count} crystals with a label");
        }

        if (task.Kind == TaskKind.Classification && training.Select(crystal => crystal.Target).Distinct().Count() < 2)
        {
            throw new LabelException(options.LabelColumnName, "at least two classes to tell apart", "one in the training part");
        }
    }

    private static List<TrainingCrystal> Rows(
        IDataView data, TrainingLabels labels, CrystalTrainingOptions options, PreparationOptions preparation, IncrementalHash hash)
    {
        var inputs = new CrystalInputColumns(options.StructureColumnName, options.IdColumnName);
        (int structure, int id) = inputs.Find(data.Schema);
        DataViewSchema.Column label = labels.Find(data.Schema);
        var reading = new StructureReading(options.OnBadStructure);
        List<TrainingCrystal> crystals = [];
        List<(CrystalRow Row, double Target)> window = [];
        int unlabelled = 0;
        using DataViewRowCursor cursor = data.GetRowCursor(
            data.Schema.Where(column => column.Index == structure || column.Index == id || column.Index == label.Index));
        Func<CrystalRow> read = inputs.Reader(cursor);
        Func<double?> target = labels.Reader(cursor, label);
        while (cursor.MoveNext())
        {
            if (target() is not double value)
            {
                unlabelled++;
                continue;
            }

            CrystalRow row = read();
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row.Structure}\n{value}\n")));
            window.Add((row, value));
            if (window.Count == Window)
            {
                crystals.AddRange(Prepare(window, reading, preparation));
                window.Clear();
            }
        }

        crystals.AddRange(Prepare(window, reading, preparation));
        options.Log?.Report(string.Create(
            CultureInfo.InvariantCulture, $"read {crystals.Count} crystals; left out {unlabelled} without a label and {reading.Bad} that cannot be read"));
        return crystals;
    }

    private static IEnumerable<TrainingCrystal> Prepare(
        List<(CrystalRow Row, double Target)> window, StructureReading reading, PreparationOptions preparation)
    {
        CrystalReadResult[] results = reading.Read([.. window.Select(entry => entry.Row)]);
        var crystals = new TrainingCrystal?[results.Length];
        StructureReading.InParallel(results.Length, index =>
        {
            if (results[index].Record is CrystalRecord record)
            {
                Crystal crystal = record.Crystal;
                string id = window[index].Row.Id;
                crystals[index] = new TrainingCrystal(
                    id,
                    CrystalPreparation.Prepare(crystal, preparation),
                    window[index].Target,
                    SplitKeys.Of(SplitKind.Group, id, crystal.Species, spaceGroup: null),
                    crystal.Lattice.Volume / crystal.Count,
                    [.. crystal.Species.Select(element => (byte)element.AtomicNumber).Distinct()]);
            }
        });
        return crystals.OfType<TrainingCrystal>();
    }
}
