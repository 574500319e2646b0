using System.CommandLine;
using Faithful.Cli.Correlations;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Datasets;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>dataset correlations</c>: how labels of a data set go together.</summary>
internal static class DatasetCorrelationsCommand
{
    private const string StandardLabels = "formation-energy,magnetic-ordering,tqc";

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var source = new Argument<string>("source") { Description = CommonOptions.SourceKinds };
        var of = new Option<string>("--of")
        {
            Description = "Tasks or label columns, two or more with commas between them; each pair is measured",
            HelpName = "labels",
            DefaultValueFactory = _ => StandardLabels,
        };
        var format = new Option<string>("--format") { Description = "text or markdown", HelpName = "format", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "markdown");
        Option<int> seed = NumberOption.Create("--seed", "Seed of the intervals", "n", 0, n => n >= 0, "be 0 or more");
        var command = new ProgramCommand(
            "correlations",
            "Say how labels go together, over the crystals that have both: of two classes their counts, Cramér's V and χ²; of a class and a number the means with 95 % " +
            "intervals and η²; of two numbers their correlations; of all the mutual information.",
            "faithful dataset correlations materials.jsonl.gz",
            "faithful dataset correlations tqc.jsonl.gz --of tqc,magnetic-ordering,band-gap --format markdown");
        command.Add(source);
        command.Add(of);
        command.Add(format);
        command.Add(seed);
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(
            context,
            context.Arguments.GetRequiredValue(source),
            context.Arguments.GetRequiredValue(of),
            context.Arguments.GetRequiredValue(format) == "markdown",
            context.Arguments.GetValue(seed)));
        return command;
    }

    private static int Run(CommandContext context, string source, string of, bool isMarkdown, int seed)
    {
        string[] names = of.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length < 2 || names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            throw new UsageException($"--of: expected two or more labels, each once; found '{of}'");
        }

        var input = new CrystalInput(context, [source]);
        List<LabelRow> rows = [];
        using (var progress = new ProgressLine(context, "reading"))
        {
            foreach (CrystalRecord record in input.Records())
            {
                rows.Add(new LabelRow(record.Id, record.Labels, record.Origin));
                progress.Report(rows.Count, input.Fraction);
            }
        }

        if (rows.Count == 0)
        {
            return ExitCodes.Failed; // the reason is on standard error already
        }

        LearningTaskTable table = CommonOptions.TaskTable(context);
        LearningTask[] tasks = [.. names.Select(name => table.Resolve(name, rows))];
        Target?[][] targets = [.. tasks.Select(task => Targets(task, rows))];
        List<ColumnRelation> relations = [];
        for (int first = 0; first < tasks.Length; first++)
        {
            for (int second = first + 1; second < tasks.Length; second++)
            {
                relations.Add(Relate(context, (tasks[first], targets[first]), (tasks[second], targets[second]), seed));
            }
        }

        Write(context, rows.Count, relations, isMarkdown);
        return input.ExitCode;
    }

    private static Target?[] Targets(LearningTask task, List<LabelRow> rows)
    {
        Target?[] targets = [.. rows.Select(row => task.TryGetTarget(row.Id, row.Labels, row.Origin, out Target target) ? target : (Target?)null)];
        return targets.Any(target => target is not null)
            ? targets
            : throw LabelException.NoLabel(task.LabelColumn, rows.Count, rows.SelectMany(row => row.Labels.Keys).Distinct().Order(StringComparer.Ordinal));
    }

    private static ColumnRelation Relate(CommandContext context, (LearningTask Task, Target?[] Targets) first, (LearningTask Task, Target?[] Targets) second, int seed)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        (Target, Target)[] both =
            [.. first.Targets.Zip(second.Targets).Where(pair => pair is { First: not null, Second: not null }).Select(pair => (pair.First!.Value, pair.Second!.Value))];
        return both.Length > 0
            ? new ColumnRelation(first.Task, second.Task, both, seed)
            : throw new LabelException(second.Task.LabelColumn, $"a crystal that has a label for {first.Task.Name}, too", "none");
    }

    private static void Write(CommandContext context, int crystals, List<ColumnRelation> relations, bool isMarkdown)
    {
        if (context.IsJson)
        {
            context.WriteJson(json => CorrelationJson.Write(json, crystals, relations));
        }
        else if (isMarkdown)
        {
            context.Output.Write(CorrelationText.Markdown(relations));
        }
        else
        {
            Table(CorrelationText.OverviewHeaders, CorrelationText.Overview(relations));
            foreach (ColumnRelation relation in relations)
            {
                if (CorrelationText.Table(relation) is (var headers, var rows))
                {
                    context.Output.WriteLine(CorrelationText.Title(relation));
                    Table(headers, rows);
                }
            }
        }

        void Table(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
        {
            var table = new ResultTable(headers);
            foreach (IReadOnlyList<string> row in rows)
            {
                table.Add(row);
            }

            table.Write(context);
        }
    }
}
