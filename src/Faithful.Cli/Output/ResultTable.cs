using Spectre.Console;

namespace Faithful.Cli.Output;

/// <summary>A table of results for people.</summary>
internal sealed class ResultTable
{
    private const int FileWidth = 240; // columns; a table in a file or pipe is never wrapped to the width of some terminal

    private readonly Table _table = new() { Border = TableBorder.Simple };

    /// <summary>Starts a table.</summary>
    /// <param name="columns">The headings; a heading that ends in <c>&gt;</c> has its column aligned to the right.</param>
    public ResultTable(params IEnumerable<string> columns)
    {
        foreach (string heading in columns)
        {
            bool isRight = heading.EndsWith('>');
            var column = new TableColumn(new Text(isRight ? heading[..^1] : heading)) { NoWrap = true };
            _table.AddColumn(isRight ? column.RightAligned() : column);
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One text a column.</param>
    public void Add(params IEnumerable<string> cells) => _table.AddRow(cells.Select(cell => new Text(cell)));

    /// <summary>Writes the table on standard output.</summary>
    /// <param name="context">The command.</param>
    public void Write(CommandContext context)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = context.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(context.Output),
        });
        if (!context.IsTerminal)
        {
            console.Profile.Width = FileWidth;
        }

        console.Write(_table);
    }
}
