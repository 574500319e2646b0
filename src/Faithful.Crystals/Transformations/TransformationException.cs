namespace Faithful.Crystals.Transformations;

/// <summary>A transformation has checked its result and it is not what the transformation promises: the result is not returned.</summary>
public sealed class TransformationException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="TransformationException"/> class.</summary>
    /// <param name="transformation">The transformation, for example <c>Niggli reduction</c>.</param>
    /// <param name="expected">What it promises, without a full stop.</param>
    /// <param name="found">What came out instead.</param>
    public TransformationException(string transformation, string expected, string found)
        : base($"{transformation}: expected {expected}, found {found}")
    {
        Transformation = transformation;
        Expected = expected;
        Found = found;
    }

    /// <summary>Gets the transformation.</summary>
    public string Transformation { get; }

    /// <summary>Gets what it promises.</summary>
    public string Expected { get; }

    /// <summary>Gets what came out instead.</summary>
    public string Found { get; }
}
