using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Faithful.Cli.Composition;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Datasets;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>dataset split</c>: deals a source out to training, validation and test, and keeps the result.</summary>
internal static class DatasetSplitCommand
{
    private static readonly SplitOptions Defaults = new();

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var source = new Argument<string>("source") { Description = CommonOptions.SourceKinds };
        Option<string> kind = new("--kind")
        {
            Description = $"What stays together: {string.Join(", ", SplitKinds.Names)} (a group is one formula and space group, a prototype " +
                "one anonymous formula and space group)",
            HelpName = "kind",
            DefaultValueFactory = _ => SplitKinds.NameOf(Defaults.Kind),
        };
        kind.AcceptOnlyFromAmong([.. SplitKinds.Names]);
        Option<double> test = NumberOption.Create(
            "--test", "Share held back for the final measurement", "fraction", Defaults.TestFraction, f => f is >= 0 and < 1, "lie in [0, 1)");
        Option<double> validation = NumberOption.Create(
            "--validation", "Share that chooses the epoch", "fraction", Defaults.ValidationFraction, f => f is >= 0 and < 1, "lie in [0, 1)");
        Option<int> folds = NumberOption.Create(
            "--folds", "Folds instead of one test part: a split for each, every crystal held back in one of them", "k", 0, k => k is >= 2 and <= 1000, "lie in 2..1000");
        Option<string?> task = new("--task") { Description = "A task, or a label column, whose classes are counted in every part", HelpName = "task" };
        Option<string?> output = new("--out")
        {
            Description = "File to write for --split of 'train' and 'evaluate'; for folds one file each, named .fold-1-of-5 and so on",
            HelpName = "file",
        };
        var command = new ProgramCommand(
            "split",
            "Deal crystals out to training, validation and test, so that no group is divided. The result depends on the seed and on which " +
            "crystals there are, never on their order.",
            "faithful dataset split tqc.jsonl.gz --kind prototype --task tqc --out prototype.split.json",
            "faithful dataset split datasets/sample/sample.jsonl --kind chemical-system --folds 5 --out folds.split.json",
            "faithful train --task tqc --data tqc.jsonl.gz --split prototype.split.json --out artifacts/runs/unseen-prototypes");
        command.Add(source);
        command.Add(kind);
        command.Add(test);
        command.Add(validation);
        command.Add(folds);
        command.Add(NumberOption.Create("--seed", "Another seed deals the groups out anew", "n", Defaults.Seed, _ => true, "be a whole number"));
        command.Add(task);
        command.Add(output);
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Strict());
        command.Validators.Add(result =>
        {
            double heldBack = Given(result, folds) is double k ? (k >= 2 ? 1 / k : 0) : Given(result, test) ?? Defaults.TestFraction;
            if (heldBack + (Given(result, validation) ?? Defaults.ValidationFraction) >= 1)
            {
                result.AddError("The shares of test and validation must leave something to train on.");
            }
            else if (Given(result, folds) is not null && Given(result, test) is not null)
            {
                result.AddError("--test and --folds exclude each other: with folds a share of 1/k is held back.");
            }
        });
        command.SetWork(context => Run(
            context,
            context.Arguments.GetRequiredValue(source),
            new SplitOptions
            {
                Kind = SplitKinds.TryFind(context.Arguments.GetRequiredValue(kind), out SplitKind chosen) ? chosen : Defaults.Kind,
                TestFraction = context.Arguments.GetValue(test),
                ValidationFraction = context.Arguments.GetValue(validation),
                Folds = context.Arguments.GetValue(folds),
                Seed = context.Arguments.GetRequiredValue<int>("--seed"),
            },
            context.Arguments.GetValue(task),
            context.Arguments.GetValue(output)));
        return command;
    }

    /// <summary>Gets the number that was given for an option: null for none, NaN for a word that the option itself will refuse.</summary>
    private static double? Given(CommandResult result, Option option)
    {
        if (result.GetResult(option) is not { Implicit: false, Tokens: [Token word, ..] })
        {
            return null;
        }

        return double.TryParse(word.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
    }

    private static int Run(CommandContext context, string path, SplitOptions options, string? task, string? output)
    {
        LearningTaskTable tasks = CommonOptions.TaskTable(context);
        var input = new CrystalInput(context, [path]);
        SplitSource source = SplitSource.Read(context, input, options.Kind, task, tasks);
        if (source.Ids.Count == 0)
        {
            return ExitCodes.Failed; // the reason is on standard error already
        }

        if (source.SpaceGroupsFound > 0)
        {
            context.Log($"{source.SpaceGroupsFound} of {source.Ids.Count} crystals have no label space_group: spglib found theirs");
        }

        foreach (string id in source.WithoutSpaceGroup)
        {
            context.Log($"warning: {id}: spglib finds no space group; the crystal counts as of an unknown one");
        }

        string? digest = path == CrystalSource.StandardInput ? null : ContentDigest.OfSource(path, input.Labels.Path);
        List<SplitResult> results = [];
        foreach (int fold in Enumerable.Range(1, Math.Max(1, options.Folds)))
        {
            results.Add(Split(source, options with { Fold = fold }, path, digest, output));
        }

        if (context.IsJson)
        {
            context.WriteJson(json => SplitReport.Write(json, path, source, results, input.Bad));
        }
        else
        {
            SplitReport.Write(context, source, results);
        }

        return input.ExitCode;
    }

    private static SplitResult Split(SplitSource source, SplitOptions options, string path, string? digest, string? output)
    {
        DataSplit split = DataSplit.Create(source.Keys, options);
        SplitFile file = SplitFile.Create(split, source.Ids, options, path, digest);
        string? name = null;
        if (output is not null)
        {
            name = options.Folds == 0
                ? output
                : Path.ChangeExtension(output, FormattableString.Invariant($".fold-{options.Fold}-of-{options.Folds}{Path.GetExtension(output)}"));
            file.Write(name);
            SplitFile.Read(name).Apply(source.Ids).Verify(source.Keys); // what will be used is checked, not what was meant
        }

        return new SplitResult(options, file, name, SplitPart.Of(source, split), split.CrossingGroups(source.NearDuplicates).Length);
    }
}
