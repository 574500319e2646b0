using Faithful.Models;

namespace Faithful.Pipelines;

/// <summary>The files of a model folder.</summary>
internal static class ModelFolderFiles
{
    /// <summary>Gets the names of the files that a model needs.</summary>
    public static IReadOnlyList<string> Names { get; } = [ModelCard.FileName, ModelCard.ModelFileName];

    /// <summary>Names the folder of a model in an archive.</summary>
    /// <param name="step">The folder of the step.</param>
    /// <param name="model">The index of the model.</param>
    /// <returns>The folder.</returns>
    public static string FolderOf(string step, int model) => FormattableString.Invariant($"{step}/models/{model}");

    /// <summary>Names the folder of a member within that of its ensemble.</summary>
    /// <param name="member">The index of the member.</param>
    /// <returns>The folder, as <c>ensemble.json</c> names it.</returns>
    public static string MemberFolder(int member) => FormattableString.Invariant($"members/{member}");
}
