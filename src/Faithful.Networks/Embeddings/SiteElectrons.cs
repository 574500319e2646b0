using Faithful.Crystals;
using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The valence electrons of the primitive cell by shell and by the site symmetry of their atom: the orbitals from which
/// topological quantum chemistry induces the band representations (Bradlyn et al. 2017, DOI 10.1038/nature23268).
/// </summary>
public sealed class SiteElectrons
{
    /// <summary>The number of site-symmetry point groups, with 0 for an unknown one.</summary>
    internal const int SiteSymmetries = 33;

    private const int Counted = 5; // atoms, and valence electrons in s, p, d and f shells

    private readonly ConstantReference _spreadSites;
    private readonly ConstantReference _spreadCounts;

    /// <summary>Declares the tables.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    public SiteElectrons(ParameterLayout layout, string name)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var sites = new float[SiteSymmetries * Width];
        var counts = new float[ElementEmbedding.TableRows * Width];
        for (int site = 0; site < SiteSymmetries; site++)
        {
            Array.Fill(sites, 1, site * Width + site * Counted, Counted);
        }

        foreach (Element element in Element.All)
        {
            for (int column = 0; column < Width; column++)
            {
                int shell = column % Counted - 1;
                counts[element.AtomicNumber * Width + column] = shell < 0 ? 1 : ElectronConfiguration.Of(element).Valence[shell];
            }
        }

        _spreadSites = layout.AddConstant($"{name}.sites", sites, SiteSymmetries, Width);
        _spreadCounts = layout.AddConstant($"{name}.counts", counts, ElementEmbedding.TableRows, Width);
    }

    /// <summary>Gets the number of counts.</summary>
    public static int Width => SiteSymmetries * Counted;

    /// <summary>Counts.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="atomCounts">The number of atoms of each crystal, shape (crystals, 1).</param>
    /// <returns>log (1 + count), shape (crystals, width).</returns>
    public TensorValue Apply(TensorOperations operations, TensorValue atomCounts)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue site = operations.Gather(operations.Constant(_spreadSites), operations.Input(ModelInput.SiteSymmetries));
        TensorValue count = operations.Gather(operations.Constant(_spreadCounts), operations.Input(ModelInput.AtomicNumbers));
        TensorValue sums = operations.SegmentSum(site * count, operations.Input(ModelInput.CrystalIndex), atomCounts);
        return operations.Logarithm(sums + 1);
    }
}
