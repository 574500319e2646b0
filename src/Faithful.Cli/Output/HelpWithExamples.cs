using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Faithful.Cli.Output;

/// <summary>The help of a command, followed by its examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private const int Width = 110; // columns, so that the text is the same on every terminal and in a file

    private readonly HelpAction _help;

    /// <summary>Adds examples to a help text.</summary>
    /// <param name="help">What writes the help without examples.</param>
    public HelpWithExamples(HelpAction help)
    {
        _help = help;
        _help.MaxWidth = Width;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is ProgramCommand { Examples: [_, ..] examples })
        {
            output.WriteLine("Examples:");
            foreach (string example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        return ExitCodes.Done;
    }
}
