using System.Globalization;
using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Faithful.Networks.Training;
using Microsoft.ML;
using TorchSharp;

namespace Faithful.Pipelines;

/// <summary>The crystals of data views for a sweep, read once for each preparation.</summary>
internal sealed class ViewSweepData : ISweepData
{
    private readonly IDataView _training;
    private readonly IDataView? _validation;
    private readonly CrystalTrainingOptions _columns;
    private readonly CrystalSweepOptions _options;
    private readonly TaskKind _kind;
    private readonly Dictionary<PreparationOptions, CrystalTrainingData> _read = [];

    /// <summary>Reads the views for the first model.</summary>
    /// <param name="training">The data to learn from.</param>
    /// <param name="validation">The data that trials are compared on; null to take a share of the others.</param>
    /// <param name="columns">The columns and the task.</param>
    /// <param name="options">The sweep.</param>
    public ViewSweepData(IDataView training, IDataView? validation, CrystalTrainingOptions columns, CrystalSweepOptions options)
    {
        (_training, _validation, _columns, _options) = (training, validation, columns, options);
        _kind = TrainingLabels.KindOf(training.Schema, columns.LabelColumnName);
        SweptModel first = options.Starts.FirstOrDefault(start => start.Model == options.Models[0])
            ?? SweptModel.Find(options.Models[0], options.Preset, columns.TaskName, columns.MayUseSymmetry);
        CrystalTrainingData data = Read(first.Trees is CrystalTreesOptions trees
            ? PreparationOptions.OfDescriptors(DescriptorSet.Find(trees.Descriptors))
            : first.Network!.Preparation(columns.MayUseSymmetry));
        Task = data.Task;
        TrainingSummary summary = data.Summarize(options.Seed);
        Digest = string.Create(CultureInfo.InvariantCulture, $"{summary.DataSha256} {data.Training.Count} {data.Validation.Count} {columns.SplitSeed}");
    }

    /// <inheritdoc/>
    public ModelTask Task { get; }

    /// <inheritdoc/>
    public string Digest { get; }

    /// <inheritdoc/>
    public SweepParts<DescribedCrystals> Describe(DescriptorSet descriptors, CancellationToken cancellation)
    {
        CrystalTrainingData data = Read(PreparationOptions.OfDescriptors(descriptors));
        return new SweepParts<DescribedCrystals>(
            data.Described(descriptors, data.Training), data.Described(descriptors, data.Validation), data.Targets, data.Summarize(_options.Seed));
    }

    /// <inheritdoc/>
    public SweepParts<ResidentDataset> Load(PreparationOptions preparation, CancellationToken cancellation)
    {
        CrystalTrainingData data = Read(preparation);
        torch.Device device = CrystalNetworkOptions.FindDevice(_options.Device);
        return new SweepParts<ResidentDataset>(
            data.Resident(data.Training, device), data.Resident(data.Validation, device), data.Targets, data.Summarize(_options.Seed));
    }

    /// <inheritdoc/>
    public void Dispose() => _read.Clear();

    private CrystalTrainingData Read(PreparationOptions preparation)
    {
        if (!_read.TryGetValue(preparation, out CrystalTrainingData? data))
        {
            data = CrystalTrainingData.Read(_kind, _columns, preparation, _training, _validation);
            _read.Add(preparation, data);
        }

        return data;
    }
}
