using System.CommandLine;
using Faithful.Crystals.Formats;
using Faithful.Datasets;

namespace Faithful.Cli.Output;

/// <summary>Options that several commands share. Each call makes a new one, because an option belongs to one command.</summary>
internal static class CommonOptions
{
    /// <summary>The name of the option for JSON.</summary>
    public const string JsonName = "--json";

    /// <summary>The name of the option for the device.</summary>
    public const string DeviceName = "--device";

    /// <summary>The name of the option by which the first bad crystal ends the command.</summary>
    public const string StrictName = "--strict";

    /// <summary>The name of the option by which the cache of prepared crystals is not used.</summary>
    public const string NoCacheName = "--no-cache";

    /// <summary>The name of the option for disordered crystals.</summary>
    public const string OrderedOnlyName = "--ordered-only";

    /// <summary>What a source of crystals can be, for help texts.</summary>
    public const string SourceKinds =
        "POSCAR, CIF, extended XYZ (.xyz, .extxyz), materials JSONL or OPTIMADE JSON; gzipped, in a folder, or in a zip or tar archive; - for standard input";

    /// <summary>The name of the option for a file of labels.</summary>
    public const string LabelsName = "--labels";

    /// <summary>The name of the option for a table of further tasks.</summary>
    public const string TasksName = "--tasks";

    /// <summary>The name of the option for a split file.</summary>
    public const string SplitName = "--split";

    /// <summary>The name of the argument for what to read crystals from.</summary>
    public const string SourcesName = "sources";

    private const string SkipDisordered = "skip";

    /// <summary>Makes the option for JSON, which stands on the root and holds for every command.</summary>
    /// <returns>The option.</returns>
    public static Option<bool> Json() => new(JsonName)
    {
        Description = "Print one JSON document on standard output",
        Recursive = true,
    };

    /// <summary>Makes the argument for what to read crystals from.</summary>
    /// <returns>The argument.</returns>
    public static Argument<string[]> Sources()
    {
        var argument = new Argument<string[]>(SourcesName)
        {
            Description = $"What to read crystals from: {SourceKinds}",
            Arity = ArgumentArity.OneOrMore,
        };
        // A mistyped option would otherwise pass for a file that does not exist.
        argument.Validators.Add(result =>
        {
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => word.StartsWith('-') && word != CrystalSource.StandardInput))
            {
                result.AddError($"Unrecognized option '{word}'.");
            }
        });
        return argument;
    }

    /// <summary>Makes the option by which the first bad crystal ends the command.</summary>
    /// <returns>The option.</returns>
    public static Option<bool> Strict() => new(StrictName) { Description = "End at the first crystal with a fault instead of leaving it out" };

    /// <summary>Says whether the first bad crystal ends the command.</summary>
    /// <param name="context">The command.</param>
    /// <returns>True when the command has the option and it was given.</returns>
    public static bool IsStrict(CommandContext context) =>
        context.Arguments.GetResult(StrictName) is not null && context.Arguments.GetValue<bool>(StrictName);

    /// <summary>Makes the option by which prepared crystals are neither taken from the cache nor kept there.</summary>
    /// <returns>The option.</returns>
    public static Option<bool> NoCache() => new(NoCacheName)
    {
        Description = "Prepare the crystals anew, and do not keep them for the next time in artifacts/cache",
    };

    /// <summary>Says whether prepared crystals are taken from the cache and kept there.</summary>
    /// <param name="context">The command, which has the option.</param>
    /// <returns>False when the option was given.</returns>
    public static bool UsesCache(CommandContext context) => !context.Arguments.GetValue<bool>(NoCacheName);

    /// <summary>Makes the option for disordered crystals.</summary>
    /// <returns>The option.</returns>
    public static Option<string> OrderedOnly()
    {
        var option = new Option<string>(OrderedOnlyName)
        {
            Description = "What to do with crystals whose sites are partly occupied or mixed: refuse (each is an error) or skip",
            HelpName = "choice",
            DefaultValueFactory = _ => "refuse",
        };
        option.AcceptOnlyFromAmong("refuse", SkipDisordered);
        return option;
    }

    /// <summary>Says whether disordered crystals are passed over.</summary>
    /// <param name="context">The command.</param>
    /// <returns>True when the command has the option and it says so.</returns>
    public static bool SkipsDisordered(CommandContext context) =>
        context.Arguments.GetResult(OrderedOnlyName) is not null && context.Arguments.GetValue<string>(OrderedOnlyName) == SkipDisordered;

    /// <summary>Makes the option for a file of labels; commands that have it also join the one that lies with the crystals.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> Labels() => new(LabelsName)
    {
        Description = "Labels by id to join to the crystals: CSV or TSV with a header row [default: labels.csv in a folder or archive of crystals]",
        HelpName = "file",
    };

    /// <summary>Makes the option for a table of further tasks.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> Tasks() => new(TasksName)
    {
        Description = "Further tasks in JSON, as the project's own are in src/Faithful.Datasets/Tasks/tasks.json",
        HelpName = "file",
    };

    /// <summary>Makes the option for a split file.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> Split() => new(SplitName)
    {
        Description = "Split file of 'dataset split', or any JSON with the lists of ids training, validation and test",
        HelpName = "file",
    };

    /// <summary>Gets the tasks that have a name for a command.</summary>
    /// <param name="context">The command, which has the option.</param>
    /// <returns>The tasks of the project and those that the user added.</returns>
    public static LearningTaskTable TaskTable(CommandContext context) =>
        context.Arguments.GetValue<string?>(TasksName) is string path ? LearningTaskTable.Read(path) : LearningTaskTable.Standard;

    /// <summary>Makes the option for the device.</summary>
    /// <returns>The option.</returns>
    public static Option<string> Device()
    {
        var option = new Option<string>(DeviceName)
        {
            Description = "Where to compute: auto, cpu or cuda",
            HelpName = "device",
            DefaultValueFactory = _ => "auto",
        };
        option.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        return option;
    }
}
