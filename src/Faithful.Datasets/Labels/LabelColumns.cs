using System.Globalization;

namespace Faithful.Datasets;

/// <summary>Which names columns of labels may have.</summary>
internal static class LabelColumns
{
    /// <summary>The name that the column of ids gets when a table is written.</summary>
    public const string DefaultId = "id";

    /// <summary>The names by which a column of ids is known, the first one first.</summary>
    public static readonly string[] IdNames = [DefaultId, "material_id", "name"];

    /// <summary>Tells what is wrong with the name of a column of labels.</summary>
    /// <param name="name">The name.</param>
    /// <returns>What it should be and what it is; null for a good name.</returns>
    public static (string Expected, string Found)? Fault(string name) => name switch
    {
        "" => ("a name for every column", "an empty one"),
        _ when name != name.Trim() => ("names of columns without blanks around them", $"\"{name}\""),
        // The first row of a file without a header would vanish silently.
        _ when double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _) =>
            ("a header row with names of columns", $"the number \"{name}\""),
        _ => null,
    };
}
