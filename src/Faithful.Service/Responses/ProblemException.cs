using Faithful.Crystals.Formats;

namespace Faithful.Service.Responses;

/// <summary>A request, or one of its structures, cannot be answered as asked.</summary>
/// <param name="problem">The kind of problem.</param>
/// <param name="detail">What is wrong, in words for the user.</param>
/// <param name="format">The fault of a structure's text, where that is the problem.</param>
internal sealed class ProblemException(ServiceProblem problem, string detail, CrystalFormatException? format = null) : Exception(detail)
{
    /// <summary>Gets the kind of problem.</summary>
    public ServiceProblem Problem { get; } = problem;

    /// <summary>Gets the fault of a structure's text: line, what was expected and what was found; null where that is not the problem.</summary>
    public CrystalFormatException? Format { get; } = format;

    /// <summary>Makes the problem of a structure that cannot be read.</summary>
    /// <param name="error">What the reader says.</param>
    /// <returns>The problem.</returns>
    public static ProblemException Of(CrystalFormatException error) => new(ServiceProblem.Structure, error.Message, error);

    /// <summary>Makes the problem of a request of another form.</summary>
    /// <param name="place">Where in the request.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="found">What was found.</param>
    /// <returns>The problem.</returns>
    public static ProblemException Malformed(string place, string expected, string found) =>
        new(ServiceProblem.BadRequest, $"{place}: expected {expected}, found {found}");
}
