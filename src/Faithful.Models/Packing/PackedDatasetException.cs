namespace Faithful.Models.Packing;

/// <summary>A packed data set cannot be used: cut off, altered, of another format, or not a packed data set at all.</summary>
public sealed class PackedDatasetException : Exception
{
    /// <summary>Initialises the exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="found">What was found.</param>
    public PackedDatasetException(string path, string expected, string found)
        : base($"{path}: expected {expected}, found {found}")
    {
        FilePath = path;
        Expected = expected;
        Found = found;
    }

    /// <summary>Gets the file.</summary>
    public string FilePath { get; }

    /// <summary>Gets what was expected.</summary>
    public string Expected { get; }

    /// <summary>Gets what was found.</summary>
    public string Found { get; }
}
