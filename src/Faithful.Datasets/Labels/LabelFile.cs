using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>Finds the file of labels that lies with crystals.</summary>
public static class LabelFile
{
    /// <summary>The name by which a file of labels is found in a folder of crystals; also with <c>.gz</c>, and as <c>.tsv</c>.</summary>
    public const string Name = "labels.csv";

    private static readonly string[] Names = [Name, "labels.csv.gz", "labels.tsv", "labels.tsv.gz"];

    /// <summary>Finds the file of labels of a source.</summary>
    /// <param name="source">A folder of crystals; other sources have none.</param>
    /// <returns>The path of the file, or null.</returns>
    /// <exception cref="CrystalFormatException">The folder has more than one.</exception>
    public static string? Find(string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        string[] found = [.. Names.Select(name => Path.Combine(source, name)).Where(File.Exists)];
        return found.Length > 1
            ? throw new CrystalFormatException(source, 0, "one file of labels", string.Join(" and ", found.Select(Path.GetFileName)))
            : found.FirstOrDefault();
    }
}
