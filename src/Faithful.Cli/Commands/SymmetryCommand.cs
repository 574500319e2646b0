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
        var command = new ProgramCommand(
            "symmetry",
            "Find the space group, point group and primitive cell of crystals (spglib).",
            "faithful symmetry POSCAR",
            "faithful symmetry datasets/examples --symprec 0.01",
            "cat POSCAR | faithful symmetry -",
            "faithful symmetry materials.jsonl.gz --json > symmetry.json");
        command.Add(CommonOptions.Sources());
        command.Add(distance);
        command.Add(angle);
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(context, new SymmetryOptions
        {
            DistanceTolerance = context.Arguments.GetValue(distance),
            AngleTolerance = context.Arguments.GetValue(angle),
        }));
        return command;
    }

    private static int Run(CommandContext context, SymmetryOptions options)
    {
        // Symmetry does not depend on which elements they are, so a POSCAR without names can be answered; the reader says so.
        var reading = new CrystalSourceOptions { Poscar = new() { PlaceholderSpecies = Element.All } };
        var input = new CrystalInput(context, context.Arguments.GetRequiredValue<string[]>(CommonOptions.SourcesName), reading);
        using JsonArray? json = context.IsJson ? new JsonArray(context.Output) : null;
        var table = new ResultTable("crystal", "formula", "space group>", "symbol", "point group", "atoms>", "primitive>");
        using var progress = new ProgressLine(context, "finding symmetry");
        int done = 0;
        foreach (CrystalRecord[] window in input.Records().Chunk(Window))
        {
            foreach ((CrystalRecord record, CrystalSymmetry? symmetry, string? problem) in Analyze(window, options, context.Cancellation))
            {
                if (symmetry is null)
                {
                    input.Reject($"{record.Origin}: {problem}");
                    continue;
                }

                done++;
                int primitive = symmetry.IsPrimitive ? record.Crystal.Count : symmetry.StandardPrimitive.Count;
                json?.Add(writer => Write(writer, record, symmetry, primitive));
                if (json is null)
                {
                    table.Add(
                        record.Id, record.Crystal.ReducedFormula, Text(symmetry.SpaceGroupNumber), symmetry.InternationalSymbol,
                        symmetry.PointGroup, Text(record.Crystal.Count), Text(primitive));
                }
            }

            progress.Report(done, input.Fraction);
        }

        progress.Clear();
        if (json is null && done > 0)
        {
            table.Write(context);
        }

        input.Summarize("found the symmetry of", done);
        return input.ExitCode;
    }

    private static (CrystalRecord Record, CrystalSymmetry? Symmetry, string? Problem)[] Analyze(
        CrystalRecord[] records, SymmetryOptions options, CancellationToken cancellation)
    {
        var results = new (CrystalRecord, CrystalSymmetry?, string?)[records.Length];
        Parallel.For(0, records.Length, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            try
            {
                results[index] = (records[index], SymmetryFinder.Analyze(records[index].Crystal, options), null);
            }
            catch (SymmetryException error)
            {
                results[index] = (records[index], null, error.Message);
            }
        });
        return results;
    }

    private static void Write(Utf8JsonWriter json, CrystalRecord record, CrystalSymmetry symmetry, int primitive)
    {
        json.WriteStartObject();
        json.WriteString("id", record.Id);
        json.WriteNumber("space_group", symmetry.SpaceGroupNumber);
        json.WriteString("symbol", symmetry.InternationalSymbol);
        json.WriteString("point_group", symmetry.PointGroup);
        json.WriteNumber("atoms_primitive", primitive);
        json.WriteString("hall_symbol", symmetry.HallSymbol);
        json.WriteString("formula", record.Crystal.ReducedFormula);
        json.WriteNumber("atoms", record.Crystal.Count);
        json.WriteEndObject();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
