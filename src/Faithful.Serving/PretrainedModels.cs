using Faithful.Models;

namespace Faithful.Serving;

/// <summary>The models that lie in the <c>onnx</c> folder of the project.</summary>
public static class PretrainedModels
{
    /// <summary>The name of the folder of pretrained models.</summary>
    public const string FolderName = "onnx";

    /// <summary>Finds the model folders, which are those that hold a card.</summary>
    /// <param name="root">The root of the project: the folder that holds <c>onnx</c>.</param>
    /// <returns>Paths of model folders, sorted by name; empty when there is none.</returns>
    public static IReadOnlyList<string> Find(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        string folder = Path.Combine(root, FolderName);
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateDirectories(folder)
                .Where(candidate => File.Exists(Path.Combine(candidate, ModelCard.FileName)))
                .Order(StringComparer.Ordinal)];
    }
}
