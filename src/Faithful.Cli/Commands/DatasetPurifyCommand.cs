using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Crystals.Symmetry;
using Faithful.Datasets.Purification;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>dataset purify</c>: removes what a model should not learn from, and says why.</summary>
internal static class DatasetPurifyCommand
{
    private const string LabelName = "--label";
    private const string OutName = "--out";
    private const string ReportName = "--report";

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var defaults = new PurificationOptions();
        Option<string[]> label = new(LabelName)
        {
            Description = "The label column by which duplicates are compared; given several times, one account for each from a single pass",
            HelpName = "column",
            DefaultValueFactory = _ => [],
        };
        Option<string> path = new(OutName) { Description = "Write the purified data set: materials JSONL (.jsonl, .jsonl.gz); replaced when it exists", HelpName = "file" };
        Option<string> report = new(ReportName) { Description = "Write every removal and change: JSON lines, or CSV for a name that ends in .csv", HelpName = "file" };
        Option<double> labelTolerance = NumberOption.Create(
            "--label-tolerance", "How far numbers of one label may lie apart and still agree, in its unit (eV)", "number",
            defaults.LabelTolerance, value => value >= 0 && double.IsFinite(value), "be 0 or more");
        Option<int> atoms = NumberOption.Create(
            "--max-atoms", "The most atoms in the primitive cell", "n", defaults.MaximumAtoms, value => value >= 1, "be 1 or more");
        Option<double> distance = NumberOption.Create(
            "--min-distance", "How close two atoms may be, in Å", "distance", defaults.MinimumDistance, value => value is >= 0 and <= 10, "lie in 0..10 Å");
        Option<double> minimumVolume = NumberOption.Create(
            "--min-volume", "The least volume per atom, in Å³", "volume", defaults.MinimumVolumePerAtom, value => value >= 0, "be 0 or more");
        Option<double> maximumVolume = NumberOption.Create(
            "--max-volume", "The greatest volume per atom, in Å³", "volume", defaults.MaximumVolumePerAtom, value => value > 0, "be positive");
        Option<double> symprec = NumberOption.Create(
            "--symprec", "Distance within which atoms count as equivalent, in Å", "distance",
            defaults.Symmetry.DistanceTolerance, value => value is > 0 and <= 1, "lie in (0, 1] Å");
        Option<double> angle = NumberOption.Create(
            "--angle-tolerance", "Tolerance of angles in degrees; -1 for spglib's own", "angle",
            defaults.Symmetry.AngleTolerance, value => value is -1 or (> 0 and <= 90), "lie in (0, 90] degrees, or be -1");
        Option<double> distortion = NumberOption.Create(
            "--distortion", "How far distances of distorted copies may differ, as a fraction of the mean spacing of atoms; 0 looks for none",
            "fraction", defaults.DistortionTolerance, value => value is >= 0 and <= 0.2, "lie in 0..0.2");
        var command = new ProgramCommand(
            "purify",
            "Remove what a model should not learn from: large and implausible cells, duplicates by formula and space group, distorted " +
            "copies. Where duplicates disagree in their label, none is kept. Cells that are not primitive are reduced.",
            "faithful dataset purify tqc.jsonl.gz --label tqc",
            "faithful dataset purify tqc.jsonl.gz --label tqc --out pure.jsonl.gz --report removed.csv",
            "faithful dataset purify materials.jsonl.gz --label tqc --label band_gap --json");
        command.Add(CommonOptions.Sources());
        foreach (Option option in new Option[]
        {
            label, path, report, labelTolerance, atoms, distance, minimumVolume, maximumVolume, symprec, angle, distortion,
            CommonOptions.OrderedOnly(), CommonOptions.Labels(), CommonOptions.Strict(),
        })
        {
            command.Add(option);
        }

