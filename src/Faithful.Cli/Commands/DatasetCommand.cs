using System.CommandLine;
using Faithful.Cli.Output;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>dataset</c>: what can be done with data sets, each a command of its own.</summary>
internal static class DatasetCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create() => new ProgramCommand(
        "dataset",
        "Look into, convert, purify and split data sets, describe their crystals in numbers, relate their labels, tell formation energies from total ones, " +
        "pack them for training, make the sample.")
    {
        DatasetInfoCommand.Create(),
        DatasetConvertCommand.Create(),
        DatasetPurifyCommand.Create(),
        DatasetPackCommand.Create(),
        DatasetSampleCommand.Create(),
        DatasetDescribeCommand.Create(),
        DatasetSplitCommand.Create(),
        DatasetCorrelationsCommand.Create(),
        DatasetEnergiesCommand.Create(),
    };
}
