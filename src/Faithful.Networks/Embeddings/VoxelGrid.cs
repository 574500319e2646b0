using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The grid of N × N × N voxels over the fractional cube of the cell (Nop et al. 2025, Figure 5). An atom belongs to the eight
/// voxels around it, by weights that are products of a function for each axis: so atoms are put on the grid, and features of
/// voxels read at atoms, by products of matrices instead of by scattering.
/// </summary>
/// <remarks>Letters: n atoms, b crystals, L atoms of the largest crystal, C channels, N voxels along an axis.</remarks>
public sealed class VoxelGrid
{
    private readonly ConstantReference _nodes;
    private readonly int _period;

    /// <summary>Declares the table of the grid's nodes.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="size">N, with the margin.</param>
    /// <param name="margin">How many of the voxels at either end repeat those at the other; 0 for a grid that is one period.</param>
    public VoxelGrid(ParameterLayout layout, string name, int size, int margin)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Size = size;
        _period = size - 2 * margin;
        _nodes = layout.AddConstant($"{name}.nodes", [.. Enumerable.Range(0, size).Select(node => (float)(node - margin))], 1, size);
    }

    /// <summary>Gets N.</summary>
    public int Size { get; }

    /// <summary>Computes the weights of trilinear interpolation, 1 − |distance in voxels| along each axis; they sum to 1.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>The weights.</returns>
    public Weights Trilinear(TensorOperations operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        return Compute(operations, distance => operations.Rectify(operations.Absolute(distance) * -1 + 1));
    }

    /// <summary>Computes weights of 1 for each of the eight voxels around an atom, also for those that trilinear interpolation gives 0.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>The weights.</returns>
    public Weights Nearest(TensorOperations operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        return Compute(operations, distance =>
        {
            TensorValue floor = operations.Floor(distance); // 0 or −1 for the two nodes
            return operations.Rectify(operations.Absolute(floor * (floor + 1)) * -1 + 1);
        });
    }

    /// <summary>Puts features of atoms on the grid; where atoms meet, they add up.</summary>
    /// <param name="features">Shape (n, C).</param>
    /// <param name="channels">C.</param>
    /// <param name="weights">The weights.</param>
    /// <returns>Shape (b, C, N, N, N).</returns>
    public TensorValue Write(TensorValue features, int channels, Weights weights)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(weights);
        TensorOperations operations = features.Operations;
        TensorValue lines = operations.Reshape(
            operations.Reshape(features, 0, channels, 1) * operations.Reshape(weights.X, 0, 1, Size), 0, channels * Size);
        TensorValue padded = operations.Pad(lines, weights.Crystal, weights.Crystals); // (b, L, C · N)
        TensorValue grid = operations.BatchMatrixProduct(operations.Transpose(padded), weights.Planes); // (b, C · N, N²)
        return operations.Reshape(grid, 0, channels, Size, Size, Size);
    }

    /// <summary>Reads features of voxels at the atoms, interpolated.</summary>
    /// <param name="grid">Shape (b, C, N, N, N).</param>
    /// <param name="channels">C.</param>
    /// <param name="weights">The weights.</param>
    /// <returns>Shape (n, C).</returns>
    public TensorValue Read(TensorValue grid, int channels, Weights weights)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(weights);
        TensorOperations operations = grid.Operations;
        TensorValue planes = operations.Reshape(grid, 0, channels * Size, Size * Size); // (b, C · N, N²)
        TensorValue lines = operations.BatchMatrixProduct(weights.Planes, operations.Transpose(planes)); // (b, L, C · N)
        TensorValue rows = operations.Reshape(operations.Unpad(lines, weights.Crystal), 0, channels, Size); // (n, C, N)
        return operations.DropLastAxis(operations.SumColumns(rows * operations.Reshape(weights.X, 0, 1, Size)));
    }

    private Weights Compute(TensorOperations operations, Func<TensorValue, TensorValue> weigh)
    {
        TensorValue crystal = operations.Input(ModelInput.CrystalIndex), crystals = operations.Input(ModelInput.Lattices);
        TensorValue voxels = operations.Input(ModelInput.Positions) * _period; // (n, 3)
        TensorValue[] axes = [.. Enumerable.Range(0, 3).Select(axis =>
        {
            TensorValue distance = operations.Columns(voxels, axis, 1) - operations.Constant(_nodes); // (n, N)
            return weigh(distance - operations.Floor(distance * (1.0 / _period) + 0.5) * _period); // the nearest image's
        })];
        TensorValue planes = operations.Reshape(
            operations.Reshape(axes[1], 0, Size, 1) * operations.Reshape(axes[2], 0, 1, Size), 0, Size * Size);
        return new Weights(axes[0], operations.Pad(planes, crystal, crystals), crystal, crystals);
    }

    /// <summary>The weights of a batch's atoms.</summary>
    /// <param name="X">The weights along the first axis, shape (n, N).</param>
    /// <param name="Planes">The products of the weights along the other two, padded, shape (b, L, N²).</param>
    /// <param name="Crystal">The crystal of each atom.</param>
    /// <param name="Crystals">A tensor with one row a crystal.</param>
    public sealed record Weights(TensorValue X, TensorValue Planes, TensorValue Crystal, TensorValue Crystals);
}