        command.SetWork(context => Run(
            context,
            [.. context.Arguments.GetRequiredValue(label).Distinct(StringComparer.Ordinal)],
            context.Arguments.GetValue(path),
            context.Arguments.GetValue(report),
            new PurificationOptions
            {
                LabelTolerance = context.Arguments.GetValue(labelTolerance),
                MaximumAtoms = context.Arguments.GetValue(atoms),
                MinimumDistance = context.Arguments.GetValue(distance),
                MinimumVolumePerAtom = context.Arguments.GetValue(minimumVolume),
                MaximumVolumePerAtom = context.Arguments.GetValue(maximumVolume),
                Symmetry = new SymmetryOptions
                {
                    DistanceTolerance = context.Arguments.GetValue(symprec),
                    AngleTolerance = context.Arguments.GetValue(angle),
                },
                DistortionTolerance = context.Arguments.GetValue(distortion),
            }));
        return command;
    }

    private static int Run(CommandContext context, string[] labels, string? path, string? report, PurificationOptions options)
    {
        if (options.MinimumVolumePerAtom >= options.MaximumVolumePerAtom)
        {
            throw new UsageException("--min-volume must be below --max-volume.");
        }

        if (path is not null && labels.Length > 1)
        {
            throw new UsageException($"{OutName} writes the data set that is pure by one label: give one {LabelName}.");
        }

        RequireRoom(path);
        RequireRoom(report);
        long started = Stopwatch.GetTimestamp();
        var input = new CrystalInput(context, context.Arguments.GetRequiredValue<string[]>(CommonOptions.SourcesName));
        ExaminedDataset dataset;
        using (var progress = new ProgressLine(context, "examining"))
        {
            dataset = Purifier.Examine(
                input.Records(), options, new SynchronousProgress(done => progress.Report(done, input.Fraction)), context.Cancellation);
        }

        if (dataset.Read == 0)
        {
            return ExitCodes.Failed; // the reason is on standard error already
        }

        if (labels.Length == 0 && dataset.LabelColumns.Length > 0)
        {
            context.Log($"warning: without {LabelName} one of several duplicates is kept even if their labels disagree; " +
                $"the columns are {string.Join(", ", dataset.LabelColumns)}");
        }

        PurificationResult[] results = labels.Length == 0 ? [dataset.Purify(null)] : [.. labels.Select(dataset.Purify)];
        if (path is not null)
        {
            MaterialsJsonWriter.Write(path, results[0].Kept);
        }

        if (report is not null)
        {
            PurificationReport.Write(report, results);
        }

        double seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1);
        if (context.IsJson)
        {
            context.WriteJson(json => PurificationJson.Write(json, results, input.Bad, seconds));
        }
        else
        {
            foreach (PurificationResult result in results)
            {
                Write(context, result, input.Bad);
            }

            context.Output.WriteLine(FormattableString.Invariant($"{seconds:0.0} seconds"));
        }

        return input.ExitCode;
    }

    // Known before an hour of work, not after it.
    private static void RequireRoom(string? path)
    {
        if (path is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new DirectoryNotFoundException($"{path}: the folder does not exist");
        }

        if (Directory.Exists(path))
        {
            throw new IOException($"{path}: a folder is there already");
        }
    }

    private static void Write(CommandContext context, PurificationResult result, int bad)
    {
        TextWriter output = context.Output;
        string OfLabel(int count) => result.Label is null ? "" : $", {count} with the label {result.Label}";
        output.WriteLine($"read       {result.Read}{OfLabel(result.Labelled)}{(bad > 0 ? $"; {bad} others with an error" : "")}");
        output.WriteLine($"kept       {result.Kept.Length}{OfLabel(result.KeptLabelled)}");
        output.WriteLine($"changed    {result.Changed.Length} of these, reduced to the primitive cell");
        output.WriteLine($"symmetry   {result.SpaceGroupLabelDiffers.Length} of {result.SpaceGroupLabelsCompared} space-group labels differ from what spglib finds");
        var table = new ResultTable("rule", "removed>", "materials>", "disagreeing>", "because");
        foreach (RuleSummary rule in result.Rules)
        {
            bool isOfGroups = rule.Materials > 0;
            table.Add(
                rule.Rule, Text(rule.Removed), isOfGroups ? Text(rule.Materials) : "", isOfGroups ? Text(rule.Contradictions) : "", rule.Explanation);
        }

        table.Write(context);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
