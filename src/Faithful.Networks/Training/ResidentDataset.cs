using Faithful.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Training;

/// <summary>
/// A whole data set in the packed form of the model contract, resident on the training device. A batch is an index operation
/// there: nothing is collated or copied from the host while training.
/// </summary>
public sealed class ResidentDataset : IDisposable
{
    /// <summary>Packs crystals and moves them to a device.</summary>
    /// <param name="crystals">The crystals, none of them a fallback, at least one.</param>
    /// <param name="targets">The class number or the value of each crystal.</param>
    /// <param name="kind">Whether targets are classes or values.</param>
    /// <param name="device">The device.</param>
    /// <exception cref="ArgumentException">The lists are empty, differ in length, or hold a fallback.</exception>
    public ResidentDataset(IReadOnlyList<PreparedCrystal> crystals, IReadOnlyList<double> targets, TaskKind kind, Device device)
        : this(PreparedArrays.Join(crystals), targets, kind, device)
    {
    }

    /// <summary>Moves crystals to a device.</summary>
    /// <param name="crystals">The crystals, at least one.</param>
    /// <param name="targets">The class number or the value of each crystal.</param>
    /// <param name="kind">Whether targets are classes or values.</param>
    /// <param name="device">The device.</param>
    /// <exception cref="ArgumentException">There is no crystal, or another number of targets.</exception>
    public ResidentDataset(PreparedArrays crystals, IReadOnlyList<double> targets, TaskKind kind, Device device)
        : this(
            crystals,
            targets,
            kind == TaskKind.Classification
                ? torch.tensor(targets.Select(target => (long)target).ToArray(), device: device)
                : torch.tensor(targets.Select(target => (float)target).ToArray(), device: device),
            device)
    {
    }

    private ResidentDataset(PreparedArrays crystals, IReadOnlyList<double> targets, Tensor onDevice, Device device)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        ArgumentNullException.ThrowIfNull(targets);
        if (crystals.Crystals == 0 || crystals.Crystals != targets.Count)
        {
            throw new ArgumentException("A resident data set needs as many targets as crystals, and at least one.");
        }

        Device = device;
        AtomCounts = crystals.AtomCounts;
        EdgeCounts = crystals.EdgeCounts;
        TargetValues = [.. targets];
        Tensors = new ResidentTensors(crystals, device);
        Targets = onDevice.DetachFromDisposeScope();
    }

    /// <summary>Moves crystals of a classification to a device whose classes are known, or probable.</summary>
    /// <param name="crystals">The crystals, at least one.</param>
    /// <param name="probabilities">How probable each class of each crystal is, not negative; shape (crystals, classes).</param>
    /// <param name="device">The device.</param>
    /// <param name="ids">The id of each crystal, for messages.</param>
    /// <param name="fallbacks">The crystals that the network cannot take; null for none.</param>
    /// <returns>The data set; the most probable class of each crystal is its target on the host.</returns>
    /// <exception cref="ArgumentException">There is no crystal, another number of rows, or rows of different lengths.</exception>
    public static ResidentDataset OfProbabilities(
        PreparedArrays crystals, IReadOnlyList<float[]> probabilities, Device device, IReadOnlyList<string>? ids = null, FallbackCrystals? fallbacks = null)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Count == 0 || probabilities.Any(row => row.Length != probabilities[0].Length))
        {
            throw new ArgumentException("Probabilities need at least one crystal, and the same classes for each.", nameof(probabilities));
        }

        double[] targets = [.. probabilities.Select(row => (double)Array.IndexOf(row, row.Max()))];
        float[] flat = [.. probabilities.SelectMany(row => row)];
        return new ResidentDataset(crystals, targets, torch.tensor(flat, [probabilities.Count, probabilities[0].Length], device: device), device)
        {
            Ids = ids ?? [],
            Fallbacks = fallbacks,
        };
    }

    /// <summary>Gets the number of crystals.</summary>
    public int Count => AtomCounts.Count;

    /// <summary>Gets the device.</summary>
    public Device Device { get; }

    /// <summary>
    /// Gets the targets on the device: int64 classes or float32 values, shape (crystals), or float32 probabilities of the classes, shape
    /// (crystals, classes).
    /// </summary>
    public Tensor Targets { get; }

    /// <summary>Gets the targets on the host: class numbers or values.</summary>
    public IReadOnlyList<double> TargetValues { get; }

    /// <summary>Gets the number of atoms of each crystal.</summary>
    public IReadOnlyList<int> AtomCounts { get; }

    /// <summary>Gets the number of directed edges of each crystal.</summary>
    public IReadOnlyList<int> EdgeCounts { get; }

    /// <summary>Gets the id of each crystal, for messages; empty where they have none.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Gets the crystals of the same part that the network cannot take; null for none.</summary>
    public FallbackCrystals? Fallbacks { get; init; }

    /// <summary>Gets the crystals on the device.</summary>
    internal ResidentTensors Tensors { get; }

    /// <summary>Gets the name of a crystal for messages.</summary>
    /// <param name="crystal">Its place in the data set.</param>
    /// <returns>Its id, or its number from 1.</returns>
    public string IdOf(int crystal) => Ids.Count > 0 ? Ids[crystal] : FormattableString.Invariant($"crystal {crystal + 1}");

    /// <summary>Arranges the crystals for an epoch.</summary>
    /// <param name="order">Crystals as places in the data set.</param>
    /// <param name="inputs">The inputs that the network reads; null for all of the contract.</param>
    /// <returns>The arrangement, from which batches are taken.</returns>
    public ResidentOrder Arrange(IReadOnlyList<int> order, IEnumerable<ModelInput>? inputs = null)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new ResidentOrder(this, order, inputs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Tensors.Dispose();
        Targets.Dispose();
    }
}
