using Faithful.Crystals;
using Faithful.Networks.Layers;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The element vector of the paper, one-hot row ⊕ one-hot (column mod 2) ⊕ one-hot ⌊column / 2⌋ of the left-step table
/// (Nop et al. 2025, Figure 3, DOI 10.1038/s41524-025-01655-w), followed by a small perceptron. Row and column together name
/// an element, so the vectors of two elements always differ.
/// </summary>
public sealed class ElementEmbedding
{
    private const int Rows = 8;
    private const int ColumnPairs = 16;
    private const int VectorWidth = Rows + 2 + ColumnPairs;
    private const int Elements = 119; // row 0 stays empty, so that an atomic number is its row

    private readonly ConstantReference _table;
    private readonly TwoLayerPerceptron _perceptron;

    /// <summary>Declares the table and the perceptron.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="width">The width of the embedded vectors.</param>
    public ElementEmbedding(ParameterLayout layout, string name, int width)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _table = layout.AddConstant($"{name}.table", Table(), Elements, VectorWidth);
        _perceptron = new TwoLayerPerceptron(layout, name, VectorWidth, 2 * width, width);
    }

    /// <summary>Gets the vectors of all elements, shape (119, 26) in row-major order; row 0 is zero.</summary>
    /// <returns>The table.</returns>
    public static float[] Table()
    {
        var table = new float[Elements * VectorWidth];
        foreach (Element element in Element.All)
        {
            Span<float> vector = table.AsSpan(element.AtomicNumber * VectorWidth, VectorWidth);
            vector[element.LeftStepRow] = 1;
            vector[Rows + element.LeftStepColumn % 2] = 1;
            vector[Rows + 2 + element.LeftStepColumn / 2] = 1;
        }

        return table;
    }

    /// <summary>Embeds atoms.</summary>
    /// <param name="atomicNumbers">int64, shape (atoms).</param>
    /// <returns>Shape (atoms, width).</returns>
    public TensorValue Apply(TensorValue atomicNumbers)
    {
        ArgumentNullException.ThrowIfNull(atomicNumbers);
        TensorOperations operations = atomicNumbers.Operations;

        // The 119 vectors are embedded before they are picked: less work than embedding every atom, and a server folds it away.
        return operations.Gather(_perceptron.Apply(operations.Constant(_table)), atomicNumbers);
    }
}
