using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// What each species does in the cell, without an origin and without an order of the atoms: its share of the atoms, their
/// number, their site symmetries, and for the shortest reflections its structure factor, by itself and relative to that of
/// the whole crystal, so that two species on one sublattice differ from two on opposite ones.
/// </summary>
/// <remarks>Letters: B bins of the batch, bins a crystal · crystals b, H reflections.</remarks>
public sealed class SpeciesArrangement
{
    private const int GreatestIndex = 1;

    private readonly bool _usesSites;
    private readonly ConstantReference _reflections;
    private readonly ConstantReference _weights;
    private readonly ConstantReference? _oneHotSites;
    private readonly int _reflectionCount;

    /// <summary>Declares the tables.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="usesSites">Whether site symmetries are read.</param>
    public SpeciesArrangement(ParameterLayout layout, string name, bool usesSites)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _usesSites = usesSites;
        float[] reflections = [.. StructureFactors.HalfSphere(GreatestIndex).SelectMany(h => new float[] { h.H, h.K, h.L })];
        _reflectionCount = reflections.Length / 3;
        _reflections = layout.AddConstant($"{name}.reflections", reflections, _reflectionCount, 3);
        float[] weights = [.. StructureFactors.Weights().Where((_, i) => i % StructureFactors.Sets == 0)]; // the positive set
        _weights = layout.AddConstant($"{name}.weights", weights, ElementEmbedding.TableRows, 1);
        if (usesSites)
        {
            int sites = SiteElectrons.SiteSymmetries;
            float[] identity = [.. Enumerable.Range(0, sites * sites).Select(i => i / sites == i % sites ? 1f : 0f)];
            _oneHotSites = layout.AddConstant($"{name}.sites", identity, sites, sites);
        }
    }

    /// <summary>Gets the number of values of a bin.</summary>
    public int Width => 2 + (_usesSites ? SiteElectrons.SiteSymmetries : 0) + 3 * _reflectionCount;

    /// <summary>Describes the bins.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="bin">The bin of each atom, int64, shape (atoms), ascending.</param>
    /// <param name="sizes">The atoms in each bin, shape (B, 1).</param>
    /// <param name="atomCounts">The number of atoms of each crystal, shape (b, 1).</param>
    /// <returns>Shape (B, width); zeros in the spectra of an empty bin.</returns>
    public TensorValue Apply(TensorOperations operations, TensorValue bin, TensorValue sizes, TensorValue atomCounts)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(sizes);
        TensorValue perCrystal = operations.Reshape(atomCounts, -1, 1, 1); // (b, 1, 1)
        int bins = NnnOptions.PaperBins.Count;
        TensorValue share = operations.Reshape(operations.Reshape(sizes, -1, bins, 1) / perCrystal, -1, 1);
        List<TensorValue> parts = [share, operations.Logarithm(sizes + 1)];
        if (_usesSites)
        {
            TensorValue sites = operations.Gather(operations.Constant(_oneHotSites!), operations.Input(ModelInput.SiteSymmetries));
            parts.Add(operations.Logarithm(operations.SegmentSum(sites, bin, sizes) + 1));
        }

        parts.AddRange(Spectra(operations, bin, sizes));
        return operations.Concatenate(parts);
    }

    private IEnumerable<TensorValue> Spectra(TensorOperations operations, TensorValue bin, TensorValue sizes)
    {
        int bins = NnnOptions.PaperBins.Count;
        TensorValue angles = Turns.ToAngles(
            operations.Linear(operations.Input(ModelInput.Positions), operations.Constant(_reflections), null)); // (atoms, H)
        TensorValue mean = operations.Rectify(sizes + -1) + 1; // the size, and 1 for an empty bin
        TensorValue real = PerBin(operations.SegmentSum(operations.Cosine(angles), bin, sizes) / mean); // (b, bins, H)
        TensorValue imaginary = PerBin(operations.SegmentSum(operations.Sine(angles), bin, sizes) / mean);

        // The factors of the whole crystal: those of the bins, weighted by element and by number.
        TensorValue weight = operations.SegmentSum(
            operations.Gather(operations.Constant(_weights), operations.Input(ModelInput.AtomicNumbers)), bin, sizes); // (B, 1)
        TensorValue share = operations.Reshape(weight, -1, bins, 1); // (b, bins, 1)
        TensorValue total = operations.Reshape(operations.SumRows(share), -1, 1, 1);
        TensorValue crystalReal = Whole(real), crystalImaginary = Whole(imaginary); // (b, 1, H)
        yield return Flat(real * real + imaginary * imaginary);
        yield return Flat(real * crystalReal + imaginary * crystalImaginary);
        yield return Flat(imaginary * crystalReal - real * crystalImaginary);

        TensorValue PerBin(TensorValue value) => operations.Reshape(value, -1, bins, _reflectionCount);
        TensorValue Whole(TensorValue value) => operations.Reshape(operations.SumRows(value * share), -1, 1, _reflectionCount) / total;
        TensorValue Flat(TensorValue value) => operations.Reshape(value, -1, _reflectionCount);
    }
}
