using System.CommandLine;
using System.Globalization;
using Faithful.Cli.Energies;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Models.Energies;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>dataset energies</c>: formation energies that total energies of several scales tell.</summary>
internal static class DatasetEnergiesCommand
{
    private const string StandardEnergy = "energy_per_atom";
    private const string StandardTask = "formation-energy";

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var source = new Argument<string>("source") { Description = CommonOptions.SourceKinds };
        Option<string?> split = CommonOptions.Split();
        split.Required = true;
        split.Description =
            "Split file: energies are learned from its training part and told for it alone, measured on its validation part, and its test part stays unseen";
        var output = new Option<string>("--out")
        {
            Description = "CSV to write, for --labels of 'train': id and formation energy of the crystals without one",
            HelpName = "file",
            Required = true,
        };
        var energy = new Option<string>("--energy")
        {
            Description = "The label column of the total energies, eV/atom",
            HelpName = "column",
            DefaultValueFactory = _ => StandardEnergy,
        };
        var task = new Option<string>("--task")
        {
            Description = "The task, or the label column, of the formation energies, eV/atom",
            HelpName = "task",
            DefaultValueFactory = _ => StandardTask,
        };
        Option<int> scales = NumberOption.Create(
            "--scales",
            "How many scales the total energies are on, one for each kind of calculation",
            "n",
            2,
            n => n is >= 1 and <= EnergyScales.Largest,
            $"lie in 1..{EnergyScales.Largest}");
        Option<double> tolerance = NumberOption.Create(
            "--tolerance",
            "How far from what is expected, in eV/atom, the formation energy of a compound is believed; with --expected less is better, such as 0.2",
            "energy",
            0.5,
            e => e > 0,
            "be above 0");
        var expected = new Option<string?>("--expected")
        {
            Description =
                "Formation energies that a model expects, a CSV of 'predict': they tell better than the composition on which scale a crystal is. The model must " +
                "have learned from the same training part [default: a sum over pairs of elements, fitted to the training part]",
            HelpName = "file",
        };
        var elements = new Option<string?>("--elements")
        {
            Description =
                "A second CSV to write, of crystals of one element alone: labels lack these, and a network that goes on with the labels forgets them without it",
            HelpName = "file",
        };
        var command = new ProgramCommand(
            "energies",
            "Tell formation energies from total energies, for crystals that have no label of the former. A catalogue of several kinds of calculation mixes scales " +
            "of total energies; each is found with what an atom of every element counts on it, and the lowest phase of an element is its zero. A network may learn " +
            "from these before it learns from the labels (train --labels, then train --start-from).",
            "faithful dataset energies materials.jsonl.gz --split split.json --out energies.csv",
            "faithful train --task formation-energy --data materials.jsonl.gz --split split.json --labels energies.csv --out artifacts/runs/energies",
            "faithful dataset energies materials.jsonl.gz --split split.json --expected predictions.csv --tolerance 0.2 --out energies.csv --elements elements.csv");
        command.Add(source);
        command.Add(split);
        command.Add(output);
        command.Add(energy);
        command.Add(task);
        command.Add(scales);
        command.Add(tolerance);
        command.Add(expected);
        command.Add(elements);
        command.Add(CommonOptions.Tasks());
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(
            context,
            context.Arguments.GetRequiredValue(source),
            (context.Arguments.GetRequiredValue(energy), context.Arguments.GetRequiredValue(task)),
            new Files(
                context.Arguments.GetRequiredValue<string>(CommonOptions.SplitName),
                context.Arguments.GetValue(expected),
                context.Arguments.GetRequiredValue(output),
                context.Arguments.GetValue(elements)),
            new ScaleRequest(context.Arguments.GetValue(scales), context.Arguments.GetValue(tolerance))));
        return command;
    }

    private static int Run(CommandContext context, string path, (string Energy, string Task) columns, Files files, ScaleRequest request)
    {
        SplitFile file = SplitFile.Read(files.Split); // a wrong file is told before a hundred thousand crystals are read
        LabelTable? expectations = files.Expected is null ? null : LabelTable.Read(files.Expected);
        var input = new CrystalInput(context, [path]);
        List<(EnergyRow? Row, LabelRow Labels)> read = Read(context, input, columns.Energy);
        if (read.Count == 0)
        {
            return ExitCodes.Failed; // the reason is on standard error already
        }

        LearningTask task = CommonOptions.TaskTable(context).Resolve(columns.Task, read.Select(crystal => crystal.Labels));
        if (task.Kind != TargetKind.Regression)
        {
            throw new UsageException($"--task: expected a task whose labels are energies, found the classification {task.Name}");
        }

        if (read.TrueForAll(crystal => crystal.Row is null))
        {
            throw LabelException.NoLabel(columns.Energy, read.Count, read.SelectMany(crystal => crystal.Labels.Labels.Keys).Distinct().Order(StringComparer.Ordinal));
        }

        ExpectedEnergies? expected = expectations is null ? null : ExpectedEnergies.Of(expectations, task);
        var told = new ToldEnergies(
            [
                .. read.Where(crystal => crystal.Row is not null).Select(crystal => new EnergyCrystal(
                    crystal.Labels.Id,
                    crystal.Row! with
                    {
                        FormationEnergy = task.TryGetTarget(crystal.Labels.Id, crystal.Labels.Labels, crystal.Labels.Origin, out Target target) ? target.Value : null,
                        Expected = expected?.Find(crystal.Labels.Id),
                    })),
            ],
            file,
            request,
            task);
        Write(files.Out, told.Estimates, task, path);
        if (files.Elements is not null)
        {
            Write(files.Elements, told.Estimates.Where(estimate => estimate.Element is not null), task, path);
        }

        ToldEnergiesReport.Write(context, told, read.Count, files.Out, files.Elements);
        return input.ExitCode;
    }

    private static void Write(string file, IEnumerable<ToldEnergy> energies, LearningTask task, string source)
    {
        LabelTableBuilder labels = new(file);
        foreach (ToldEnergy energy in energies)
        {
            string value = energy.Estimate.FormationEnergy.ToString("0.0000", CultureInfo.InvariantCulture);
            labels.Add(new LabelRow(energy.Id, new Dictionary<string, string> { [task.LabelColumn] = value }, source));
        }

        labels.Build().Write(file);
    }

    private static List<(EnergyRow? Row, LabelRow Labels)> Read(CommandContext context, CrystalInput input, string energy)
    {
        LearningTask total = LearningTask.Regression(energy, energy, "eV/atom");
        List<(EnergyRow? Row, LabelRow Labels)> read = [];
        using var progress = new ProgressLine(context, "reading");
        foreach (CrystalRecord record in input.Records())
        {
            bool hasEnergy = total.TryGetTarget(record, out Target target);
            read.Add((hasEnergy ? EnergyRow.Of(record.Crystal.Species, target.Value, null) : null, new LabelRow(record.Id, record.Labels, record.Origin)));
            progress.Report(read.Count, input.Fraction);
        }

        return read;
    }

    private sealed record Files(string Split, string? Expected, string Out, string? Elements);
}
