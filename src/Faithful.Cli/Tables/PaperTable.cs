namespace Faithful.Cli.Tables;

/// <summary>
/// One table of results of the paper: K. Nop, J. Mundy, J. Smith and D. Paudyal, npj Comput. Mater. 2025, DOI 10.1038/s41524-025-01655-w. Its
/// crystals and its split are others than those of anybody else, so that a comparison is indicative.
/// </summary>
/// <param name="Number">The number that the paper gives it.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record PaperTable(int Number, string Title, IReadOnlyList<PaperColumn> Columns)
{
    /// <summary>Gets number and title as one text.</summary>
    public string Heading => FormattableString.Invariant($"Table {Number}: {Title}");

    /// <summary>Gets the tables, as they stand in the paper.</summary>
    public static IReadOnlyList<PaperTable> All { get; } =
    [
        new(1, "symmetry, told from the structure alone",
        [
            new("point-group", "point group, accuracy", [("baseline", 0.15), ("nnn", 0.14), ("cgnn", 0.78), ("ccnn", 0.81), ("cann", 0.73)]),
            new("space-group", "space group, accuracy", [("baseline", 0.10), ("nnn", 0.14), ("cgnn", 0.78), ("ccnn", 0.79), ("cann", 0.62)]),
        ]),
        new(2, "formation energy and magnetism",
        [
            new("formation-energy", "formation energy, MAE", [("baseline", 1.0), ("nnn", 0.26), ("cgnn", 0.10), ("ccnn", 0.19), ("cann", 0.11)]),
            new("magnetic-ordering", "magnetic ordering, accuracy", [("baseline", 0.54), ("nnn", 0.75), ("cgnn", 0.84), ("ccnn", 0.79), ("cann", 0.81)]),
        ]),
        new(3, "topological quantum chemistry",
        [
            new("tqc-basic", "TQC basic, accuracy", [("baseline", 0.49), ("gbt", 0.81), ("nnn", 0.72), ("cgnn", 0.83), ("ccnn", 0.76), ("cann", 0.80)]),
            new("tqc", "TQC advanced, accuracy", [("baseline", 0.49), ("gbt", 0.76), ("nnn", 0.65), ("cgnn", 0.80), ("ccnn", 0.71), ("cann", 0.75)]),
        ]),
    ];

    /// <summary>Gets the names of the tasks of all tables, in the paper's order.</summary>
    public static IReadOnlyList<string> Tasks { get; } = [.. All.SelectMany(table => table.Columns).Select(column => column.Task)];

    /// <summary>Gets the column of a task.</summary>
    /// <param name="task">One of <see cref="Tasks"/>.</param>
    /// <returns>The column.</returns>
    public static PaperColumn Column(string task) => All.SelectMany(table => table.Columns).First(column => column.Task == task);
}
