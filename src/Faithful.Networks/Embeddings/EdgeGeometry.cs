using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>The invariant geometry of edges: lengths, a smooth cutoff, and a radial basis.</summary>
public sealed class EdgeGeometry
{
    private readonly ConstantReference _centers;
    private readonly double _cutoff;
    private readonly double _inverseWidthSquared;

    /// <summary>Declares the centres of the radial basis.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="cutoff">The radius of the neighbour graph in Å.</param>
    /// <param name="functions">The number of radial functions, at least 2.</param>
    public EdgeGeometry(ParameterLayout layout, string name, double cutoff, int functions)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _cutoff = cutoff;
        double spacing = cutoff / (functions - 1);
        _inverseWidthSquared = 1 / (spacing * spacing);
        _centers = layout.AddConstant(
            $"{name}.centers", [.. Enumerable.Range(0, functions).Select(i => (float)(i * spacing))], 1, functions);
    }

    /// <summary>Computes edge lengths, |(f_source + image − f_target) · lattice|.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>Å, shape (edges, 1).</returns>
    public static TensorValue Lengths(TensorOperations operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue positions = operations.Input(ModelInput.Positions); // (atoms, 3)
        TensorValue target = operations.Input(ModelInput.EdgeTarget);
        TensorValue fractional = operations.Gather(positions, operations.Input(ModelInput.EdgeSource))
            - operations.Gather(positions, target)
            + operations.ToFloat(operations.Input(ModelInput.EdgeImage)); // (edges, 3)
        TensorValue crystal = operations.Gather(operations.Input(ModelInput.CrystalIndex), target); // (edges)
        TensorValue lattice = operations.Gather(operations.Input(ModelInput.Lattices), crystal); // (edges, 3, 3)
        TensorValue vector = operations.RowTimesMatrix(fractional, lattice); // (edges, 3), Å
        return operations.SquareRoot(operations.SumColumns(vector * vector));
    }

    /// <summary>Computes ½ (cos(π d / cutoff) + 1), which falls to 0 with zero slope at the cutoff (Schütt et al. 2018,
    /// DOI 10.1063/1.5019779): an atom that crosses the cutoff does not make the prediction jump.</summary>
    /// <param name="lengths">d in Å, shape (edges, 1).</param>
    /// <returns>0..1, shape (edges, 1).</returns>
    public TensorValue Envelope(TensorValue lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        return (lengths.Operations.Cosine(lengths * (Math.PI / _cutoff)) + 1) * 0.5;
    }

    /// <summary>Expands lengths in Gaussians of one spacing's width, exp(−(d − center)² / spacing²).</summary>
    /// <param name="lengths">d in Å, shape (edges, 1).</param>
    /// <returns>Shape (edges, functions).</returns>
    public TensorValue RadialBasis(TensorValue lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        TensorValue difference = lengths - lengths.Operations.Constant(_centers);
        return lengths.Operations.Exponential(difference * difference * -_inverseWidthSquared);
    }
}
