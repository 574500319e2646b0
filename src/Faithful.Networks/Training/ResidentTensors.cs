using Faithful.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Training;

/// <summary>The tensors of a resident data set; indices of atoms count within each crystal.</summary>
internal sealed class ResidentTensors : IDisposable
{
    public ResidentTensors(PreparedArrays crystals, Device device)
    {
        long atoms = crystals.AtomicNumbers.LongLength, edges = crystals.EdgeSource.LongLength;
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        AtomCount = Wide(crystals.AtomCounts);
        EdgeCount = Wide(crystals.EdgeCounts);
        FirstAtom = AtomCount.cumsum(0) - AtomCount;
        FirstEdge = EdgeCount.cumsum(0) - EdgeCount;

        // Atoms are few: wide here, they need no conversion in every batch. Edges are many, and stay narrow.
        AtomicNumbers = torch.tensor(crystals.AtomicNumbers, device: device).to(ScalarType.Int64);
        SiteSymmetries = torch.tensor(crystals.SiteSymmetries, device: device).to(ScalarType.Int64);
        Positions = torch.tensor(crystals.Positions, [atoms, 3], device: device);
        Lattices = torch.tensor(crystals.Lattices, [crystals.Crystals, 3, 3], device: device);
        SpaceGroups = torch.tensor(crystals.SpaceGroups, device: device).to(ScalarType.Int64);
        EdgeSource = torch.tensor(crystals.EdgeSource, device: device);
        EdgeTarget = torch.tensor(crystals.EdgeTarget, device: device);
        EdgeImage = torch.tensor(crystals.EdgeImage, [edges, 3], device: device);
        foreach (Tensor tensor in All())
        {
            tensor.DetachFromDisposeScope();
        }

        Tensor Wide(int[] counts) => torch.tensor(Array.ConvertAll(counts, count => (long)count), device: device);
    }

    /// <summary>Gets atoms and edges of each crystal, and where they begin; int64 (crystals).</summary>
    public Tensor AtomCount { get; }

    public Tensor FirstAtom { get; }

    public Tensor EdgeCount { get; }

    public Tensor FirstEdge { get; }

    /// <summary>Gets what belongs to atoms: int64 (atoms), float32 (atoms, 3), int64 (atoms).</summary>
    public Tensor AtomicNumbers { get; }

    public Tensor Positions { get; }

    public Tensor SiteSymmetries { get; }

    /// <summary>Gets what belongs to crystals: float32 (crystals, 3, 3) in Å, int64 (crystals).</summary>
    public Tensor Lattices { get; }

    public Tensor SpaceGroups { get; }

    /// <summary>Gets what belongs to edges: int32 (edges) twice, int8 (edges, 3).</summary>
    public Tensor EdgeSource { get; }

    public Tensor EdgeTarget { get; }

    public Tensor EdgeImage { get; }

    public void Dispose()
    {
        foreach (Tensor tensor in All())
        {
            tensor.Dispose();
        }
    }

    private Tensor[] All() =>
    [
        AtomCount, FirstAtom, EdgeCount, FirstEdge, AtomicNumbers, Positions, SiteSymmetries, Lattices, SpaceGroups,
        EdgeSource, EdgeTarget, EdgeImage,
    ];
}
