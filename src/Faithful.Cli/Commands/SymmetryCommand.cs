using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>symmetry</c>: space group, point group and primitive cell by spglib.</summary>
internal static class SymmetryCommand
{
    private const int Window = 256; // crystals worked on at once

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var symmetryOptions = new SymmetryOptions();
        Option<double> distance = NumberOption.Create(
            "--symprec", "Distance within which atoms count as equivalent, in Å", "distance",
            symmetryOptions.DistanceTolerance, value => value is > 0 and <= 1, "lie in (0, 1] Å");
        Option<double> angle = NumberOption.Create(
            "--angle-tolerance", "Tolerance of angles in degrees; -1 for spglib's own", "angle",
            symmetryOptions.AngleTolerance, value => value is -1 or (> 0 and <= 90), "lie in (0, 90] degrees, or be -1");
        Option<bool> summary = new("--summary")
        {
            Description = "Print how many crystals there are of each crystal system instead of every crystal, and whether their labels space_group are right",
        };
        var command = new ProgramCommand(
            "symmetry",
            "Find the space group, point group and primitive cell of crystals (spglib).",
            "faithful symmetry POSCAR",
            "faithful symmetry datasets/examples --symprec 0.01",
            "cat POSCAR | faithful symmetry -",
            "faithful symmetry materials.jsonl.gz --summary",
            "faithful symmetry materials.jsonl.gz --json > symmetry.json");
        command.Add(CommonOptions.Sources());
        command.Add(distance);
        command.Add(angle);
        command.Add(summary);
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(
            context,
            new SymmetryOptions
            {
                DistanceTolerance = context.Arguments.GetValue(distance),
                AngleTolerance = context.Arguments.GetValue(angle),
            },
            context.Arguments.GetValue(summary)));
        return command;
    }

    private static int Run(CommandContext context, SymmetryOptions options, bool onlySummary)
    {
        // Symmetry does not depend on which elements they are, so a POSCAR without names can be answered; the reader says so.
        var reading = new CrystalSourceOptions { Poscar = new() { PlaceholderSpecies = Element.All } };
        var input = new CrystalInput(context, context.Arguments.GetRequiredValue<string[]>(CommonOptions.SourcesName), reading);
        using JsonArray? json = context.IsJson && !onlySummary ? new JsonArray(context.Output) : null;
        ResultTable? table = context.IsJson || onlySummary
            ? null
            : new ResultTable("crystal", "formula", "space group>", "symbol", "point group", "atoms>", "primitive>");
        var summary = new SymmetrySummary();
        int done = 0;
        using (var progress = new ProgressLine(context, "finding symmetry"))
        {
            foreach (CrystalRecord[] window in input.Records().Chunk(Window))
            {
                foreach (Answer answer in Analyze(window, options, onlySummary ? Wanted.Group : context.IsJson ? Wanted.Setting : Wanted.Cell, context.Cancellation))
                {
                    if (answer.Symmetry is null)
                    {
                        input.Reject($"{answer.Record.Origin}: {answer.Problem}");
                        continue;
                    }

                    done++;
                    summary.Add(answer.Record, answer.Symmetry);
                    json?.Add(writer => Write(writer, answer));
                    table?.Add(
                        answer.Record.Id, answer.Record.Crystal.ReducedFormula, Text(answer.Symmetry.SpaceGroupNumber),
                        answer.Symmetry.InternationalSymbol, answer.Symmetry.PointGroup, Text(answer.Record.Crystal.Count), Text(answer.PrimitiveAtoms));
                }

                progress.Report(done, input.Fraction);
            }
        }

        if (onlySummary && context.IsJson)
        {
            context.WriteJson(writer => summary.Write(writer, input.Bad));
        }
        else if (done > 0)
        {
            table?.Write(context);
            if (onlySummary)
            {
                summary.Write(context);
            }
        }

        summary.Log(context);
        input.Summarize("found the symmetry of", done);
        return input.ExitCode;
    }

    private static Answer[] Analyze(CrystalRecord[] records, SymmetryOptions options, Wanted wanted, CancellationToken cancellation)
    {
        var answers = new Answer[records.Length];
        Parallel.For(0, records.Length, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            CrystalRecord record = records[index];
            try
            {
                CrystalSymmetry symmetry = SymmetryFinder.Analyze(record.Crystal, options);

                // The setting and the primitive cell are found when they are asked for: here, side by side.
                answers[index] = new(
                    record,
                    symmetry,
                    wanted >= Wanted.Setting ? symmetry.HallSymbol : "",
                    wanted >= Wanted.Cell && !symmetry.IsPrimitive ? symmetry.StandardPrimitive.Count : record.Crystal.Count,
                    null);
            }
            catch (SymmetryException error)
            {
                answers[index] = new(record, null, "", 0, error.Message);
            }
        });
        return answers;
    }

    private static void Write(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartObject();
        json.WriteString("id", answer.Record.Id);
        json.WriteNumber("space_group", answer.Symmetry!.SpaceGroupNumber);
        json.WriteString("symbol", answer.Symmetry.InternationalSymbol);
        json.WriteString("point_group", answer.Symmetry.PointGroup);
        json.WriteNumber("atoms_primitive", answer.PrimitiveAtoms);
        json.WriteString("hall_symbol", answer.HallSymbol);
        json.WriteString("formula", answer.Record.Crystal.ReducedFormula);
        json.WriteNumber("atoms", answer.Record.Crystal.Count);
        json.WriteEndObject();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private enum Wanted
    {
        Group,
        Cell,
        Setting,
    }

    private sealed record Answer(CrystalRecord Record, CrystalSymmetry? Symmetry, string HallSymbol, int PrimitiveAtoms, string? Problem);
}
