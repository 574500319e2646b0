namespace Faithful.Models;

/// <summary>A model folder cannot be used: missing, altered, or of another format.</summary>
public sealed class ModelFolderException : Exception
{
    /// <summary>Initialises the exception.</summary>
    /// <param name="origin">The folder or file, with a line number where there is one.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="found">What was found.</param>
    public ModelFolderException(string origin, string expected, string found)
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
