using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>dataset describe</c>: the descriptors of all crystals of a source, as a table.</summary>
internal static class DatasetDescribeCommand
{
    private const int Window = 256; // crystals worked on at once

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        Option<string> set = new("--set") { Description = "The descriptors: best, best-bands, claussen, or best-no-symmetry", HelpName = "set", DefaultValueFactory = _ => "best" };
        set.AcceptOnlyFromAmong([.. DescriptorSet.All.Select(known => known.Name)]);
        Option<string> path = new("--out") { Description = "The CSV to write (.csv, .csv.gz); replaced when it exists", HelpName = "file", Required = true };
        Option<string?> columns = new("--columns") { Description = "A CSV with name, unit and meaning of each column, to write as well", HelpName = "file" };
        var command = new ProgramCommand(
            "describe",
            "Write the descriptors of crystals as a table, for trees and other libraries: id, labels, and a number a column. " +
            "Missing values are empty cells.",
            "faithful dataset describe datasets/sample/sample.jsonl --out sample.csv --columns columns.csv",
            "faithful dataset describe tqc.jsonl.gz --set claussen --out claussen.csv.gz");
        command.Add(CommonOptions.Sources());
        command.Add(set);
        command.Add(path);
        command.Add(columns);
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(
            context,
            DescriptorSet.Find(context.Arguments.GetRequiredValue(set)),
            context.Arguments.GetRequiredValue(path),
            context.Arguments.GetValue(columns)));
        return command;
    }

    private static int Run(CommandContext context, DescriptorSet set, string path, string? columns)
    {
        var input = new CrystalInput(context, context.Arguments.GetRequiredValue<string[]>(CommonOptions.SourcesName));
        long started = Stopwatch.GetTimestamp();
        int done = 0;
        using (var table = new DescriptorTable(path, set))
        using (var progress = new ProgressLine(context, "describing"))
        {
            foreach (CrystalRecord[] window in input.Records().Chunk(Window))
            {
                foreach ((CrystalRecord record, float[]? values, string? problem) in Describe(window, set, context.Cancellation))
                {
                    if (values is null)
                    {
                        input.Reject($"{record.Origin}: {problem}");
                        continue;
                    }

                    table.Add(record, values);
                    done++;
                }

                progress.Report(done, input.Fraction);
            }

            if (done == 0)
            {
                return ExitCodes.Failed; // the reason is on standard error already, and no file is left
            }

            table.Complete();
        }

        if (columns is not null)
        {
            DescriptorTable.WriteColumns(columns, set);
        }

        double seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3);
        if (context.IsJson)
        {
            context.WriteJson(json => Write(json, set, path, columns, done, input, seconds));
        }
        else
        {
            context.Output.WriteLine($"wrote {path}: {done} crystals, {set.Count} columns of the set {set.Name} (digest {set.Digest})");
        }

        input.Summarize("described", done);
        return input.ExitCode;
    }

    private static (CrystalRecord Record, float[]? Values, string? Problem)[] Describe(
        CrystalRecord[] records, DescriptorSet set, CancellationToken cancellation)
    {
        var results = new (CrystalRecord, float[]?, string?)[records.Length];
        Parallel.For(0, records.Length, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            try
            {
                results[index] = (records[index], set.Compute(records[index].Crystal), null);
            }
            catch (SymmetryException error)
            {
                results[index] = (records[index], null, error.Message);
            }
        });
        return results;
    }

    private static void Write(Utf8JsonWriter json, DescriptorSet set, string path, string? columns, int done, CrystalInput input, double seconds)
    {
        json.WriteStartObject();
        json.WriteString("out", path);
        json.WriteString("columns_out", columns);
        json.WriteString("set", set.Name);
        json.WriteString("digest", set.Digest);
        json.WriteNumber("columns", set.Count);
        json.WriteNumber("crystals", done);
        json.WriteNumber("errors", input.Bad);
        json.WriteNumber("disordered", input.Disordered);
        json.WriteNumber("seconds", seconds);
        json.WriteEndObject();
    }
}
