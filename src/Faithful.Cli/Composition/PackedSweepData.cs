using Faithful.Cli.Output;
using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Faithful.Networks.Training;
using Faithful.Pipelines;
using TorchSharp;

namespace Faithful.Cli.Composition;

/// <summary>The crystals of a source for a sweep, packed once for each preparation.</summary>
internal sealed class PackedSweepData : ISweepData
{
    private readonly CommandContext _context;
    private readonly SweepRequest _request;
    private readonly Dictionary<PreparationOptions, TrainingData> _opened = [];

    /// <summary>Reads, prepares and splits.</summary>
    /// <param name="context">The command, for log, progress and cancellation.</param>
    /// <param name="request">What to learn from.</param>
    /// <param name="first">The model that is tried first.</param>
    public PackedSweepData(CommandContext context, SweepRequest request, SweptModel first)
    {
        (_context, _request) = (context, request);
        TrainingData data = Open(first.Trees is CrystalTreesOptions trees
            ? PreparationOptions.OfDescriptors(DescriptorSet.Find(trees.Descriptors))
            : first.Network!.Preparation(request.TaskUsesSymmetry));
        Task = data.Task;
        Digest = data.Summarize() is { SplitSha256: string split } summary ? $"{summary.DataSha256} {split}" : data.Summarize().DataSha256;
        context.Log($"{data.Split.Training.Length} crystals to train, {data.Split.Validation.Length} to compare trials, {data.Split.Test.Length} held back");
    }

    /// <inheritdoc/>
    public ModelTask Task { get; }

    /// <inheritdoc/>
    public string Digest { get; }

    /// <inheritdoc/>
    public SweepParts<DescribedCrystals> Describe(DescriptorSet descriptors, CancellationToken cancellation)
    {
        TrainingData data = Open(PreparationOptions.OfDescriptors(descriptors));
        double[] targets = data.Targets(data.Split.Training);
        var fallback = FallbackPrediction.Of(Task, targets);
        return new SweepParts<DescribedCrystals>(
            TreeSession.Join(_context, data, data.Split.Training, fallback, "training"),
            TreeSession.Join(_context, data, data.Split.Validation, fallback, "validation"),
            targets,
            data.Summarize());
    }

    /// <inheritdoc/>
    public SweepParts<ResidentDataset> Load(PreparationOptions preparation, CancellationToken cancellation)
    {
        TrainingData data = Open(preparation);
        torch.Device device = TrainingDevice.Find(_request.Device);
        double[] targets = data.Targets(data.Split.Training);
        var fallback = FallbackPrediction.Of(Task, targets);
        return new SweepParts<ResidentDataset>(
            TrainingSession.Join(_context, data, data.Split.Training, device, fallback, "training"),
            TrainingSession.Join(_context, data, data.Split.Validation, device, fallback, "validation"),
            targets,
            data.Summarize());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TrainingData data in _opened.Values)
        {
            data.Dispose();
        }

        _opened.Clear();
    }

    private TrainingData Open(PreparationOptions preparation)
    {
        if (!_opened.TryGetValue(preparation, out TrainingData? data))
        {
            data = TrainingData.Open(_context, _request, preparation, _request.Seed);
            _opened.Add(preparation, data);
        }

        return data;
    }
}
