using System.Globalization;
using System.Text.Json;
using Faithful.Cli.Composition;
using Faithful.Datasets;

namespace Faithful.Cli.Output;

/// <summary>Writes the account of splits as a table and as JSON.</summary>
internal static class SplitReport
{
    private const int ClassesShown = 8; // columns of the table; --json has them all

    /// <summary>Writes the table and what was checked.</summary>
    /// <param name="context">The command.</param>
    /// <param name="source">What was split.</param>
    /// <param name="results">The splits: one, or one a fold.</param>
    public static void Write(CommandContext context, SplitSource source, IReadOnlyList<SplitResult> results)
    {
        bool hasFolds = results[0].Options.Folds > 0;
        var table = new ResultTable([.. hasFolds ? ["fold>"] : Array.Empty<string>(), "part", "crystals>", "share>", "groups>", .. TaskHeadings(source.Task)]);
        foreach (SplitResult result in results)
        {
            foreach (SplitPart part in result.Parts)
            {
                table.Add([
                    .. hasFolds ? [Text(result.Options.Fold)] : Array.Empty<string>(),
                    part.Name,
                    Text(part.Crystals),
                    string.Create(CultureInfo.InvariantCulture, $"{100 * part.Fraction:0.0} %"),
                    Text(part.Groups),
                    .. TaskCells(source.Task, part),
                ]);
            }
        }

        table.Write(context);
        int groups = source.Keys.Distinct(StringComparer.Ordinal).Count();
        context.Output.WriteLine(source.Kind == SplitKind.Random
            ? $"a random split keeps no groups together: {Crossing(results)} groups of one formula and space group are in several parts"
            : $"no group crosses: each of the {groups} groups of one {Describe(source.Kind)} is in one part{(hasFolds ? " of every fold" : "")}");
        foreach (SplitResult result in results.Where(result => result.Path is not null))
        {
            context.Output.WriteLine($"wrote {result.Path}: SHA-256 of the parts {result.File.Digest}");
        }
    }

    /// <summary>Writes the JSON document.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="path">The path of the source.</param>
    /// <param name="source">What was split.</param>
    /// <param name="results">The splits: one, or one a fold.</param>
    /// <param name="bad">The number of crystals with an error.</param>
    public static void Write(Utf8JsonWriter json, string path, SplitSource source, IReadOnlyList<SplitResult> results, int bad)
    {
        SplitOptions options = results[0].Options;
        json.WriteStartObject();
        json.WriteString("source", path);
        if (results[0].File.SourceSha256 is string digest)
        {
            json.WriteString("sha256", digest);
        }

        json.WriteString("kind", SplitKinds.NameOf(options.Kind));
        json.WriteNumber("seed", options.Seed);
        json.WriteNumber("crystals", source.Ids.Count);
        json.WriteNumber("errors", bad);
        json.WriteNumber("groups", source.Keys.Distinct(StringComparer.Ordinal).Count());
        json.WriteNumber("crossing_groups", 0); // a split with one ends the command
        json.WriteNumber("space_groups_found", source.SpaceGroupsFound);
        json.WriteNumber("without_space_group", source.WithoutSpaceGroup.Count);
        if (source.Task is LearningTask task)
        {
            json.WriteString("task", task.Name);
        }

        json.WriteStartArray("splits");
        foreach (SplitResult result in results)
        {
            json.WriteStartObject();
            if (options.Folds > 0)
            {
                json.WriteNumber("fold", result.Options.Fold);
            }

            if (result.Path is not null)
            {
                json.WriteString("out", result.Path);
            }

            json.WriteString("parts_sha256", result.File.Digest);
            json.WriteNumber("crossing_near_duplicates", result.CrossingNearDuplicates);
            json.WriteStartObject("parts");
            foreach (SplitPart part in result.Parts)
            {
                Write(json, source.Task, part);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LearningTask? task, SplitPart part)
    {
        json.WriteStartObject(part.Name);
        json.WriteNumber("crystals", part.Crystals);
        json.WriteNumber("groups", part.Groups);
        if (part.Labelled is int labelled)
        {
            json.WriteNumber("labelled", labelled);
        }

        if (part.ClassCounts is IReadOnlyList<int> counts)
        {
            json.WriteStartObject("classes");
            foreach ((string name, int count) in task!.Classes.Zip(counts))
            {
                json.WriteNumber(name, count);
            }

            json.WriteEndObject();
        }

        if (part.Mean is double mean)
        {
            json.WriteNumber("mean", Math.Round(mean, 6));
            json.WriteNumber("deviation", Math.Round(part.Deviation!.Value, 6));
        }

        json.WriteEndObject();
    }

    private static IEnumerable<string> TaskHeadings(LearningTask? task) => task switch
    {
        null => [],
        { Kind: TargetKind.Regression } => [$"{task.Name}>", $"mean{Unit(task)}>", $"deviation{Unit(task)}>"],
        _ when task.Classes.Length > ClassesShown => [$"{task.Name}>", $"of {task.Classes.Length} classes>"],
        _ => [$"{task.Name}>", .. task.Classes.Select(name => $"{name}>")],
    };

    private static IEnumerable<string> TaskCells(LearningTask? task, SplitPart part)
    {
        if (task is null)
        {
            return [];
        }

        string labelled = Text(part.Labelled!.Value);
        if (part.ClassCounts is not IReadOnlyList<int> counts)
        {
            return [labelled, Text(part.Mean), Text(part.Deviation)];
        }

        return counts.Count > ClassesShown ? [labelled, Text(counts.Count(count => count > 0))] : [labelled, .. counts.Select(Text)];
    }

    private static string Describe(SplitKind kind) => kind switch
    {
        SplitKind.Group => "formula and space group",
        SplitKind.Formula => "formula",
        SplitKind.Prototype => "anonymous formula and space group",
        _ => "chemical system",
    };

    private static int Crossing(IReadOnlyList<SplitResult> results) => results.Max(result => result.CrossingNearDuplicates);

    private static string Unit(LearningTask task) => task.Unit is null ? "" : $" ({task.Unit})";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double? number) => number is double value ? value.ToString("0.####", CultureInfo.InvariantCulture) : "";
}
