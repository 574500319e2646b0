using System.CommandLine;
using System.CommandLine.Help;
using Faithful.Cli.Commands;
using Faithful.Cli.Output;

namespace Faithful.Cli;

/// <summary>The program <c>faithful</c>: parses a command line, runs its command, and turns every fault into one line and an exit code.</summary>
public static class FaithfulProgram
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="output">Standard output: results only.</param>
    /// <param name="error">Standard error: log, progress and faults.</param>
    /// <param name="cancellation">Ends the command early.</param>
    /// <returns>0 done, 1 the work failed, 2 wrong usage, 3 something is missing on the machine, 130 cancelled.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        try
        {
            RootCommand root = BuildRoot();
            ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
            {
                return UsageFault.Write(parsed, error);
            }

            var invocation = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return parsed.InvokeAsync(invocation, cancellation).GetAwaiter().GetResult();
        }
        catch (Exception fault)
        {
            return FaultReport.Write(fault, error);
        }
    }

    /// <summary>Puts the commands together; the order is that of the help text.</summary>
    /// <returns>The root of all commands.</returns>
    internal static RootCommand BuildRoot()
    {
        var root = new RootCommand(
            "Predicts properties of crystals from their structure alone.\n\n" +
            "The launcher ./faithful adds four commands: 'setup' prepares the machine, 'test' builds and runs all tests, " +
            "'benchmark' measures speed and memory, 'bundle' packs everything for a machine without .NET and without a network.")
        {
            HelpName = "faithful",
        };
        root.Add(CommonOptions.Json());
        root.Add(QuickstartCommand.Create());
        root.Add(PredictCommand.Create());
        root.Add(ModelsCommand.Create());
        root.Add(ServeCommand.Create());
        root.Add(SymmetryCommand.Create());
        root.Add(TrainCommand.Create());
        root.Add(SweepCommand.Create());
        root.Add(ExportCommand.Create());
        root.Add(CalibrateCommand.Create());
        root.Add(EnsembleCommand.Create());
        root.Add(ArraysCommand.Create());
        root.Add(EvaluateCommand.Create());
        root.Add(TablesCommand.Create());
        root.Add(FilterCommand.Create());
        root.Add(ExpandCommand.Create());
        root.Add(DatasetCommand.Create());
        root.Add(DoctorCommand.Create());
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        var helpAction = new HelpWithExamples((HelpAction)help.Action!);
        help.Action = helpAction;
        root.SetAction(parsed =>
        {
            helpAction.Invoke(parsed);
            return ExitCodes.WrongUsage;
        });
        return root;
    }
}
