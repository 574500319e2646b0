using System.Collections.Immutable;
using Faithful.Datasets;

namespace Faithful.Cli.Composition;

/// <summary>Columns of a table that <c>predict --format csv</c> wrote, or that have plain names.</summary>
internal static class PredictionColumn
{
    /// <summary>Finds the one column of a name, or that ends as columns of models do.</summary>
    /// <param name="table">The table.</param>
    /// <param name="name">The plain name.</param>
    /// <param name="ending">The ending of a model's column, such as <c>.value</c>.</param>
    /// <param name="what">What the column holds, for the error.</param>
    /// <returns>The column's name.</returns>
    /// <exception cref="LabelException">There is no such column, or several.</exception>
    public static string Find(LabelTable table, string name, string ending, string what)
    {
        ImmutableArray<string> columns = [.. table.Columns.Where(column => column == name || column.EndsWith(ending, StringComparison.Ordinal))];
        return columns is [string only]
            ? only
            : throw new LabelException(
                name,
                $"one column of {what} in {table.Source}: \"{name}\" or \"…{ending}\"",
                columns.IsEmpty ? $"the columns {string.Join(", ", table.Columns.Take(20))}" : string.Join(", ", columns));
    }
}
