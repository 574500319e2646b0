namespace Faithful.Crystals.Symmetry;

/// <summary>A native library is not on this machine, or is one that cannot be used.</summary>
public sealed class MissingNativeLibraryException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="MissingNativeLibraryException"/> class.</summary>
    /// <param name="library">The name of the library, for example <c>spglib</c>.</param>
    /// <param name="problem">What was tried and what happened, without a full stop.</param>
    /// <param name="remedy">What to install, without a full stop.</param>
    public MissingNativeLibraryException(string library, string problem, string remedy)
        : base($"{library}: {problem}; {remedy}")
    {
        Library = library;
        Problem = problem;
        Remedy = remedy;
    }

    /// <summary>Gets the name of the library.</summary>
    public string Library { get; }

    /// <summary>Gets what was tried and what happened.</summary>
    public string Problem { get; }

    /// <summary>Gets what to install.</summary>
    public string Remedy { get; }
}
