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
    private readonly int[] _atomCounts;
    private readonly int[] _edgeCounts;
    private readonly Tensor _atomCount, _firstAtom, _edgeCount, _firstEdge;
    private readonly Tensor _atomicNumbers, _positions, _siteSymmetries, _lattices, _spaceGroups;
    private readonly Tensor _edgeSource, _edgeTarget, _edgeImage;

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
    {
        ArgumentNullException.ThrowIfNull(crystals);
        ArgumentNullException.ThrowIfNull(targets);
        if (crystals.Crystals == 0 || crystals.Crystals != targets.Count)
        {
            throw new ArgumentException("A resident data set needs as many targets as crystals, and at least one.");
        }

        Count = crystals.Crystals;
        Device = device;
        _atomCounts = crystals.AtomCounts;
        _edgeCounts = crystals.EdgeCounts;
        long atoms = crystals.AtomicNumbers.LongLength, edges = crystals.EdgeSource.LongLength;
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        _atomCount = torch.tensor(Widen(_atomCounts), device: device);
        _edgeCount = torch.tensor(Widen(_edgeCounts), device: device);
        _firstAtom = _atomCount.cumsum(0) - _atomCount;
        _firstEdge = _edgeCount.cumsum(0) - _edgeCount;
        _atomicNumbers = torch.tensor(crystals.AtomicNumbers, device: device);
        _positions = torch.tensor(crystals.Positions, [atoms, 3], device: device);
        _siteSymmetries = torch.tensor(crystals.SiteSymmetries, device: device);
        _lattices = torch.tensor(crystals.Lattices, [Count, 3, 3], device: device);
        _spaceGroups = torch.tensor(crystals.SpaceGroups.Select(group => (long)group).ToArray(), device: device);
        _edgeSource = torch.tensor(crystals.EdgeSource, device: device);
        _edgeTarget = torch.tensor(crystals.EdgeTarget, device: device);
        _edgeImage = torch.tensor(crystals.EdgeImage, [edges, 3], device: device);
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
    /// <param name="inputs">The inputs that the network reads; null for all of the contract.</param>
    /// <returns>The inputs by name, and the targets.</returns>
    public (IReadOnlyDictionary<string, Tensor> Inputs, Tensor Targets) Batch(long[] crystals, IReadOnlyCollection<ModelInput>? inputs = null)
    {
        ArgumentNullException.ThrowIfNull(crystals);
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

        var values = new Dictionary<string, Tensor>();
        Add(ModelInput.AtomicNumbers, () => _atomicNumbers.index_select(0, atomIndex).to(ScalarType.Int64));
        Add(ModelInput.Positions, () => _positions.index_select(0, atomIndex));
        Add(ModelInput.CrystalIndex, () => crystalIndex);
        Add(ModelInput.Lattices, () => _lattices.index_select(0, chosen));
        Add(ModelInput.SpaceGroups, () => _spaceGroups.index_select(0, chosen));
        Add(ModelInput.SiteSymmetries, () => _siteSymmetries.index_select(0, atomIndex).to(ScalarType.Int64));
        Add(ModelInput.EdgeSource, () => _edgeSource.index_select(0, edgeIndex) + firstAtomOfEdge);
        Add(ModelInput.EdgeTarget, () => _edgeTarget.index_select(0, edgeIndex) + firstAtomOfEdge);
        Add(ModelInput.EdgeImage, () => _edgeImage.index_select(0, edgeIndex).to(ScalarType.Int64));
        return (values, Targets.index_select(0, chosen));

        // What the network does not read costs no launch.
        void Add(ModelInput input, Func<Tensor> value)
        {
            if (inputs is null || inputs.Contains(input))
            {
                values.Add(input.Name, value());
            }
        }
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
        _atomCount, _firstAtom, _edgeCount, _firstEdge, _atomicNumbers, _positions, _siteSymmetries, _lattices, _spaceGroups,
        _edgeSource, _edgeTarget, _edgeImage, Targets,
    ];

    private static long[] Widen(int[] counts) => Array.ConvertAll(counts, count => (long)count);
}
