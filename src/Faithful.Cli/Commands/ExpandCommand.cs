using System.CommandLine;
using Faithful.Cli.Expansion;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Serving;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>expand</c>: what models say of crystals whose atoms move apart.</summary>
internal static class ExpandCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        Option<double> to = NumberOption.Create("--to", "Largest factor", "r", 3.0, r => r is > 1 and <= 100, "lie above 1 and be at most 100");
        Option<int> steps = NumberOption.Create("--steps", "Number of factors, 1 and the largest among them, evenly spaced", "n", 21, n => n is >= 2 and <= 1000, "lie in 2..1000");
        Option<int?> sample = NumberOption.Create<int>("--sample", "Of a set: that many crystals, drawn at random [default: all]", "n", n => n >= 1, "be 1 or more");
        Option<int> seed = NumberOption.Create("--seed", "Seed of the draw", "n", 0, n => n >= 0, "be 0 or more");
        Option<string> part = new("--part") { Description = "With --split: the part of the set: test, validation or train", HelpName = "part", DefaultValueFactory = _ => "test" };
        part.AcceptOnlyFromAmong("test", "validation", "train");
        Option<string?> report = new("--report") { Description = "HTML file for the result with charts", HelpName = "file" };
        var command = new ProgramCommand(
            "expand",
            "Predict crystals while all distances between their atoms are multiplied by r. In the atomic limit, r large, a topological class must end as trivial: of a set " +
            "of crystals the share for which it does, and the r from which on. Symmetry stays; neighbours beyond the reach of a network are lost.",
            "faithful expand POSCAR --task tqc",
            "faithful expand datasets/examples/Bi2Se3.poscar --model onnx/cgnn-tqc --to 4 --report expansion.html",
            "faithful expand tqc.jsonl.gz --task tqc --sample 2000 --report limit.html");
        command.Add(CommonOptions.Sources());
        command.Add(ModelSelection.ModelOption());
        command.Add(ModelSelection.TaskOption());
        command.Add(to);
        command.Add(steps);
        command.Add(sample);
        command.Add(seed);
        command.Add(CommonOptions.Split());
        command.Add(part);
        command.Add(report);
        command.Add(CommonOptions.Device());
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Strict());
        command.SetWork(context =>
        {
            double[] factors = Factors(context.Arguments.GetValue(to), context.Arguments.GetValue(steps));
            return Run(
                context,
                factors,
                input => Choose(context, input, context.Arguments.GetValue(part)!, context.Arguments.GetValue(sample), context.Arguments.GetValue(seed)),
                context.Arguments.GetValue(report));
        });
        return command;
    }

    private static double[] Factors(double to, int steps) => [.. Enumerable.Range(0, steps).Select(step => step == 0 ? 1 : 1 + ((to - 1) * step / (steps - 1)))];

    private static int Run(CommandContext context, double[] factors, Func<CrystalInput, List<CrystalRecord>> choose, string? report)
    {
        var input = new CrystalInput(context, context.Arguments.GetRequiredValue<string[]>(CommonOptions.SourcesName));
        IReadOnlyList<CrystalPredictor> predictors = ModelSelection.Open(context, input);
        try
        {
            List<CrystalRecord> records = choose(input);
            var session = new ExpansionSession(context, predictors, CommonOptions.TaskTable(context), factors);
            if (records.Count == 1)
            {
                WriteCrystal(context, factors, records[0], session.Follow(records[0]), report);
            }
            else if (records.Count > 1)
            {
                WriteSet(context, factors, records.Count, session.Measure(records), report);
            }

            input.Summarize("expanded", records.Count);
            return input.ExitCode;
        }
        finally
        {
            foreach (CrystalPredictor predictor in predictors)
            {
                predictor.Dispose();
            }
        }
    }

    /// <summary>Reads the crystals of the part, and draws from them; their order is that of the sources.</summary>
    private static List<CrystalRecord> Choose(CommandContext context, CrystalInput input, string part, int? count, int seed)
    {
        HashSet<string>? wanted = null;
        if (context.Arguments.GetValue<string?>(CommonOptions.SplitName) is string path)
        {
            SplitFile split = SplitFile.Read(path);
            wanted = [.. part switch { "test" => split.Test, "validation" => split.Validation, _ => split.Training }];
        }

        List<CrystalRecord> records = [.. input.Records().Where(record => wanted is null || wanted.Contains(record.Id))];
        if (records.Count == 0 && input.Bad == 0)
        {
            throw new UsageException($"expected at least one crystal{(wanted is null ? "" : $" of the {part} part")}, found none");
        }

        if (count >= records.Count || count is null)
        {
            return records;
        }

        int[] rows = [.. Enumerable.Range(0, records.Count)];
        new Random(seed).Shuffle(rows);
        return [.. rows.Take(count.Value).Order().Select(row => records[row])];
    }

    private static void WriteCrystal(CommandContext context, double[] factors, CrystalRecord record, IReadOnlyList<CrystalExpansion> models, string? report)
    {
        if (report is not null)
        {
            ExpansionReport.Write(report, factors, record, models);
        }

        if (context.IsJson)
        {
            context.WriteJson(json => ExpansionJson.Write(json, factors, record, models));
            return;
        }

        Write(context, ExpansionText.CrystalHeaders(models), ExpansionText.Crystal(factors, models));
        foreach (string turning in models.Select(model => ExpansionText.Turning(factors, model)).OfType<string>())
        {
            context.Output.WriteLine(turning);
        }

        WriteEnd(context, report);
    }

    private static void WriteSet(CommandContext context, double[] factors, int crystals, IReadOnlyList<ModelExpansion> models, string? report)
    {
        if (report is not null)
        {
            ExpansionReport.Write(report, factors, crystals, models);
        }

        if (context.IsJson)
        {
            context.WriteJson(json => ExpansionJson.Write(json, factors, crystals, models));
            return;
        }

        Write(context, ExpansionText.SetHeaders, ExpansionText.Set(models));
        WriteEnd(context, report);
    }

    private static void Write(CommandContext context, IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var table = new ResultTable(headers);
        foreach (IReadOnlyList<string> row in rows)
        {
            table.Add(row);
        }

        table.Write(context);
    }

    private static void WriteEnd(CommandContext context, string? report)
    {
        if (report is not null)
        {
            context.Output.WriteLine($"wrote {report}");
        }
    }
}
