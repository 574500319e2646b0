namespace Faithful.Networks.Training;

/// <summary>A run folder cannot be used: missing, cut short, or of another model or data set.</summary>
public sealed class RunFolderException : Exception
{
    /// <summary>Initialises the exception.</summary>
    /// <param name="origin">The folder or file.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="found">What was found.</param>
    public RunFolderException(string origin, string expected, string found)
        : base($"{origin}: expected {expected}, found {found}")
    {
        Origin = origin;
        Expected = expected;
        Found = found;
    }

    /// <summary>Gets the folder or file.</summary>
    public string Origin { get; }

    /// <summary>Gets what was expected.</summary>
    public string Expected { get; }

    /// <summary>Gets what was found.</summary>
    public string Found { get; }
}
