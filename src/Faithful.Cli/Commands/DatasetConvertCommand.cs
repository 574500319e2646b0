using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>dataset convert</c>: writes crystals of any source in another format.</summary>
internal static class DatasetConvertCommand
{
    private const int RenamedShown = 10; // in the log; --json has them all

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        Option<string> path = new("--out")
        {
            Description =
                "The file to write, its extension tells the format; or a folder, .zip or .tar.gz for one file a crystal with a labels.csv",
            HelpName = "path",
            Required = true,
        };
        Option<string> format = new("--format") { Description = $"The format: {string.Join(", ", CrystalWriter.FormatNames)}", HelpName = "format" };
        format.AcceptOnlyFromAmong([.. CrystalWriter.FormatNames]);
        var command = new ProgramCommand(
            "convert",
            "Write crystals of any source in another format. What is written appears when it is complete.",
            "faithful dataset convert my-crystals.zip --out crystals.jsonl.gz",
            "faithful dataset convert structures.json --out crystals.extxyz --ordered-only skip",
            "faithful dataset convert crystals.jsonl --out folder --format poscar");
        command.Add(CommonOptions.Sources());
        command.Add(path);
        command.Add(format);
        command.Add(CommonOptions.Labels());
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(context, context.Arguments.GetRequiredValue(path), context.Arguments.GetValue(format)));
        return command;
    }

    private static int Run(CommandContext context, string path, string? formatName)
    {
        // A folder or an archive is one file a crystal, and POSCAR keeps every digit and the orientation.
        CrystalFormat format = formatName is null ? CrystalWriter.FormatOf(path) ?? CrystalFormat.Poscar : CrystalWriter.FormatNamed(formatName);
        var input = new CrystalInput(context, context.Arguments.GetRequiredValue<string[]>(CommonOptions.SourcesName));
        long started = Stopwatch.GetTimestamp();
        CrystalWriteReport report;
        using (var progress = new ProgressLine(context, "converting"))
        using (IEnumerator<CrystalRecord> records = input.Records().GetEnumerator())
        {
            if (!records.MoveNext())
            {
                input.Summarize("converted", 0);
                return ExitCodes.Failed; // the reason is on standard error already; nothing is written
            }

            try
            {
                report = CrystalWriter.Write(path, format, Rest(records, input, progress));
            }
            catch (NotSupportedException fault)
            {
                throw new UsageException(fault.Message);
            }
            catch (ArgumentException fault)
            {
                throw new BadCrystalException(fault.Message);
            }
        }

        foreach ((string id, string name) in report.Renamed.Take(RenamedShown))
        {
            context.Log($"note: the crystal \"{FaultReport.OneLine(id)}\" is written as {name}");
        }

        if (report.Renamed.Count > RenamedShown)
        {
            context.Log($"note: {report.Renamed.Count - RenamedShown} more crystals are written under other names");
        }

        if (report.LabelsLeftOut > 0)
        {
            context.Log($"note: the labels of {report.LabelsLeftOut} crystals are not written: the format has no place for them");
        }

        if (context.IsJson)
        {
            context.WriteJson(json => Write(json, path, formatName ?? NameOf(format), report, input, Stopwatch.GetElapsedTime(started)));
        }
        else
        {
            context.Output.WriteLine($"wrote {path}: {report.Count} crystals");
        }

        input.Summarize("converted", report.Count);
        return input.ExitCode;
    }

    private static IEnumerable<CrystalRecord> Rest(IEnumerator<CrystalRecord> records, CrystalInput input, ProgressLine progress)
    {
        int done = 0;
        do
        {
            yield return records.Current;
            progress.Report(++done, input.Fraction);
        }
        while (records.MoveNext());
    }

    private static string NameOf(CrystalFormat format) => CrystalWriter.FormatNames.Single(name => CrystalWriter.FormatNamed(name) == format);

    private static void Write(
        Utf8JsonWriter json, string path, string format, CrystalWriteReport report, CrystalInput input, TimeSpan time)
    {
        json.WriteStartObject();
        json.WriteString("out", path);
        json.WriteString("format", format);
        json.WriteNumber("crystals", report.Count);
        json.WriteNumber("errors", input.Bad);
        json.WriteNumber("disordered", input.Disordered);
        json.WriteNumber("labels_left_out", report.LabelsLeftOut);
        json.WriteStartObject("renamed");
        foreach ((string id, string name) in report.Renamed.DistinctBy(pair => pair.Id))
        {
            json.WriteString(id, name);
        }

        json.WriteEndObject();
        json.WriteNumber("seconds", Math.Round(time.TotalSeconds, 3));
        json.WriteEndObject();
    }
}
