using Faithful.Cli.Composition;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Datasets;

namespace Faithful.Cli.Tables;

/// <summary>Finds the splits of the tables, and makes those that are missing.</summary>
internal static class TableSplits
{
    /// <summary>The name of a split whose file does not say what it keeps together.</summary>
    public const string Given = "given";

    /// <summary>The share of crystals that chooses the epochs: with 140,000 of them a twentieth is enough, and the rest is better learned from.</summary>
    public const double ValidationFraction = 0.05;

    /// <summary>Opens the splits that were asked for.</summary>
    /// <param name="context">The command, for log and progress.</param>
    /// <param name="request">What was asked for.</param>
    /// <returns>At least one split, the main one first.</returns>
    /// <exception cref="UsageException">A split of no known kind was asked for.</exception>
    /// <exception cref="SplitException">A file is no split.</exception>
    public static IReadOnlyList<TableSplit> Open(CommandContext context, TablesRequest request)
    {
        TableSplit? named = request.Split is string path ? Read(path, isMade: false) : null;
        string[] names = request.Splits.Count > 0 ? [.. request.Splits.Distinct()] : [named?.Name ?? SplitKinds.NameOf(SplitKind.Group)];
        if (named is not null && !names.Contains(named.Name))
        {
            throw new UsageException($"--splits: expected {named.Name}, which {request.Split} is, among the splits; found {string.Join(", ", names)}");
        }

        return [.. names.Select(name => name == named?.Name ? named : Made(context, request, name)).OrderBy(split => Order(split.Name))];
    }

    /// <summary>Gets the place of a split among others; the first is the main one.</summary>
    /// <param name="name">The name of a split.</param>
    /// <returns>A number to sort by.</returns>
    public static int Order(string name) => SplitKinds.TryFind(name, out SplitKind kind) ? (int)kind : -1;

    private static TableSplit Read(string path, bool isMade)
    {
        SplitFile file = SplitFile.Read(path);
        return new TableSplit(file.Options is SplitOptions options ? SplitKinds.NameOf(options.Kind) : Given, path, file.Digest, isMade);
    }

    private static TableSplit Made(CommandContext context, TablesRequest request, string name)
    {
        if (!SplitKinds.TryFind(name, out SplitKind kind))
        {
            throw new UsageException($"--splits: expected one of {string.Join(", ", SplitKinds.Names)}; found '{name}'");
        }

        string path = Path.Combine(request.Out, $"{name}.split.json");
        if (!File.Exists(path))
        {
            var options = new SplitOptions { Kind = kind, ValidationFraction = ValidationFraction };
            var input = new CrystalInput(context, [request.Data]);
            SplitSource source = SplitSource.Read(context, input, kind, task: null, request.TaskTable);
            if (source.Ids.Count == 0)
            {
                throw new UsageException($"expected crystals in {request.Data}, found none");
            }

            Directory.CreateDirectory(request.Out);
            SplitFile.Create(DataSplit.Create(source.Keys, options), source.Ids, options, request.Data, ContentDigest.OfSource(request.Data, input.Labels.Path)).Write(path);
        }

        return Read(path, isMade: true);
    }
}
