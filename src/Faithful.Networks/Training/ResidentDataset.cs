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
    private readonly long[] _atomCounts;
    private readonly long[] _edgeCounts;
    private readonly Tensor _atomCount, _firstAtom, _edgeCount, _firstEdge;
    private readonly Tensor _atomicNumbers, _positions, _lattices, _spaceGroups;
    private readonly Tensor _edgeSource, _edgeTarget, _edgeImage;

    /// <summary>Packs crystals and moves them to a device.</summary>
    /// <param name="crystals">The crystals, none of them a fallback, at least one.</param>
    /// <param name="targets">The class number or the value of each crystal.</param>
    /// <param name="kind">Whether targets are classes or values.</param>
    /// <param name="device">The device.</param>
    /// <exception cref="ArgumentException">The lists are empty, differ in length, or hold a fallback.</exception>
    public ResidentDataset(IReadOnlyList<PreparedCrystal> crystals, IReadOnlyList<double> targets, TaskKind kind, Device device)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        ArgumentNullException.ThrowIfNull(targets);
        if (crystals.Count == 0 || crystals.Count != targets.Count || crystals.Any(crystal => crystal.FallbackReason is not null))
        {
            throw new ArgumentException("A resident data set needs as many targets as crystals, at least one, and no fallback.");
        }

        Count = crystals.Count;
        Device = device;
        _atomCounts = [.. crystals.Select(crystal => (long)crystal.Atoms)];
        _edgeCounts = [.. crystals.Select(crystal => (long)crystal.Edges)];
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        _atomCount = torch.tensor(_atomCounts, device: device);
        _edgeCount = torch.tensor(_edgeCounts, device: device);
        _firstAtom = _atomCount.cumsum(0) - _atomCount;
        _firstEdge = _edgeCount.cumsum(0) - _edgeCount;
        _atomicNumbers = torch.tensor(Join(crystals, crystal => crystal.AtomicNumbers), device: device);
        _positions = torch.tensor(Join(crystals, crystal => crystal.Positions), [_atomCounts.Sum(), 3], device: device);
        _lattices = torch.tensor(Join(crystals, crystal => crystal.Lattice), [Count, 3, 3], device: device);
        _spaceGroups = torch.tensor(crystals.Select(crystal => (long)crystal.SpaceGroup).ToArray(), device: device);
        _edgeSource = torch.tensor(Join(crystals, crystal => crystal.EdgeSource), device: device);
        _edgeTarget = torch.tensor(Join(crystals, crystal => crystal.EdgeTarget), device: device);
        _edgeImage = torch.tensor(Join(crystals, crystal => crystal.EdgeImage), [_edgeCounts.Sum(), 3], device: device);
        Targets = kind == TaskKind.Classification
            ? torch.tensor(targets.Select(target => (long)target).ToArray(), device: device)
            : torch.tensor(targets.Select(target => (float)target).ToArray(), device: device);
        foreach (Tensor tensor in Tensors())
        {
            tensor.DetachFromDisposeScope();
        }
    }

    /// <summary>Gets the number of crystals.</summary>
    public int Count { get; }

    /// <summary>Gets the device.</summary>
    public Device Device { get; }

    /// <summary>Gets the targets: int64 classes or float32 values, shape (crystals).</summary>
    public Tensor Targets { get; }

    /// <summary>Gets the number of atoms and edges of some crystals.</summary>
    /// <param name="crystals">Positions in the data set.</param>
    /// <returns>Atoms and directed edges.</returns>
    public (long Atoms, long Edges) Size(IReadOnlyList<long> crystals)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        long atoms = 0, edges = 0;
        foreach (long crystal in crystals)
        {
            atoms += _atomCounts[crystal];
            edges += _edgeCounts[crystal];
        }

        return (atoms, edges);
    }

    /// <summary>Assembles a batch on the device. The caller's dispose scope owns the tensors.</summary>
    /// <param name="crystals">Positions in the data set, in batch order.</param>
    /// <returns>The inputs of the model contract by name, and the targets.</returns>
    public (IReadOnlyDictionary<string, Tensor> Inputs, Tensor Targets) Batch(long[] crystals)
    {
        // The host knows the sizes, so the device never has to report them: no synchronisation.
        (long atoms, long edges) = Size(crystals);
        Tensor chosen = torch.tensor(crystals, device: Device); // (crystals)
        Tensor ordinal = torch.arange(crystals.Length, dtype: ScalarType.Int64, device: Device);

        Tensor atomCount = _atomCount.index_select(0, chosen);
        Tensor firstAtomInBatch = atomCount.cumsum(0) - atomCount;
        Tensor crystalIndex = torch.repeat_interleave(ordinal, atomCount, output_size: atoms); // (atoms)
        Tensor atomShift = _firstAtom.index_select(0, chosen) - firstAtomInBatch;
        Tensor atomIndex = torch.arange(atoms, dtype: ScalarType.Int64, device: Device) + atomShift.index_select(0, crystalIndex);

        Tensor edgeCount = _edgeCount.index_select(0, chosen);
        Tensor edgeCrystal = torch.repeat_interleave(ordinal, edgeCount, output_size: edges); // (edges)
        Tensor edgeShift = _firstEdge.index_select(0, chosen) - (edgeCount.cumsum(0) - edgeCount);
        Tensor edgeIndex = torch.arange(edges, dtype: ScalarType.Int64, device: Device) + edgeShift.index_select(0, edgeCrystal);
        Tensor firstAtomOfEdge = firstAtomInBatch.index_select(0, edgeCrystal);

        var inputs = new Dictionary<string, Tensor>
        {
            [ModelInput.AtomicNumbers.Name] = _atomicNumbers.index_select(0, atomIndex).to(ScalarType.Int64),
            [ModelInput.Positions.Name] = _positions.index_select(0, atomIndex),
            [ModelInput.CrystalIndex.Name] = crystalIndex,
            [ModelInput.Lattices.Name] = _lattices.index_select(0, chosen),
            [ModelInput.SpaceGroups.Name] = _spaceGroups.index_select(0, chosen),
            [ModelInput.EdgeSource.Name] = _edgeSource.index_select(0, edgeIndex) + firstAtomOfEdge,
            [ModelInput.EdgeTarget.Name] = _edgeTarget.index_select(0, edgeIndex) + firstAtomOfEdge,
            [ModelInput.EdgeImage.Name] = _edgeImage.index_select(0, edgeIndex).to(ScalarType.Int64),
        };
        return (inputs, Targets.index_select(0, chosen));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in Tensors())
        {
            tensor.Dispose();
        }
    }

    private Tensor[] Tensors() =>
    [
        _atomCount, _firstAtom, _edgeCount, _firstEdge, _atomicNumbers, _positions, _lattices, _spaceGroups,
        _edgeSource, _edgeTarget, _edgeImage, Targets,
    ];

    private static T[] Join<T>(IReadOnlyList<PreparedCrystal> crystals, Func<PreparedCrystal, T[]> values)
    {
        var joined = new T[crystals.Sum(crystal => values(crystal).Length)];
        int offset = 0;
        foreach (PreparedCrystal crystal in crystals)
        {
            values(crystal).CopyTo(joined, offset);
            offset += values(crystal).Length;
        }

        return joined;
    }
}
