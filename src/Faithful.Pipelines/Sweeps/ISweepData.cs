using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>Labelled crystals in two parts, prepared for whichever model a sweep tries. It is asked by one thread at a time.</summary>
public interface ISweepData : IDisposable
{
    /// <summary>Gets the task.</summary>
    ModelTask Task { get; }

    /// <summary>Gets what tells these crystals and parts from others, so that a sweep is not gone on with on other data.</summary>
    string Digest { get; }

    /// <summary>Describes the crystals for trees.</summary>
    /// <param name="descriptors">The descriptors.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The two parts.</returns>
    SweepParts<DescribedCrystals> Describe(DescriptorSet descriptors, CancellationToken cancellation);

    /// <summary>Prepares the crystals for a network and moves them to the device on which it is trained.</summary>
    /// <param name="preparation">How they are prepared.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The two parts; the sweep disposes of them.</returns>
    SweepParts<ResidentDataset> Load(PreparationOptions preparation, CancellationToken cancellation);
}
