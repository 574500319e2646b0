namespace Faithful.Datasets;

/// <summary>Data cannot be split as asked, or a split file does not fit. The message reads <c>split.json: expected …, found …</c>.</summary>
public sealed class SplitException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="SplitException"/> class.</summary>
    /// <param name="file">The split file, with the line in parentheses where one is at fault; null where there is no file.</param>
    /// <param name="expected">What is needed, without a full stop.</param>
    /// <param name="found">What is there instead.</param>
    /// <param name="innerException">The cause, if another exception is.</param>
    public SplitException(string? file, string expected, string found, Exception? innerException = null)
        : base($"{file ?? "split"}: expected {expected}, found {found}", innerException)
    {
        File = file;
        Expected = expected;
        Found = found;
    }

    /// <summary>Gets the split file, or null.</summary>
    public string? File { get; }

    /// <summary>Gets what is needed.</summary>
    public string Expected { get; }

    /// <summary>Gets what is there instead.</summary>
    public string Found { get; }
}
