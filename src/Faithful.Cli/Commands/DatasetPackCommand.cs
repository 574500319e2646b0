using System.CommandLine;
using System.Globalization;
using Faithful.Cli.Composition;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Models.Packing;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>dataset pack</c>: prepares the crystals of a source once, for all trainings that follow.</summary>
internal static class DatasetPackCommand
{
    private static readonly PreparationOptions Defaults = new() { Cutoff = 6, UsesSymmetry = true };

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var source = new Argument<string>("source") { Description = $"What to read crystals from: {CommonOptions.SourceKinds.Replace("; - for standard input", "", StringComparison.Ordinal)}" };
        Option<bool> withoutSymmetry = new("--no-symmetry")
        {
            Description = "Leave out the symmetry finder, as for the tasks space-group and point-group: cells stay as they are",
        };
        Option<bool> canonical = new("--canonical")
        {
            Description = "Describe every crystal in its canonical cell, as networks take it that see positions in the cell",
        };
        Option<string?> output = new("--out")
        {
            Description = $"File to write, with the extension {PackedDatasetKey.Extension} [default: named by content and options, in artifacts/cache]",
            HelpName = "file",
        };
        output.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is string path && !path.EndsWith(PackedDatasetKey.Extension, StringComparison.Ordinal))
            {
                result.AddError($"--out must end in '{PackedDatasetKey.Extension}', found '{path}'.");
            }
        });
        Option<bool> force = new("--force") { Description = "Pack even if there is a good file already" };
        var command = new ProgramCommand(
            "pack",
            "Prepare the crystals of a source (symmetry, canonical order, neighbours) and keep them in one file, so that training begins at " +
            "once. 'train' and 'evaluate' do the same for themselves; a file under artifacts/cache is safe to delete.",
            "faithful dataset pack tqc.jsonl.gz",
            "faithful dataset pack materials.jsonl.gz --cutoff 6 --json",
            "faithful dataset pack datasets/sample/sample.jsonl --no-symmetry --out sample.packed");
        command.Add(source);
        command.Add(NumberOption.Create(
            "--cutoff", "Radius within which atoms are neighbours, in Å; 0 for none", "radius", Defaults.Cutoff, r => r is >= 0 and <= 20, "lie in 0..20"));
        command.Add(withoutSymmetry);
        command.Add(canonical);
        command.Add(output);
        command.Add(force);
        command.Add(CommonOptions.OrderedOnly());
        command.Add(CommonOptions.Strict());
        command.SetWork(context => Run(
            context,
            context.Arguments.GetRequiredValue(source),
            Defaults with
            {
                Cutoff = context.Arguments.GetRequiredValue<double>("--cutoff"),
                UsesSymmetry = !context.Arguments.GetValue(withoutSymmetry),
                Cell = context.Arguments.GetValue(canonical) ? CellChoice.Canonical : CellChoice.AsGiven,
            },
            new PackedSourceOptions
            {
                Path = context.Arguments.GetValue(output),
                Force = context.Arguments.GetValue(force),
                Strict = CommonOptions.IsStrict(context),
                SkipsDisordered = CommonOptions.SkipsDisordered(context),
            }));
        return command;
    }

    private static int Run(CommandContext context, string source, PreparationOptions preparation, PackedSourceOptions options)
    {
        using PackedSource packed = new PackedCache(context).Open(source, preparation, options);
        PackedDataset data = packed.Data;
        IReadOnlyList<RejectedEntry> faults = packed.Faults(options.SkipsDisordered);
        foreach (RejectedEntry entry in faults)
        {
            context.LogError(entry.ToString());
        }

        if (context.IsJson)
        {
            WriteJson(context, source, packed, faults.Count);
        }
        else
        {
            Write(context.Output, source, packed, faults.Count);
        }

        return faults.Count > 0 || data.Count == 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Write(TextWriter output, string source, PackedSource packed, int faults)
    {
        PackedDataset data = packed.Data;
        output.WriteLine($"source     {source}");
        output.WriteLine($"file       {RepositoryRoot.Display(data.FilePath)}{(packed.BuildSeconds is null ? ", which was there already" : "")}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"crystals   {data.Count}{(faults > 0 ? $", and {faults} entries with an error" : "")}{(data.RejectedCount > faults ? $", and {data.RejectedCount - faults} disordered" : "")}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"prepared   {data.Atoms} atoms, {data.Edges} edges within {data.Key.Preparation.Cutoff} Å, {Cells(data.Key.Preparation)}"));
        output.WriteLine($"fallback   {Fallbacks(data)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"size       {data.FileLength / 1e6:0.0} MB"));
        if (packed.BuildSeconds is double seconds)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time       {seconds:0.0} s, {data.Count / seconds:0} crystals a second"));
        }
    }

    private static string Cells(PreparationOptions preparation) => (preparation.UsesSymmetry, preparation.Cell) switch
    {
        (true, CellChoice.Canonical) => "primitive cells with symmetry, in canonical bases",
        (true, _) => "primitive cells with symmetry",
        (false, CellChoice.Canonical) => "cells in canonical bases",
        _ => "cells as they are",
    };

    private static string Fallbacks(PackedDataset data)
    {
        if (data.Fallbacks == 0)
        {
            return "none: models with these options take every crystal";
        }

        int first = Enumerable.Range(0, data.Count).First(index => data.FallbackReason(index) is not null);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Fallbacks} crystals that models cannot take, such as {data.Id(first)}: {data.FallbackReason(first)}");
    }

    private static void WriteJson(CommandContext context, string source, PackedSource packed, int faults) => context.WriteJson(json =>
    {
        PackedDataset data = packed.Data;
        json.WriteStartObject();
        json.WriteString("source", source);
        json.WriteString("sha256", data.Key.SourceSha256);
        json.WriteString("file", data.FilePath);
        json.WriteBoolean("built", packed.BuildSeconds is not null);
        json.WriteNumber("cutoff", data.Key.Preparation.Cutoff);
        json.WriteBoolean("symmetry", data.Key.Preparation.UsesSymmetry);
        json.WriteString("cell", data.Key.Preparation.Cell == CellChoice.Canonical ? "canonical" : "as_given");
        json.WriteNumber("crystals", data.Count);
        json.WriteNumber("errors", faults);
        json.WriteNumber("disordered", data.RejectedCount - faults);
        json.WriteNumber("fallback", data.Fallbacks);
        json.WriteNumber("atoms", data.Atoms);
        json.WriteNumber("edges", data.Edges);
        json.WriteNumber("bytes", data.FileLength);
        if (packed.BuildSeconds is double seconds)
        {
            json.WriteNumber("seconds", Math.Round(seconds, 2));
            json.WriteNumber("crystals_per_second", Math.Round(data.Count / seconds, 1));
        }

        json.WriteEndObject();
    });
}
