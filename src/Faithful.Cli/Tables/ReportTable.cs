namespace Faithful.Cli.Tables;

/// <summary>A table of texts, ready for every form of output.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Headers">The headings of the columns.</param>
/// <param name="Rows">One text a column.</param>
internal sealed record ReportTable(string Title, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows);
