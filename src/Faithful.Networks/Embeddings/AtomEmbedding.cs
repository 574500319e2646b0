using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>The vector of an atom: of its element, and of its site symmetry where the network may know it.</summary>
public sealed class AtomEmbedding
{
    private readonly ElementEmbedding _elements;
    private readonly ParameterReference? _sites;

    /// <summary>Declares tables and parameters.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="width">The width of the vectors.</param>
    /// <param name="encoding">What an element is before anything is trained.</param>
    /// <param name="readsSites">Whether the site symmetry is read.</param>
    public AtomEmbedding(ParameterLayout layout, string name, int width, ElementEncoding encoding, bool readsSites)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _elements = new ElementEmbedding(layout, name, width, encoding);
        _sites = readsSites ? layout.Add($"{name}.sites", ParameterInitialization.Normal, SiteElectrons.SiteSymmetries, width) : null;
        Inputs = readsSites ? [ModelInput.AtomicNumbers, ModelInput.SiteSymmetries] : [ModelInput.AtomicNumbers];
    }

    /// <summary>Gets the inputs that are read.</summary>
    public IReadOnlyList<ModelInput> Inputs { get; }

    /// <summary>Embeds the atoms of the batch.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>Shape (atoms, width).</returns>
    public TensorValue Apply(TensorOperations operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue elements = _elements.Apply(operations.Input(ModelInput.AtomicNumbers));
        return _sites is null
            ? elements
            : elements + operations.Gather(operations.Parameter(_sites), operations.Input(ModelInput.SiteSymmetries));
    }
}
