namespace Faithful.Onnx;

/// <summary>A trained parameter does not fit the format in which it shall be stored.</summary>
public sealed class WeightRangeException : Exception
{
    /// <summary>Initialises the exception.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="found">What was found.</param>
    public WeightRangeException(string parameter, string expected, string found)
        : base($"parameter {parameter}: expected {expected}, found {found}")
    {
        Parameter = parameter;
        Expected = expected;
        Found = found;
    }

    /// <summary>Gets the name of the parameter.</summary>
    public string Parameter { get; }

    /// <summary>Gets what was expected.</summary>
    public string Expected { get; }

    /// <summary>Gets what was found.</summary>
    public string Found { get; }
}
