using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// Statistics of the elements' properties over the atoms of a crystal: mean, deviation, least, greatest, and the value of the
/// most common species. A sum over nodes gives a network means; it does not find extremes by itself.
/// </summary>
public sealed class CompositionStatistics
{
    private const double Beyond = 4; // further than any property, all of which lie in -1..1

    private readonly ConstantReference _table;

    /// <summary>Declares the table of properties.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    public CompositionStatistics(ParameterLayout layout, string name)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _table = layout.AddConstant(
            $"{name}.properties", ElementPropertyTable.Values(), ElementEmbedding.TableRows, ElementPropertyTable.Width);
    }

    /// <summary>Gets the number of statistics.</summary>
    public static int Width => 5 * ElementPropertyTable.Width;

    /// <summary>Computes the statistics.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="atomCounts">The number of atoms of each crystal, shape (crystals, 1).</param>
    /// <returns>Shape (crystals, width).</returns>
    public TensorValue Apply(TensorOperations operations, TensorValue atomCounts)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue crystal = operations.Input(ModelInput.CrystalIndex);
        TensorValue values = operations.Gather(operations.Constant(_table), operations.Input(ModelInput.AtomicNumbers)); // (atoms, P)
        TensorValue padded = operations.Pad(values, crystal, atomCounts); // (crystals, largest, P)
        TensorValue padding = (operations.PadMask(crystal, atomCounts) * -1 + 1) * Beyond; // (crystals, largest, 1)
        TensorValue greatest = operations.MaximumRows(padded - padding); // (crystals, P)
        TensorValue least = operations.MaximumRows(padded * -1 - padding) * -1;
        TensorValue mean = operations.SumRows(padded) / atomCounts;
        TensorValue meanSquare = operations.SumRows(padded * padded) / atomCounts;
        TensorValue deviation = operations.SquareRoot(operations.Rectify(meanSquare - mean * mean) + 1e-6);
        return operations.Concatenate(mean, deviation, least, greatest, operations.MatrixRow(padded, 0));
    }
}
