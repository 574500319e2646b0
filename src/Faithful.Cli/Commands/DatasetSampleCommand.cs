using System.CommandLine;
using Faithful.Cli.Output;
using Faithful.Datasets;
using Faithful.Datasets.Samples;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>dataset sample</c>: generates crystals of known symmetry.</summary>
internal static class DatasetSampleCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var defaults = new SampleOptions();
        Option<string> path = new("--out") { Description = "The materials JSONL to write (.jsonl, .jsonl.gz); replaced when it exists", HelpName = "file", Required = true };
        Option<int> seed = NumberOption.Create("--seed", "Another seed gives other crystals", "n", defaults.Seed, _ => true, "be a whole number");
        Option<int> count = NumberOption.Create(
            "--count", "The number of crystals", "n", defaults.Count, IsValidCount, $"lie in 1..{SampleOptions.MaximumPerPrototype} times the number of prototypes");
        var command = new ProgramCommand(
            "sample",
            "Generate the sample: structure prototypes decorated with elements, labelled with space and point group by spglib. " +
            "The same seed and count give the same file, byte for byte.",
            "faithful dataset sample --out sample.jsonl",
            "faithful dataset sample --out small.jsonl --count 200 --seed 7");
        command.Add(path);
        command.Add(seed);
        command.Add(count);
        command.SetWork(context => Run(
            context,
            context.Arguments.GetRequiredValue(path),
            new SampleOptions { Seed = context.Arguments.GetValue(seed), Count = context.Arguments.GetValue(count) }));
        return command;
    }

    private static bool IsValidCount(int count) =>
        count >= 1 && count <= SampleOptions.MaximumPerPrototype * StructurePrototypes.All.Length;

    private static int Run(CommandContext context, string path, SampleOptions options)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        context.Log($"generating {options.Count} crystals");
        SampleGenerator.Write(path, options);
        string digest = ContentDigest.OfPath(path);
        if (context.IsJson)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("out", path);
                json.WriteNumber("crystals", options.Count);
                json.WriteNumber("seed", options.Seed);
                json.WriteString("sha256", digest);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Output.WriteLine($"wrote {path}: {options.Count} crystals, seed {options.Seed}, SHA-256 {digest}");
        }

        return ExitCodes.Done;
    }
}
