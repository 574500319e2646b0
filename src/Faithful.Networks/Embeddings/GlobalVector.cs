using Faithful.Models;
using Faithful.Networks.Layers;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The global vector g of a crystal. Always volume per atom and the statistics of the elements' properties. Where the task may
/// use symmetry, the space group and the electrons of the primitive cell, whose number modulo small integers decides whether
/// bands can be filled (Watanabe et al. 2015, DOI 10.1073/pnas.1514665112), and the orbitals by site symmetry. Where it may
/// not, the shape of the reduced cell, the structure factors, and how far the crystal is from each rotation.
/// </summary>
public sealed class GlobalVector
{
    /// <summary>Electron counts are encoded on circles of these periods.</summary>
    private static readonly int[] Periods = [2, 4, 6, 8, 12, 16, 24, 32, 64, 128];

    private readonly bool _usesSymmetry;
    private readonly CellShape _cell;
    private readonly ConstantReference _atomicNumbers;
    private readonly ConstantReference _ones;
    private readonly CompositionStatistics? _statistics;
    private readonly ConstantReference? _inversePeriods;
    private readonly ParameterReference? _spaceGroups;
    private readonly SiteElectrons? _electrons;
    private readonly StructureFactors? _structureFactors;
    private readonly SymmetryResiduals? _residuals;
    private readonly SinusoidalGlobalVector? _sinusoids;
    private readonly LinearLayer _projection;
    private readonly TwoLayerPerceptron? _perceptron;

    /// <summary>Declares tables and parameters.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="usesSymmetry">Whether space group and primitive cell may be used.</param>
    /// <param name="width">The width of g.</param>
    /// <param name="encoding">What g is made of.</param>
    /// <param name="dropout">The share of hidden values that training drops.</param>
    public GlobalVector(
        ParameterLayout layout, string name, bool usesSymmetry, int width, GlobalEncoding encoding = GlobalEncoding.Invariant, double dropout = 0)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _usesSymmetry = usesSymmetry;
        _cell = new CellShape(layout, $"{name}.cell");
        _atomicNumbers = layout.AddConstant($"{name}.electrons", [.. Enumerable.Range(0, 119).Select(z => (float)z)], 119, 1);
        _ones = layout.AddConstant($"{name}.ones", [.. Enumerable.Repeat(1f, 119)], 119, 1);
        int inputWidth;
        if (encoding == GlobalEncoding.LatticeSines)
        {
            _sinusoids = new SinusoidalGlobalVector(layout, name, usesSymmetry);
            inputWidth = _sinusoids.Width;
        }
        else
        {
            inputWidth = 1;
            if (usesSymmetry)
            {
                _inversePeriods = layout.AddConstant(
                    $"{name}.inverse_periods", [.. Periods.Select(period => 1f / period)], 1, Periods.Length);
                _spaceGroups = layout.Add($"{name}.space_groups", ParameterInitialization.Normal, 231, width);
                inputWidth += 2 + 2 * Periods.Length + width;
            }

            if (encoding == GlobalEncoding.Invariant)
            {
                _statistics = new CompositionStatistics(layout, $"{name}.statistics");
                inputWidth += CompositionStatistics.Width;
                if (usesSymmetry)
                {
                    _electrons = new SiteElectrons(layout, $"{name}.site_electrons");
                    inputWidth += SiteElectrons.Width;
                }
                else
                {
                    _structureFactors = new StructureFactors(layout, $"{name}.structure_factors");
                    _residuals = new SymmetryResiduals(layout, $"{name}.symmetry");
                    inputWidth += CellShape.Width + StructureFactors.AmplitudeWidth + SymmetryResiduals.Width;
                }

                _perceptron = new TwoLayerPerceptron(layout, $"{name}.perceptron", inputWidth, 3 * width, width, dropout: dropout);
            }
        }

        Inputs =
        [
            ModelInput.AtomicNumbers,
            ModelInput.CrystalIndex,
            ModelInput.Lattices,
            .. usesSymmetry ? [ModelInput.SpaceGroups] : Array.Empty<ModelInput>(),
            .. _electrons is null ? Array.Empty<ModelInput>() : [ModelInput.SiteSymmetries],
            .. _structureFactors is null ? Array.Empty<ModelInput>() : [ModelInput.Positions],
        ];
        _projection = new LinearLayer(layout, $"{name}.projection", inputWidth, width);
    }

    /// <summary>Gets the inputs that the global vector reads.</summary>
    public IReadOnlyList<ModelInput> Inputs { get; }

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
        return operations.Logarithm(_cell.Volume(operations) / atomCounts);
    }

    /// <summary>Computes g.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="atomCounts">The number of atoms of each crystal, shape (crystals, 1).</param>
    /// <param name="logVolumePerAtom">log Å³, shape (crystals, 1).</param>
    /// <returns>Shape (crystals, width).</returns>
    public TensorValue Apply(TensorOperations operations, TensorValue atomCounts, TensorValue logVolumePerAtom)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue known = _sinusoids?.Apply(operations) ?? operations.Concatenate([.. Invariants(operations, atomCounts, logVolumePerAtom)]);
        TensorValue global = _projection.Apply(known);
        return _perceptron is null ? global : global + _perceptron.Apply(known);
    }

    private static TensorValue SumOverAtoms(TensorOperations operations, ConstantReference perElement) => operations.SegmentSum(
        operations.Gather(operations.Constant(perElement), operations.Input(ModelInput.AtomicNumbers)),
        operations.Input(ModelInput.CrystalIndex),
        operations.Input(ModelInput.Lattices));

    private IEnumerable<TensorValue> Invariants(TensorOperations operations, TensorValue atomCounts, TensorValue logVolumePerAtom)
    {
        yield return logVolumePerAtom;
        if (_usesSymmetry)
        {
            yield return operations.Logarithm(atomCounts); // of the primitive cell: without symmetry a supercell would differ
            TensorValue electrons = SumOverAtoms(operations, _atomicNumbers); // (crystals, 1)
            TensorValue turns = electrons * operations.Constant(_inversePeriods!); // (crystals, periods)
            TensorValue angles = Turns.ToAngles(turns);
            yield return operations.Logarithm(electrons);
            yield return operations.Sine(angles);
            yield return operations.Cosine(angles);
            yield return operations.Gather(operations.Parameter(_spaceGroups!), operations.Input(ModelInput.SpaceGroups));
        }

        if (_statistics is not null)
        {
            yield return _statistics.Apply(operations, atomCounts);
        }

        if (_electrons is not null)
        {
            yield return _electrons.Apply(operations, atomCounts);
        }

        if (_structureFactors is not null)
        {
            (TensorValue real, TensorValue imaginary) = _structureFactors.Apply(operations, atomCounts);
            yield return CellShape.Shape(operations, logVolumePerAtom);
            yield return StructureFactors.Amplitudes(real, imaginary);
            yield return _residuals!.Apply(operations, real, imaginary);
        }
    }
}
