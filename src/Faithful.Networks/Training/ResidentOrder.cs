using Faithful.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Training;

/// <summary>
/// The crystals of a resident data set in the order of an epoch. What batches need to find their rows is computed once here, so
/// that a batch costs a launch or two for each input that the network reads, and nothing passes between host and device.
/// </summary>
public sealed class ResidentOrder : IDisposable
{
    private readonly ResidentDataset _data;
    private readonly HashSet<ModelInput> _inputs;
    private readonly int[] _order;
    private readonly long[] _firstAtoms, _firstEdges; // of each crystal within the epoch, and the total
    private readonly Tensor _chosen; // (crystals) int64
    private readonly Tensor? _crystalOfAtom, _atom; // (atoms) int64: crystal within the epoch, atom within the data set
    private readonly Tensor? _edgeCount; // (crystals) int64
    private readonly Tensor? _edgeShift; // (crystals, 2) int32: from edge of the epoch to edge of the data set; first atom within the epoch

    /// <summary>Arranges a data set.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="order">Crystals as places in the data set; one may stand there more than once.</param>
    /// <param name="inputs">The inputs that the network reads; null for all of the contract.</param>
    internal ResidentOrder(ResidentDataset data, IReadOnlyList<int> order, IEnumerable<ModelInput>? inputs)
    {
        _data = data;
        _inputs = [.. inputs ?? ModelInput.All];
        _order = [.. order];
        _firstAtoms = Starts(data.AtomCounts);
        _firstEdges = Starts(data.EdgeCounts);
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        Device device = data.Device;
        _chosen = torch.tensor(Array.ConvertAll(_order, crystal => (long)crystal), device: device);
        Tensor atomCount = data.Tensors.AtomCount.index_select(0, _chosen);
        Tensor firstAtom = atomCount.cumsum(0) - atomCount;
        if (_inputs.Any(input => input.Rows == ModelInputRows.Atoms))
        {
            // The host knows the sizes, so the device never has to report them: no synchronisation.
            long atoms = _firstAtoms[^1];
            _crystalOfAtom = torch.arange(_order.Length, dtype: ScalarType.Int64, device: device).repeat_interleave(atomCount, output_size: atoms);
            _atom = torch.arange(atoms, dtype: ScalarType.Int64, device: device)
                + (data.Tensors.FirstAtom.index_select(0, _chosen) - firstAtom).index_select(0, _crystalOfAtom);
        }

        if (_inputs.Any(input => input.Rows == ModelInputRows.Edges))
        {
            _edgeCount = data.Tensors.EdgeCount.index_select(0, _chosen);
            Tensor edgeShift = data.Tensors.FirstEdge.index_select(0, _chosen) - (_edgeCount.cumsum(0) - _edgeCount);
            _edgeShift = torch.stack([edgeShift, firstAtom], 1).to(ScalarType.Int32);
        }

        foreach (Tensor? tensor in Tensors())
        {
            tensor?.DetachFromDisposeScope();
        }
    }

    /// <summary>Gets the number of atoms and edges of some of the crystals.</summary>
    /// <param name="range">Which.</param>
    /// <returns>Atoms and directed edges.</returns>
    public (long Atoms, long Edges) Size(BatchRange range) => (
        _firstAtoms[range.Start + range.Count] - _firstAtoms[range.Start],
        _firstEdges[range.Start + range.Count] - _firstEdges[range.Start]);

    /// <summary>Assembles a batch on the device. The caller's dispose scope owns the tensors.</summary>
    /// <param name="range">Which crystals.</param>
    /// <returns>The batch.</returns>
    public ResidentBatch Batch(BatchRange range)
    {
        (int start, int count) = range;
        (long atoms, long edges) = Size(range);
        ResidentTensors data = _data.Tensors;
        var values = new Dictionary<string, Tensor>();
        Tensor chosen = _chosen.narrow(0, start, count);
        AddRows(ModelInput.Lattices, data.Lattices, chosen);
        AddRows(ModelInput.SpaceGroups, data.SpaceGroups, chosen);
        if (_atom is not null)
        {
            Tensor atom = _atom.narrow(0, _firstAtoms[start], atoms); // (atoms)
            AddRows(ModelInput.AtomicNumbers, data.AtomicNumbers, atom);
            AddRows(ModelInput.Positions, data.Positions, atom);
            AddRows(ModelInput.SiteSymmetries, data.SiteSymmetries, atom);
            Add(ModelInput.CrystalIndex, () => _crystalOfAtom!.narrow(0, _firstAtoms[start], atoms) - start);
        }

        if (_edgeCount is not null)
        {
            Tensor shifts = _edgeShift!.narrow(0, start, count).repeat_interleave(_edgeCount.narrow(0, start, count), 0, edges); // (edges, 2)
            long first = _firstEdges[start];
            Tensor edge = torch.arange(first, first + edges, ScalarType.Int32, _data.Device).add_(shifts.select(1, 0)); // (edges)
            Tensor firstAtom = shifts.select(1, 1).sub_((int)_firstAtoms[start]);
            Add(ModelInput.EdgeSource, () => data.EdgeSource.index_select(0, edge).add_(firstAtom));
            Add(ModelInput.EdgeTarget, () => data.EdgeTarget.index_select(0, edge).add_(firstAtom));
            AddRows(ModelInput.EdgeImage, data.EdgeImage, edge);
        }

        int largest = 0;
        for (int place = start; place < start + count; place++)
        {
            largest = Math.Max(largest, _data.AtomCounts[_order[place]]);
        }

        return new ResidentBatch(values, _data.Targets.index_select(0, chosen), count, largest);

        void AddRows(ModelInput input, Tensor table, Tensor rows) => Add(input, () => table.index_select(0, rows));

        // What the network does not read costs no launch.
        void Add(ModelInput input, Func<Tensor> value)
        {
            if (_inputs.Contains(input))
            {
                values.Add(input.Name, value());
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor? tensor in Tensors())
        {
            tensor?.Dispose();
        }
    }

    private Tensor?[] Tensors() => [_chosen, _crystalOfAtom, _atom, _edgeCount, _edgeShift];

    private long[] Starts(IReadOnlyList<int> counts)
    {
        var starts = new long[_order.Length + 1];
        for (int place = 0; place < _order.Length; place++)
        {
            starts[place + 1] = starts[place] + counts[_order[place]];
        }

        return starts;
    }
}
