using Faithful.Models;
using Faithful.Networks.Layers;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The shape of the cell: the logarithms of its edges in Å and in units of the mean atom distance, (volume per atom)^⅓, and the
/// cosines of its angles. It tells a network over fractional coordinates how long a voxel is, does not depend on the
/// orientation, and differs for cells that differ.
/// </summary>
public sealed class CellMetric
{
    private const int Numbers = 9;

    private readonly LinearLayer _projection;

    /// <summary>Declares the parameters.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="width">The width of the result.</param>
    public CellMetric(ParameterLayout layout, string name, int width)
    {
        _projection = new LinearLayer(layout, name, Numbers, width, bias: false);
    }

    /// <summary>Computes the vector.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="logVolumePerAtom">log Å³, shape (crystals, 1).</param>
    /// <returns>Shape (crystals, width).</returns>
    public TensorValue Apply(TensorOperations operations, TensorValue logVolumePerAtom)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue lattices = operations.Input(ModelInput.Lattices);
        TensorValue[] rows = [.. Enumerable.Range(0, 3).Select(row => operations.MatrixRow(lattices, row))]; // (crystals, 3)
        TensorValue[] lengths = [.. rows.Select(row => operations.SquareRoot(operations.SumColumns(row * row)))]; // (crystals, 1)
        TensorValue[] cosines =
        [
            .. new[] { (1, 2), (2, 0), (0, 1) }.Select(pair =>
                operations.SumColumns(rows[pair.Item1] * rows[pair.Item2]) / (lengths[pair.Item1] * lengths[pair.Item2])),
        ];
        TensorValue logarithms = operations.Logarithm(operations.Concatenate(lengths)); // (crystals, 3)
        return _projection.Apply(operations.Concatenate([
            logarithms + -1.5, // about 0 for the 4 to 5 Å of common cells
            logarithms - logVolumePerAtom * (1.0 / 3),
            .. cosines.Select(cosine => cosine * 2)]));
    }
}
