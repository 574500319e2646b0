using Faithful.Crystals;
using Faithful.Networks.Layers;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The element vector, followed by a small perceptron. The vector of the paper is one-hot row ⊕ one-hot (column mod 2) ⊕ one-hot
/// ⌊column / 2⌋ of the left-step table (Nop et al. 2025, Figure 3, DOI 10.1038/s41524-025-01655-w). Row and column together name
/// an element, so the vectors of two elements always differ.
/// </summary>
public sealed class ElementEmbedding
{
    /// <summary>The rows of every table by atomic number: 0 stays empty, so that an atomic number is its row.</summary>
    internal const int TableRows = 119;

    private const int Rows = 8;
    private const int ColumnPairs = 16;
    private const int LeftStepWidth = Rows + 2 + ColumnPairs;

    private readonly ConstantReference? _table;
    private readonly ParameterReference? _learned;
    private readonly TwoLayerPerceptron? _perceptron;

    /// <summary>Declares the table and the perceptron.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="width">The width of the embedded vectors.</param>
    /// <param name="encoding">What an element is before anything is trained.</param>
    public ElementEmbedding(ParameterLayout layout, string name, int width, ElementEncoding encoding = ElementEncoding.LeftStep)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (encoding == ElementEncoding.Learned)
        {
            _learned = layout.Add($"{name}.vectors", ParameterInitialization.Normal, TableRows, width);
            return;
        }

        float[] table = Table(encoding);
        int tableWidth = table.Length / TableRows;
        _table = layout.AddConstant($"{name}.table", table, TableRows, tableWidth);
        _perceptron = new TwoLayerPerceptron(layout, name, tableWidth, 2 * width, width);
    }

    /// <summary>Gets the vectors of all elements, shape (119, width) in row-major order; row 0 is zero.</summary>
    /// <param name="encoding">What an element is; not <see cref="ElementEncoding.Learned"/>.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">The vectors are trained, so there is no table.</exception>
    public static float[] Table(ElementEncoding encoding = ElementEncoding.LeftStep) => encoding switch
    {
        ElementEncoding.LeftStep => LeftStepTable(),
        ElementEncoding.Properties => SideBySide(LeftStepTable(), ElementPropertyTable.Values()),
        ElementEncoding.OneHot => OneHotTable(),
        _ => throw new ArgumentException("learned element vectors have no table", nameof(encoding)),
    };

    /// <summary>Embeds atoms.</summary>
    /// <param name="atomicNumbers">int64, shape (atoms).</param>
    /// <returns>Shape (atoms, width).</returns>
    public TensorValue Apply(TensorValue atomicNumbers)
    {
        ArgumentNullException.ThrowIfNull(atomicNumbers);
        TensorOperations operations = atomicNumbers.Operations;

        // The 119 vectors are embedded before they are picked: less work than embedding every atom, and a server folds it away.
        return operations.Gather(
            _learned is null ? _perceptron!.Apply(operations.Constant(_table!)) : operations.Parameter(_learned), atomicNumbers);
    }

    private static float[] LeftStepTable()
    {
        var table = new float[TableRows * LeftStepWidth];
        foreach (Element element in Element.All)
        {
            Span<float> vector = table.AsSpan(element.AtomicNumber * LeftStepWidth, LeftStepWidth);
            vector[element.LeftStepRow] = 1;
            vector[Rows + element.LeftStepColumn % 2] = 1;
            vector[Rows + 2 + element.LeftStepColumn / 2] = 1;
        }

        return table;
    }

    private static float[] OneHotTable()
    {
        var table = new float[TableRows * (TableRows - 1)];
        for (int z = 1; z < TableRows; z++)
        {
            table[z * (TableRows - 1) + z - 1] = 1;
        }

        return table;
    }

    private static float[] SideBySide(float[] left, float[] right)
    {
        int leftWidth = left.Length / TableRows, rightWidth = right.Length / TableRows;
        return [.. Enumerable.Range(0, TableRows).SelectMany(z =>
            left[(z * leftWidth)..((z + 1) * leftWidth)].Concat(right[(z * rightWidth)..((z + 1) * rightWidth)]))];
    }
}
