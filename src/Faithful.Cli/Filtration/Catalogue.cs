using System.Globalization;
using Faithful.Cli.Composition;
using Faithful.Crystals;
using Faithful.Models.Packing;

namespace Faithful.Cli.Filtration;

/// <summary>The crystals of a catalogue, to be found by formula and by prototype.</summary>
internal sealed class Catalogue
{
    private const string SpaceGroupColumn = "space_group";

    private readonly CatalogueEntry[] _entries;
    private readonly ILookup<string, CatalogueEntry> _byFormula;
    private readonly ILookup<(string Anonymous, int SpaceGroup), CatalogueEntry> _byPrototype;

    /// <summary>Reads the rows.</summary>
    /// <param name="rows">The crystals with the labels of the catalogue.</param>
    public Catalogue(PackedRows rows)
    {
        _entries = [.. rows.Rows.Select((row, place) => Entry(rows.Data, row, place))];
        _byFormula = _entries.ToLookup(entry => entry.Formula);
        _byPrototype = _entries.ToLookup(entry => entry.Prototype);
    }

    /// <summary>Gets the crystals in the order of the rows.</summary>
    public IReadOnlyList<CatalogueEntry> Entries => _entries;

    /// <summary>Finds the other crystals of the same formula: phases of one material, and repeated entries.</summary>
    /// <param name="entry">The crystal.</param>
    /// <returns>By space group, then by id.</returns>
    public IEnumerable<CatalogueEntry> Duplicates(CatalogueEntry entry) => _byFormula[entry.Formula]
        .Where(other => other.Row != entry.Row)
        .OrderBy(other => other.SpaceGroup).ThenBy(other => other.Id, StringComparer.Ordinal);

    /// <summary>Finds crystals of the same prototype (anonymous formula and space group) and another formula.</summary>
    /// <param name="entry">The crystal.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Those with the most similar elements first.</returns>
    public IEnumerable<CatalogueEntry> Neighbors(CatalogueEntry entry, int count) => entry.SpaceGroup == 0
        ? []
        : _byPrototype[entry.Prototype]
            .Where(other => other.Formula != entry.Formula)
            .OrderBy(entry.Distance).ThenBy(other => other.Id, StringComparer.Ordinal)
            .Take(count);

    private static CatalogueEntry Entry(PackedDataset data, PackedRow row, int place)
    {
        var composition = data.Composition(row.Index);
        return new CatalogueEntry(
            place,
            row.Labels.Id,
            data.ReducedFormula(row.Index),
            ChemicalFormula.Anonymous(composition),
            SpaceGroup(data, row),
            row.Target.ClassIndex,
            CatalogueEntry.Count(composition));
    }

    private static int SpaceGroup(PackedDataset data, PackedRow row)
    {
        if (int.TryParse(row.Labels.Labels.GetValueOrDefault(SpaceGroupColumn, ""), NumberStyles.None, CultureInfo.InvariantCulture, out int labelled))
        {
            return labelled;
        }

        using PackedCrystal crystal = data.View(row.Index);
        return crystal.SpaceGroup;
    }
}
