using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>The file of labels that lies with crystals: in their folder, or in their zip or tar archive.</summary>
public static class LabelFile
{
    /// <summary>The name by which a file of labels is found beside crystals; also with <c>.gz</c>, and as <c>.tsv</c>.</summary>
    public const string Name = "labels.csv";

    private static readonly string[] Names = [Name, "labels.csv.gz", "labels.tsv", "labels.tsv.gz"];

    /// <summary>Reads the labels that lie with the crystals of a source.</summary>
    /// <param name="source">
    /// A folder, at the top of which the file is looked for, or an archive, where it may lie in a folder together with the crystals.
    /// </param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The labels, or null where there is no such file.</returns>
    /// <exception cref="CrystalFormatException">There are two such files in one place, or it is no table of labels.</exception>
    public static LabelTable? Read(string source, LabelTableOptions? options = null)
    {
        using var file = CompanionFile.Find(source, Names);
        if (file is null)
        {
            return null;
        }

        var table = LabelTable.Read(file.Content, file.Place, options);
        return file.Folder.Length == 0 ? table : table.InFolder(file.Folder);
    }
}
