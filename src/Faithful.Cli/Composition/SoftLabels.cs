using System.Globalization;
using Faithful.Datasets;
using Faithful.Models;

namespace Faithful.Cli.Composition;

/// <summary>
/// The answers of other models for crystals without a label: how probable each class is (Hinton et al. 2015, arXiv:1503.02531).
/// A CSV file with a column of ids and for each class a column of its name, or one that ends with a colon and its name.
/// </summary>
internal sealed class SoftLabels
{
    /// <summary>The largest difference from 1 that the probabilities of a crystal may add up to: they are printed with few digits.</summary>
    private const double Tolerance = 0.01;

    private readonly LabelTable _table;
    private readonly ModelTask _task;
    private readonly string[] _columns;

    private SoftLabels(LabelTable table, ModelTask task, string[] columns, string sha256)
    {
        (_table, _task, _columns) = (table, task, columns);
        Sha256 = sha256;
    }

    /// <summary>Gets the file.</summary>
    public string Path => _table.Source;

    /// <summary>Gets the SHA-256 of the file, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="task">The classification whose classes it is about.</param>
    /// <returns>The answers.</returns>
    /// <exception cref="LabelException">The task is a regression, or a class has no column, or several.</exception>
    /// <exception cref="Crystals.Formats.CrystalFormatException">The file is no table.</exception>
    public static SoftLabels Read(string path, ModelTask task)
    {
        LabelTable table = LabelTable.Read(path);
        if (task.Kind != TaskKind.Classification)
        {
            throw new LabelException(path, "a classification, whose classes are more or less probable", $"the regression {task.Name}");
        }

        string[] columns = [.. task.Classes.Select(name => PredictionColumn.Find(table, name, ":" + name, $"the probabilities of {name}"))];
        return new SoftLabels(table, task, columns, ContentDigest.OfPath(path));
    }

    /// <summary>Finds the answer for a crystal.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The probability of each class, adding up to 1; null when the file has none of this id.</returns>
    /// <exception cref="LabelException">A field is no probability, or they do not add up to 1.</exception>
    public float[]? Find(string id)
    {
        if (!_table.TryFind(id, out LabelRow? row))
        {
            return null;
        }

        double[] values = Array.ConvertAll(_columns, column => Probability(row, column));
        double sum = values.Sum();
        return Math.Abs(sum - 1) <= Tolerance
            ? Array.ConvertAll(values, value => (float)(value / sum))
            : throw new LabelException(
                _task.Name, "probabilities that add up to 1", sum.ToString("0.####", CultureInfo.InvariantCulture), row.Id, row.Origin);
    }

    private static double Probability(LabelRow row, string column)
    {
        string text = row.Labels.GetValueOrDefault(column, "");
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= 1
            ? value
            : throw new LabelException(column, "a probability in 0..1", $"\"{text}\"", row.Id, row.Origin);
    }
}
