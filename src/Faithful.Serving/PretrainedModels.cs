using Faithful.Models;
using Faithful.Models.Ensembles;

namespace Faithful.Serving;

/// <summary>The models, and the ensembles of them, that lie in the <c>onnx</c> folder of the project.</summary>
public static class PretrainedModels
{
    /// <summary>The name of the folder of pretrained models.</summary>
    public const string FolderName = "onnx";

    /// <summary>Finds the folders that hold the card of a model or an ensemble.</summary>
    /// <param name="root">The root of the project: the folder that holds <c>onnx</c>.</param>
    /// <returns>Paths of folders, sorted by name; empty when there is none.</returns>
    public static IReadOnlyList<string> Find(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        string folder = Path.Combine(root, FolderName);
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateDirectories(folder)
                .Where(candidate => File.Exists(Path.Combine(candidate, ModelCard.FileName)) || EnsembleCard.IsIn(candidate))
                .Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads what a folder is for, without opening its model.</summary>
    /// <param name="folder">The folder of a model or of an ensemble.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ModelFolderException">The folder is neither.</exception>
    public static ModelTask TaskOf(string folder) => EnsembleCard.IsIn(folder) ? EnsembleCard.Read(folder).Task : ModelCard.Read(folder).Task;
}
