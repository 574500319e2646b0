using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>Keeps prepared crystals for the trials that follow: few preparations serve all trials of a model.</summary>
/// <param name="data">The data.</param>
internal sealed class SweepPartsCache(ISweepData data) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SweepParts<DescribedCrystals>> _described = [];
    private readonly Dictionary<PreparationOptions, SweepParts<ResidentDataset>> _resident = [];

    /// <summary>Gets the task.</summary>
    public ModelTask Task => data.Task;

    /// <summary>Gets the crystals for trees.</summary>
    public SweepParts<DescribedCrystals> Describe(DescriptorSet descriptors, CancellationToken cancellation) =>
        Get(_described, descriptors.Name, () => data.Describe(descriptors, cancellation));

    /// <summary>Gets the crystals for a network.</summary>
    public SweepParts<ResidentDataset> Load(PreparationOptions preparation, CancellationToken cancellation) =>
        Get(_resident, preparation, () => data.Load(preparation, cancellation));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SweepParts<ResidentDataset> parts in _resident.Values)
        {
            parts.Training.Dispose();
            parts.Validation.Dispose();
        }

        _resident.Clear();
    }

    // Under the lock: a second trial waits for the crystals rather than preparing them as well.
    private TParts Get<TKey, TParts>(Dictionary<TKey, TParts> known, TKey key, Func<TParts> make)
        where TKey : notnull
    {
        lock (_lock)
        {
            if (!known.TryGetValue(key, out TParts? parts))
            {
                parts = make();
                known.Add(key, parts);
            }

            return parts;
        }
    }
}
