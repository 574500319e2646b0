using System.CommandLine;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Models;

namespace Faithful.Cli.Commands;

/// <summary>The options of the commands that fit something on the validation part: which models, on which crystals.</summary>
internal static class FittingOptions
{
    /// <summary>The name of the option for the data.</summary>
    public const string DataName = "--data";

    /// <summary>The name of the option for the share of true values that a half-width holds.</summary>
    public const string CoverageName = "--coverage";

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="models">What the models are for, for the help text.</param>
    public static void Add(Command command, string models)
    {
        Option<string[]> model = ModelSelection.ModelOption();
        model.Description = models;
        model.Required = true;
        model.DefaultValueFactory = null;
        command.Add(model);
        command.Add(new Option<string>(DataName)
        {
            Description = "Labelled crystals, those that the models were trained on: their validation part is used",
            HelpName = "source",
            Required = true,
        });
        command.Add(CommonOptions.Split());
        command.Add(NumberOption.Create(
            CoverageName,
            "Of numbers: the share of true values that shall lie within the half-width",
            "share",
            ConformalInterval.DefaultCoverage,
            share => share is > 0 and < 1,
            "lie between 0 and 1"));
        command.Add(CommonOptions.Device());
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.NoCache());
        command.Add(CommonOptions.Strict());
        // Models are named, so that none is picked by its task; ModelSelection asks for the option all the same.
        command.Add(new Option<string?>(ModelSelection.TaskName) { Hidden = true });
    }
}
