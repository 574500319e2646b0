using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Datasets;

namespace Faithful.Cli.Input;

/// <summary>
/// The labels that come from files: the one that the user named, else the one that lies with the crystals in their folder or archive. Says in the log
/// what was joined. A command without the option <c>--labels</c> needs no labels and joins none.
/// </summary>
internal sealed class LabelInput
{
    private readonly CommandContext _context;
    private readonly bool _isAsked;
    private readonly List<LabelJoin> _joins = [];
    private readonly LabelJoin? _named;

    /// <summary>Reads the file that the user named.</summary>
    /// <param name="context">The command.</param>
    /// <exception cref="CrystalFormatException">The file is no table of labels.</exception>
    public LabelInput(CommandContext context)
    {
        _context = context;
        _isAsked = context.Arguments.CommandResult.Command.Options.Any(option => option.Name == CommonOptions.LabelsName);
        Path = _isAsked ? context.Arguments.GetValue<string?>(CommonOptions.LabelsName) : null;
        if (Path is not null)
        {
            _joins.Add(_named = new LabelJoin(LabelTable.Read(Path)));
        }
    }

    /// <summary>Gets the file that the user named; null when none was.</summary>
    public string? Path { get; }

    /// <summary>Gets what was joined so far, one report a file.</summary>
    public IReadOnlyList<LabelJoinReport> Reports => [.. _joins.Select(join => join.Report())];

    /// <summary>Finds the labels for a source.</summary>
    /// <param name="source">The source.</param>
    /// <returns>The labels, or null where there are none.</returns>
    /// <exception cref="CrystalFormatException">There is more than one file of labels, or it is no table of labels.</exception>
    public LabelJoin? For(string source)
    {
        if (!_isAsked || _named is not null)
        {
            return _named;
        }

        if (LabelFile.Read(source) is not LabelTable table)
        {
            return null;
        }

        var join = new LabelJoin(table);
        _joins.Add(join);
        return join;
    }

    /// <summary>Says what was joined; to be called when all crystals were read.</summary>
    /// <exception cref="CrystalFormatException">The labels of a file fit no crystal.</exception>
    public void Conclude()
    {
        foreach (LabelJoinReport report in Reports)
        {
            report.RequireMatch();
            _context.Log($"labels of {report}");
        }
    }
}
