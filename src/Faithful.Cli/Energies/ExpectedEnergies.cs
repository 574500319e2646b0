using System.Globalization;
using Faithful.Cli.Composition;
using Faithful.Datasets;

namespace Faithful.Cli.Energies;

/// <summary>
/// The formation energies that a model expects, as <c>predict --format csv</c> writes them: a column of the label's name, or one that ends with
/// <c>.value</c>, as far as it has numbers.
/// </summary>
internal sealed class ExpectedEnergies
{
    private readonly LabelTable _table;
    private readonly string _column;

    private ExpectedEnergies(LabelTable table, string column) => (_table, _column) = (table, column);

    /// <summary>Takes the energies of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="task">The task of the formation energies.</param>
    /// <returns>The energies.</returns>
    /// <exception cref="LabelException">The table has no such column, or several.</exception>
    public static ExpectedEnergies Of(LabelTable table, LearningTask task) => new(table, PredictionColumn.Find(table, task.LabelColumn, ".value", "expected energies"));

    /// <summary>Finds the energy of a crystal.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The energy, eV/atom; null when the table has none of this id, or an empty field.</returns>
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
