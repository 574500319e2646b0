using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Datasets;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>dataset info</c>: what a source of crystals holds.</summary>
internal static class DatasetInfoCommand
{
    private const int ClassesShown = 6; // in the text; --json has them all

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var source = new Argument<string>("source") { Description = CommonOptions.SourceKinds };
        var command = new ProgramCommand(
            "info",
            "Say what a data set holds: crystals, sizes, elements, labels, and the tasks that it can train.",
            "faithful dataset info datasets/sample/sample.jsonl",
            "faithful dataset info crystals --labels labels.csv",
            "faithful dataset info tqc.jsonl.gz --json");
        command.Add(source);
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(context, context.Arguments.GetRequiredValue(source)));
        return command;
    }

    private static int Run(CommandContext context, string source)
    {
        LearningTaskTable tasks = CommonOptions.TaskTable(context);
        var input = new CrystalInput(context, [source]);
        var summary = new DatasetSummary();
        using (var progress = new ProgressLine(context, "reading"))
        {
            foreach (CrystalRecord record in input.Records())
            {
                summary.Add(record);
                progress.Report(summary.Count, input.Fraction);
            }
        }

        if (summary.Count == 0)
        {
            return ExitCodes.Failed; // the reason is on standard error already
        }

        string? digest = source == CrystalSource.StandardInput ? null : ContentDigest.OfPath(source);
        if (context.IsJson)
        {
            context.WriteJson(json => Write(json, source, digest, summary, Tasks(summary, tasks), input));
        }
        else
        {
            Write(context.Output, source, digest, summary, Tasks(summary, tasks), input);
        }

        return input.ExitCode;
    }

    private static void Write(
        TextWriter output, string source, string? digest, DatasetSummary summary, IReadOnlyList<string> tasks, CrystalInput input)
    {
        output.WriteLine($"source     {source}");
        if (digest is not null)
        {
            output.WriteLine($"SHA-256    {digest}");
        }

        output.WriteLine($"crystals   {summary.Count}{(input.Bad > 0 ? $", and {input.Bad} with an error" : "")}{(input.Disordered > 0 ? $", and {input.Disordered} disordered" : "")}");
        output.WriteLine($"atoms      {summary.AtomsAt(0)} to {summary.AtomsAt(1)} in the cell, half have at most {summary.AtomsAt(0.5)}");
        output.WriteLine($"elements   {summary.Elements.Count}, in {summary.Formulas} different formulas of {summary.ChemicalSystems} chemical systems");
        output.WriteLine(summary.WithSpaceGroup > 0
            ? $"prototypes {summary.Prototypes}, by anonymous formula and space group of the {summary.WithSpaceGroup} crystals with a label space_group"
            : "prototypes not counted: no labels space_group");
        foreach (LabelJoinReport report in input.Labels.Reports)
        {
            output.WriteLine($"labels     {report}");
        }

        output.WriteLine($"tasks      {string.Join(", ", tasks.DefaultIfEmpty("none: no labels that a task of the project reads"))}");
        output.WriteLine();
        foreach (LabelColumn column in summary.Labels)
        {
            output.WriteLine($"label {column.Name}: {column.Count} crystals, {Describe(column)}");
        }
    }

    private static string Describe(LabelColumn column)
    {
        IReadOnlyList<KeyValuePair<string, int>> classes = column.Classes;
        if (column.IsNumeric && classes.Count > ClassesShown)
        {
            (double smallest, double median, double largest) = column.Range;
            return string.Create(CultureInfo.InvariantCulture, $"numbers {smallest:0.####} to {largest:0.####}, median {median:0.####}");
        }

        string shown = string.Join(", ", classes.Take(ClassesShown).Select(pair => $"{pair.Key} {pair.Value}"));
        return classes.Count > ClassesShown ? $"{classes.Count} classes: {shown}, …" : $"{classes.Count} classes: {shown}";
    }

    private static string[] Tasks(DatasetSummary summary, LearningTaskTable tasks) =>
    [
        .. tasks.Tasks.Where(task => summary.Labels.Any(column => column.Name == task.LabelColumn)).Select(task => task.Name),
    ];

    private static void Write(
        Utf8JsonWriter json, string source, string? digest, DatasetSummary summary, IReadOnlyList<string> tasks, CrystalInput input)
    {
        json.WriteStartObject();
        json.WriteString("source", source);
        if (digest is not null)
        {
            json.WriteString("sha256", digest);
        }

        json.WriteNumber("crystals", summary.Count);
        json.WriteNumber("errors", input.Bad);
        json.WriteNumber("disordered", input.Disordered);
        json.WriteStartObject("atoms");
        json.WriteNumber("smallest", summary.AtomsAt(0));
        json.WriteNumber("median", summary.AtomsAt(0.5));
        json.WriteNumber("largest", summary.AtomsAt(1));
        json.WriteEndObject();
        WriteArray(json, "elements", summary.Elements.Select(element => element.Symbol));
        json.WriteNumber("formulas", summary.Formulas);
        json.WriteNumber("chemical_systems", summary.ChemicalSystems);
        json.WriteNumber("prototypes", summary.Prototypes);
        json.WriteNumber("with_space_group", summary.WithSpaceGroup);
        json.WriteStartArray("label_files");
        foreach (LabelJoinReport report in input.Labels.Reports)
        {
            Write(json, report);
        }

        json.WriteEndArray();
        WriteArray(json, "tasks", tasks);
        json.WriteStartObject("labels");
        foreach (LabelColumn column in summary.Labels)
        {
            Write(json, column);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LabelColumn column)
    {
        json.WriteStartObject(column.Name);
        json.WriteNumber("crystals", column.Count);
        if (column.IsNumeric)
        {
            (double smallest, double median, double largest) = column.Range;
            json.WriteNumber("smallest", smallest);
            json.WriteNumber("median", median);
            json.WriteNumber("largest", largest);
        }
        else
        {
            json.WriteStartObject("classes");
            foreach ((string label, int count) in column.Classes)
            {
                json.WriteNumber(label, count);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LabelJoinReport report)
    {
        json.WriteStartObject();
        json.WriteString("file", report.Source);
        WriteArray(json, "columns", report.Columns);
        json.WriteNumber("joined", report.Joined);
        json.WriteNumber("conflicts", report.Conflicts.Length);
        WriteArray(json, "ids_without_structure", report.IdsWithoutStructure);
        WriteArray(json, "structures_without_label", report.StructuresWithoutLabel);
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
