namespace Faithful.Datasets;

/// <summary>How a <see cref="LabelTable"/> is read and written.</summary>
public sealed record LabelTableOptions
{
    /// <summary>
    /// Gets the name of the column of ids; capital letters do not count. The default value null means <c>id</c>,
    /// <c>material_id</c> or <c>name</c>, whichever of them there is in this order, else the first column.
    /// </summary>
    public string? IdColumn { get; init; }

    /// <summary>
    /// Gets what separates fields: any ASCII character but a quotation mark, a blank or a line break. The default value null means a tab for
    /// names that end with <c>.tsv</c> or <c>.tab</c> (also with <c>.gz</c>) and a comma for others.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>Gets the separator for a file.</summary>
    /// <param name="name">The name of the file.</param>
    /// <returns>The separator.</returns>
    /// <exception cref="ArgumentException">The separator is one of those that are excluded.</exception>
    internal char DelimiterOf(string name)
    {
        if (Delimiter is '"' or ' ' or '\r' or '\n' or > '\u007f')
        {
            throw new ArgumentException($"{nameof(Delimiter)} must be an ASCII character, and no quotation mark, blank or line break.");
        }

        var plain = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        var isTab = plain.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || plain.EndsWith(".tab", StringComparison.OrdinalIgnoreCase);
        return Delimiter ?? (isTab ? '\t' : ',');
    }
}
