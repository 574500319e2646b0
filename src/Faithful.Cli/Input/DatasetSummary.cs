using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Datasets;

namespace Faithful.Cli.Input;

/// <summary>What a source of crystals holds, gathered while it is read.</summary>
internal sealed class DatasetSummary
{
    private readonly List<int> _sizes = [];
    private readonly HashSet<Element> _elements = [];
    private readonly HashSet<string> _formulas = [];
    private readonly HashSet<string> _systems = [];
    private readonly HashSet<string> _prototypes = [];
    private readonly Dictionary<string, LabelColumn> _labels = [];

    /// <summary>Gets the number of crystals.</summary>
    public int Count => _sizes.Count;

    /// <summary>Gets the elements that occur, by atomic number.</summary>
    public IReadOnlyList<Element> Elements => [.. _elements.OrderBy(element => element.AtomicNumber)];

    /// <summary>Gets the number of different reduced formulas.</summary>
    public int Formulas => _formulas.Count;

    /// <summary>Gets the number of different sets of elements.</summary>
    public int ChemicalSystems => _systems.Count;

    /// <summary>Gets the number of crystals whose space group is a label.</summary>
    public int WithSpaceGroup { get; private set; }

    /// <summary>Gets the number of different anonymous formulas with space group, among the crystals whose space group is a label.</summary>
    public int Prototypes => _prototypes.Count;

    /// <summary>Gets the columns of labels, by name.</summary>
    public IReadOnlyList<LabelColumn> Labels => [.. _labels.Values.OrderBy(column => column.Name, StringComparer.Ordinal)];

    /// <summary>Gets the number of atoms in the cell that a fraction of the crystals does not exceed.</summary>
    /// <param name="fraction">0 for the smallest cell, 0.5 for the middle one, 1 for the largest.</param>
    /// <returns>The number of atoms; 0 without crystals.</returns>
    public int AtomsAt(double fraction)
    {
        int[] sorted = [.. _sizes.Order()];
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Round(fraction * (sorted.Length - 1))];
    }

    /// <summary>Takes a crystal into account.</summary>
    /// <param name="record">The crystal and its labels.</param>
    public void Add(CrystalRecord record)
    {
        _sizes.Add(record.Crystal.Count);
        _elements.UnionWith(record.Crystal.Species);
        _formulas.Add(record.Crystal.ReducedFormula);
        _systems.Add(record.Crystal.ChemicalSystem);
        if (record.Labels.TryGetValue("space_group", out string? spaceGroup))
        {
            WithSpaceGroup++;
            _prototypes.Add(SplitKeys.Of(SplitKind.Prototype, record.Id, record.Crystal.Species, spaceGroup));
        }

        foreach ((string name, string label) in record.Labels)
        {
            if (!_labels.TryGetValue(name, out LabelColumn? column))
            {
                _labels[name] = column = new LabelColumn(name);
            }

            column.Add(label);
        }
    }
}
