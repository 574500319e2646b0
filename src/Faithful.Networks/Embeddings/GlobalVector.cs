using Faithful.Models;
using Faithful.Networks.Layers;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The global vector g of a crystal, of quantities that do not depend on the choice of the cell: volume per atom always; and
/// where the task may use symmetry, the space group and the electrons of the primitive cell, whose number modulo small
/// integers decides whether bands can be filled (Watanabe et al. 2015, DOI 10.1073/pnas.1514665112).
/// </summary>
public sealed class GlobalVector
{
    /// <summary>Electron counts are encoded on circles of these periods.</summary>
    private static readonly int[] Periods = [2, 4, 6, 8, 12, 16, 24, 32, 64, 128];

    private readonly bool _usesSymmetry;
    private readonly ConstantReference _atomicNumbers;
    private readonly ConstantReference _ones;
    private readonly ConstantReference _cycleForward;
    private readonly ConstantReference _cycleBackward;
    private readonly ConstantReference? _inversePeriods;
    private readonly ParameterReference? _spaceGroups;
    private readonly LinearLayer _projection;

    /// <summary>Declares tables and parameters.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="usesSymmetry">Whether space group and primitive cell may be used.</param>
    /// <param name="width">The width of g.</param>
    public GlobalVector(ParameterLayout layout, string name, bool usesSymmetry, int width)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _usesSymmetry = usesSymmetry;
        _atomicNumbers = layout.AddConstant($"{name}.electrons", [.. Enumerable.Range(0, 119).Select(z => (float)z)], 119, 1);
        _ones = layout.AddConstant($"{name}.ones", [.. Enumerable.Repeat(1f, 119)], 119, 1);
        _cycleForward = layout.AddConstant($"{name}.cycle_forward", [0, 1, 0, 0, 0, 1, 1, 0, 0], 3, 3);
        _cycleBackward = layout.AddConstant($"{name}.cycle_backward", [0, 0, 1, 1, 0, 0, 0, 1, 0], 3, 3);
        int inputWidth = 1;
        if (usesSymmetry)
        {
            _inversePeriods = layout.AddConstant(
                $"{name}.inverse_periods", [.. Periods.Select(period => 1f / period)], 1, Periods.Length);
            _spaceGroups = layout.Add($"{name}.space_groups", ParameterInitialization.Normal, 231, width);
            inputWidth += 2 + 2 * Periods.Length + width;
        }

        _projection = new LinearLayer(layout, $"{name}.projection", inputWidth, width);
    }

    /// <summary>Gets the inputs that the global vector reads.</summary>
    /// <param name="usesSymmetry">Whether space group and primitive cell may be used.</param>
    /// <returns>The inputs.</returns>
    public static IEnumerable<ModelInput> Inputs(bool usesSymmetry) => usesSymmetry
        ? [ModelInput.AtomicNumbers, ModelInput.CrystalIndex, ModelInput.Lattices, ModelInput.SpaceGroups]
        : [ModelInput.AtomicNumbers, ModelInput.CrystalIndex, ModelInput.Lattices];

    /// <summary>Counts the atoms of each crystal.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>Shape (crystals, 1).</returns>
    public TensorValue AtomCounts(TensorOperations operations) => SumOverAtoms(operations, _ones);

    /// <summary>Computes the logarithm of the volume per atom.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="atomCounts">The number of atoms of each crystal, shape (crystals, 1).</param>
    /// <returns>log Å³, shape (crystals, 1).</returns>
    public TensorValue LogVolumePerAtom(TensorOperations operations, TensorValue atomCounts)
    {
        ArgumentNullException.ThrowIfNull(operations);
        return operations.Logarithm(Volumes(operations) / atomCounts);
    }

    /// <summary>Computes g.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="atomCounts">The number of atoms of each crystal, shape (crystals, 1).</param>
    /// <param name="logVolumePerAtom">log Å³, shape (crystals, 1).</param>
    /// <returns>Shape (crystals, width).</returns>
    public TensorValue Apply(TensorOperations operations, TensorValue atomCounts, TensorValue logVolumePerAtom)
    {
        ArgumentNullException.ThrowIfNull(operations);
        if (!_usesSymmetry)
        {
            return _projection.Apply(logVolumePerAtom);
        }

        TensorValue electrons = SumOverAtoms(operations, _atomicNumbers); // (crystals, 1)
        TensorValue turns = electrons * operations.Constant(_inversePeriods!); // (crystals, periods)
        TensorValue angles = (turns - operations.Floor(turns)) * (2 * Math.PI);
        return _projection.Apply(operations.Concatenate(
            logVolumePerAtom,
            operations.Logarithm(atomCounts),
            operations.Logarithm(electrons),
            operations.Sine(angles),
            operations.Cosine(angles),
            operations.Gather(operations.Parameter(_spaceGroups!), operations.Input(ModelInput.SpaceGroups))));
    }

    private static TensorValue SumOverAtoms(TensorOperations operations, ConstantReference perElement) => operations.SegmentSum(
        operations.Gather(operations.Constant(perElement), operations.Input(ModelInput.AtomicNumbers)),
        operations.Input(ModelInput.CrystalIndex),
        operations.Input(ModelInput.Lattices));

    /// <summary>|a · (b × c)|; the cross product as cyclic permutations of the components.</summary>
    private TensorValue Volumes(TensorOperations operations)
    {
        TensorValue lattices = operations.Input(ModelInput.Lattices); // (crystals, 3, 3)
        TensorValue a = operations.MatrixRow(lattices, 0), b = operations.MatrixRow(lattices, 1), c = operations.MatrixRow(lattices, 2);
        TensorValue forward = operations.Constant(_cycleForward), backward = operations.Constant(_cycleBackward);
        TensorValue cross = operations.Linear(b, forward, null) * operations.Linear(c, backward, null)
            - operations.Linear(b, backward, null) * operations.Linear(c, forward, null); // (crystals, 3)
        TensorValue signed = operations.SumColumns(a * cross); // negative for a left-handed basis
        return operations.SquareRoot(signed * signed);
    }
}
