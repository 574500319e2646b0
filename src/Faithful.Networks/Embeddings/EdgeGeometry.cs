using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The invariant geometry of edges: lengths in Å, and lengths in units of the crystal's mean atom distance, (volume per
/// atom)^⅓, in which the same structure type has the same lengths whatever the size of its atoms.
/// </summary>
public sealed class EdgeGeometry
{
    /// <summary>The longest relative length that the radial basis resolves: second to fourth neighbours in most structures.</summary>
    private const double LongestRelativeLength = 2.5;

    private readonly ConstantReference _centers;
    private readonly ConstantReference _relativeCenters;
    private readonly double _cutoff;
    private readonly int _functions;

    /// <summary>Declares the centres of the radial basis.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="cutoff">The radius of the neighbour graph in Å.</param>
    /// <param name="functions">The number of radial functions of each of the two lengths, at least 2.</param>
    public EdgeGeometry(ParameterLayout layout, string name, double cutoff, int functions)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _cutoff = cutoff;
        _functions = functions;
        _centers = layout.AddConstant($"{name}.centers", Grid(cutoff, functions), 1, functions);
        _relativeCenters = layout.AddConstant($"{name}.relative_centers", Grid(LongestRelativeLength, functions), 1, functions);
    }

    /// <summary>Gets the width of the radial basis.</summary>
    public int Width => 2 * _functions;

    /// <summary>Computes the radial basis of every edge.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="logVolumePerAtom">log Å³, shape (crystals, 1).</param>
    /// <returns>Shape (edges, width); falls smoothly to 0 at the cutoff.</returns>
    public TensorValue Apply(TensorOperations operations, TensorValue logVolumePerAtom)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue crystal = operations.Gather(
            operations.Input(ModelInput.CrystalIndex), operations.Input(ModelInput.EdgeTarget)); // (edges)
        TensorValue lengths = Lengths(operations, crystal); // Å, (edges, 1)
        TensorValue perMeanDistance = operations.Exponential(logVolumePerAtom * (-1.0 / 3)); // 1/Å, (crystals, 1)
        TensorValue relative = lengths * operations.Gather(perMeanDistance, crystal);
        return operations.Concatenate(
            Gaussians(lengths, _centers, _cutoff / (_functions - 1)),
            Gaussians(relative, _relativeCenters, LongestRelativeLength / (_functions - 1))) * Envelope(lengths);
    }

    /// <summary>Computes (f_source + image − f_target) · lattice.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>Length and Cartesian components in Å, shape (edges, 4).</returns>
    public static TensorValue Vectors(TensorOperations operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue vector = Vector(operations, operations.Gather(
            operations.Input(ModelInput.CrystalIndex), operations.Input(ModelInput.EdgeTarget)));
        return operations.Concatenate(operations.SquareRoot(operations.SumColumns(vector * vector)), vector);
    }

    private static TensorValue Lengths(TensorOperations operations, TensorValue crystal)
    {
        TensorValue vector = Vector(operations, crystal);
        return operations.SquareRoot(operations.SumColumns(vector * vector)); // Å, (edges, 1)
    }

    private static TensorValue Vector(TensorOperations operations, TensorValue crystal)
    {
        TensorValue positions = operations.Input(ModelInput.Positions); // (atoms, 3)
        TensorValue fractional = operations.Gather(positions, operations.Input(ModelInput.EdgeSource))
            - operations.Gather(positions, operations.Input(ModelInput.EdgeTarget))
            + operations.ToFloat(operations.Input(ModelInput.EdgeImage)); // (edges, 3)
        TensorValue lattice = operations.Gather(operations.Input(ModelInput.Lattices), crystal); // (edges, 3, 3)
        return operations.RowTimesMatrix(fractional, lattice); // (edges, 3), Å
    }

    /// <summary>exp(−(d − center)² / spacing²), shape (edges, functions).</summary>
    private static TensorValue Gaussians(TensorValue lengths, ConstantReference centers, double spacing)
    {
        TensorValue difference = lengths - lengths.Operations.Constant(centers);
        return lengths.Operations.Exponential(difference * difference * (-1 / (spacing * spacing)));
    }

    private static float[] Grid(double end, int count) => [.. Enumerable.Range(0, count).Select(i => (float)(end * i / (count - 1)))];

    /// <summary>
    /// ½ (cos(π d / cutoff) + 1), which falls to 0 with zero slope at the cutoff (Schütt et al. 2018, DOI 10.1063/1.5019779): an
    /// atom that crosses the cutoff does not make the prediction jump.
    /// </summary>
    private TensorValue Envelope(TensorValue lengths) => (lengths.Operations.Cosine(lengths * (Math.PI / _cutoff)) + 1) * 0.5;
}
