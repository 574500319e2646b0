using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The global vector of the paper's code: two sines of each entry of the lattice matrix, with periods of 5 and 2.5 Å, and the
/// one-hot space group where the task may use symmetry. Lattices whose entries differ by 5 Å, or all lie at multiples of 2.5 Å,
/// have the same vector, and another orientation has another.
/// </summary>
public sealed class SinusoidalGlobalVector
{
    private const int LatticeEntries = 9;
    private const int SpaceGroups = 231;

    private static readonly double[] PeriodsInAngstrom = [5, 2.5];

    private readonly ConstantReference? _oneHot;

    /// <summary>Declares the tables.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="usesSymmetry">Whether the space group may be used.</param>
    public SinusoidalGlobalVector(ParameterLayout layout, string name, bool usesSymmetry)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Width = LatticeEntries * PeriodsInAngstrom.Length;
        if (usesSymmetry)
        {
            var table = new float[SpaceGroups * SpaceGroups];
            for (int group = 0; group < SpaceGroups; group++)
            {
                table[group * (SpaceGroups + 1)] = 1;
            }

            _oneHot = layout.AddConstant($"{name}.space_groups", table, SpaceGroups, SpaceGroups);
            Width += SpaceGroups;
        }
    }

    /// <summary>Gets the number of components.</summary>
    public int Width { get; }

    /// <summary>Computes the vector.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>Shape (crystals, width).</returns>
    public TensorValue Apply(TensorOperations operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue entries = operations.Reshape(operations.Input(ModelInput.Lattices), 0, LatticeEntries);
        List<TensorValue> parts = [.. PeriodsInAngstrom.Select(period => operations.Sine(Turns.ToAngles(entries * (1 / period))))];
        if (_oneHot is not null)
        {
            parts.Add(operations.Gather(operations.Constant(_oneHot), operations.Input(ModelInput.SpaceGroups)));
        }

        return operations.Concatenate(parts);
    }
}
