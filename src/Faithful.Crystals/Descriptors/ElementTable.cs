using System.Collections.Immutable;
using System.Globalization;

namespace Faithful.Crystals.Descriptors;

/// <summary>The table Data/elements.csv: measured properties of the elements, with the source of each column.</summary>
/// <remarks>
/// Lines that begin with <c>#</c> describe the columns (name, unit, description and source, with semicolons between them), the next one names them, and
/// then comes one line for each element in the order of the atomic numbers. An empty cell is a value that the source lacks.
/// </remarks>
internal sealed class ElementTable
{
    private const string ConfigurationColumn = "configuration";

    private readonly Dictionary<string, string[]> cells = new(StringComparer.Ordinal);

    private ElementTable(TextReader reader)
    {
        var descriptions = ImmutableArray.CreateBuilder<(string, string, string, string)>();
        string[]? names = null;
        var row = 0;
        while (reader.ReadLine() is string line)
        {
            if (line.StartsWith('#'))
            {
                if (line[1..].Split(';') is [var name, var unit, var description, var source])
                {
                    descriptions.Add((name.Trim(), unit.Trim(), description.Trim(), source.Trim()));
                }

                continue;
            }

            var words = line.Split(',');
            if (names is null)
            {
                names = words;
                foreach (var name in names)
                {
                    cells[name] = new string[Element.Count];
                }

                continue;
            }

            if (words.Length != names.Length || words[0] != Element.All[row].Symbol)
            {
                throw new InvalidDataException($"elements.csv: the line of {Element.All[row]} has {words.Length} cells and begins with {words[0]}.");
            }

            for (var column = 0; column < names.Length; column++)
            {
                cells[names[column]][row] = words[column];
            }

            row++;
        }

        Columns = [.. descriptions.Where(column => column.Item1 != ConfigurationColumn)];
        if (row != Element.Count || !names![2..].SequenceEqual(Columns.Select(column => column.Name)))
        {
            throw new InvalidDataException("elements.csv: the columns and those described differ, or elements are missing.");
        }
    }

    /// <summary>Gets the table that is part of the assembly.</summary>
    public static ElementTable Embedded { get; } = ReadEmbedded();

    /// <summary>Gets the columns of numbers in their order.</summary>
    public ImmutableArray<(string Name, string Unit, string Description, string Source)> Columns { get; }

    /// <summary>Gets an element's electrons as text.</summary>
    public string Configuration(Element element) => cells[ConfigurationColumn][element.AtomicNumber - 1];

    /// <summary>Gets a column; shape (118), NaN where the source has no value.</summary>
    public ImmutableArray<double> Values(string column) =>
        [.. cells[column].Select(cell => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture))];

    private static ElementTable ReadEmbedded()
    {
        using var reader = EmbeddedData.Open("elements.csv");
        return new(reader);
    }
}
