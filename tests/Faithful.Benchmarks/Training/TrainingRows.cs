using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Models.Packing;
using Faithful.Networks.Training;
using TorchSharp;

namespace Faithful.Benchmarks.Training;

/// <summary>The labelled crystals of a source as a network takes them: packed, in the folder of caches that the program uses too.</summary>
internal sealed class TrainingRows : IDisposable
{
    private const int CrystalsToLookAt = 100; // for a label that a task reads

    private readonly PackedDataset _data;
    private readonly int[] _rows;
    private readonly double[] _targets;

    private TrainingRows(PackedDataset data, ModelTask task, int[] rows, double[] targets)
    {
        _data = data;
        Task = task;
        _rows = rows;
        _targets = targets;
    }

    /// <summary>Gets the task.</summary>
    public ModelTask Task { get; }

    /// <summary>Gets the number of crystals that have a label and fit the network.</summary>
    public int Count => _rows.Length;

    /// <summary>Finds the task to train on.</summary>
    /// <param name="source">The crystals.</param>
    /// <param name="name">A task or a label column; null for the first task that one of the first crystals has a label for.</param>
    /// <returns>The task.</returns>
    /// <exception cref="InvalidOperationException">No task reads a label of the crystals.</exception>
    public static LearningTask FindTask(string source, string? name)
    {
        LabelRow[] rows = [.. BenchmarkData.Read(source).Take(CrystalsToLookAt).Select(record => new LabelRow(record.Id, record.Labels, source))];
        return name is not null
            ? LearningTaskTable.Standard.Resolve(name, rows)
            : LearningTaskTable.Standard.Tasks
                .OrderByDescending(task => task.UsesSymmetry) // with all that a network can be given
                .FirstOrDefault(task => rows.Any(row => row.Labels.ContainsKey(task.LabelColumn)))
                ?? throw new InvalidOperationException($"{source}: expected crystals with a label that a task reads, found none among the first {rows.Length}");
    }

    /// <summary>Opens the packed form of a source, which is made where there is none.</summary>
    /// <param name="source">The crystals.</param>
    /// <param name="task">The task.</param>
    /// <param name="preparation">How the network wants them.</param>
    /// <returns>At least two crystals.</returns>
    /// <exception cref="InvalidOperationException">Fewer than two crystals have a label and fit the network.</exception>
    public static TrainingRows Open(string source, LearningTask task, PreparationOptions preparation)
    {
        PackedDataset data = OpenPacked(source, preparation);
        List<int> rows = [];
        List<double> targets = [];
        for (int index = 0; index < data.Count; index++)
        {
            if (data.FallbackReason(index) is null && task.TryGetTarget(data.Id(index), data.Labels(index), data.Origin(index), out Target target))
            {
                rows.Add(index);
                targets.Add(task.Kind == TargetKind.Classification ? target.ClassIndex : target.Value);
            }
        }

        if (rows.Count < 2)
        {
            throw new InvalidOperationException($"{source}: expected crystals with a label for {task}, found {rows.Count} that the network can take");
        }

        var model = new ModelTask
        {
            Name = task.Name,
            Kind = task.Kind == TargetKind.Classification ? TaskKind.Classification : TaskKind.Regression,
            Classes = task.Classes,
            Unit = task.Unit,
            UsesSymmetry = task.UsesSymmetry,
        };
        return new TrainingRows(data, model, [.. rows], [.. targets]);
    }

    /// <summary>Opens the packed form of a source, labelled or not, which is made where there is none.</summary>
    /// <param name="source">The crystals.</param>
    /// <param name="preparation">How a model wants them.</param>
    /// <returns>The crystals; dispose of them.</returns>
    public static PackedDataset OpenPacked(string source, PreparationOptions preparation)
    {
        PackedDatasetKey key = PackedDatasetKey.Create(ContentDigest.OfPath(source), preparation);
        string path = Path.Combine(CacheFolder(), key.FileName());
        if (PackedDataset.TryOpen(path, key, source, out PackedDataset? data, out _, preparation))
        {
            return data;
        }

        Directory.CreateDirectory(CacheFolder());
        PackedDatasetBuilder.Build(path, key, CrystalSource.Read(source), new PackedDatasetBuildOptions { Source = source });
        return PackedDataset.Open(path, source, preparation);
    }

    /// <summary>Brings some crystals, evenly spread over all, to a device.</summary>
    /// <param name="count">How many, at most <see cref="Count"/>.</param>
    /// <param name="device">The device.</param>
    /// <returns>The crystals; dispose of them.</returns>
    public ResidentDataset Spread(int count, torch.Device device)
    {
        int[] chosen = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * _rows.Length / count))];
        return new ResidentDataset(
            _data.Join([.. chosen.Select(row => _rows[row])]), [.. chosen.Select(row => _targets[row])], Task.Kind, device);
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    private static string CacheFolder() => Environment.GetEnvironmentVariable("FAITHFUL_CACHE") is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(BenchmarkData.Root, "artifacts", "cache");
}
