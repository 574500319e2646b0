using System.Collections.Immutable;
using System.Globalization;
using Faithful.Datasets;

namespace Faithful.Cli.Energies;

/// <summary>
/// The formation energies that a model expects, as <c>predict --format csv</c> writes them: a column of the label's name, or one that ends with
/// <c>.value</c>, as far as it has numbers.
/// </summary>
internal sealed class ExpectedEnergies
{
    private const string Suffix = ".value";

    private readonly LabelTable _table;
    private readonly string _column;

    private ExpectedEnergies(LabelTable table, string column) => (_table, _column) = (table, column);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, CSV or TSV.</param>
    /// <param name="task">The task of the formation energies.</param>
    /// <returns>The energies.</returns>
    /// <exception cref="LabelException">The file has no such column, or several.</exception>
    /// <exception cref="Crystals.Formats.CrystalFormatException">The file is no table.</exception>
    public static ExpectedEnergies Read(string path, LearningTask task)
    {
        LabelTable table = LabelTable.Read(path);
        ImmutableArray<string> columns = [.. table.Columns.Where(column => column == task.LabelColumn || column.EndsWith(Suffix, StringComparison.Ordinal))];
        return columns is [string only]
            ? new ExpectedEnergies(table, only)
            : throw new LabelException(
                task.LabelColumn,
                $"one column of expected energies in {path}: \"{task.LabelColumn}\" or \"…{Suffix}\"",
                columns.IsEmpty ? $"the columns {string.Join(", ", table.Columns.Take(20))}" : string.Join(", ", columns));
    }

    /// <summary>Finds the energy of a crystal.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The energy, eV/atom; null when the file has none of this id, or no number.</returns>
    /// <exception cref="LabelException">The field is not empty and no finite number.</exception>
    public double? Find(string id)
    {
        if (!_table.TryFind(id, out LabelRow? row) || row.Labels.GetValueOrDefault(_column, "") is not { Length: > 0 } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new LabelException(_column, "an energy in eV/atom", $"\"{text}\"", row.Id, row.Origin);
    }
}
