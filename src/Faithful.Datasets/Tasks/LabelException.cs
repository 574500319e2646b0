namespace Faithful.Datasets;

/// <summary>A label is not what its task allows, or a column cannot make a task.</summary>
public sealed class LabelException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="LabelException"/> class.</summary>
    /// <param name="column">The label column.</param>
    /// <param name="expected">What a right label looks like, without a full stop.</param>
    /// <param name="found">What was found instead.</param>
    /// <param name="id">The id of the record, or null where no single record is at fault.</param>
    /// <param name="origin">The file and line of the record, for example <c>tqc.jsonl.gz(17)</c>, or null.</param>
    public LabelException(string column, string expected, string found, string? id = null, string? origin = null)
        : base($"{origin ?? "labels"}{(id is null ? "" : $" {id}")}: expected {expected} in the column \"{column}\", found {found}")
    {
        Column = column;
        Expected = expected;
        Found = found;
        Id = id;
        Origin = origin;
    }

    /// <summary>Makes the exception for a column without a single label.</summary>
    /// <param name="column">The label column.</param>
    /// <param name="crystals">The number of crystals that could have one.</param>
    /// <param name="columns">The columns that do have labels.</param>
    /// <returns>The exception; its message names the columns.</returns>
    public static LabelException NoLabel(string column, int crystals, IEnumerable<string> columns)
    {
        var names = string.Join(", ", columns);
        return new(
            column,
            "at least one label",
            $"none in {crystals} crystals{(names.Length == 0 ? ", which have no labels at all" : $"; the columns with labels are {names}")}");
    }

    /// <summary>Gets the label column.</summary>
    public string Column { get; }

    /// <summary>Gets what a right label looks like.</summary>
    public string Expected { get; }

    /// <summary>Gets what was found instead.</summary>
    public string Found { get; }

    /// <summary>Gets the id of the record, or null.</summary>
    public string? Id { get; }

    /// <summary>Gets the file and line of the record, or null.</summary>
    public string? Origin { get; }
}
