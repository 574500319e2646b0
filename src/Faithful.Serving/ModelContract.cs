using Faithful.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Faithful.Serving;

/// <summary>Compares an opened ONNX file with its card and with the contract of inputs and outputs.</summary>
internal static class ModelContract
{
    /// <summary>The output of a classification before the softmax, shape (crystals, classes).</summary>
    public const string Logits = "logits";

    /// <summary>The output of a classification, shape (crystals, classes).</summary>
    public const string Probabilities = "probabilities";

    /// <summary>The output of a regression, shape (crystals).</summary>
    public const string Value = "value";

    private const string MetadataPrefix = "faithful.";

    /// <summary>Gets the outputs that a task's model has.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The names of the outputs.</returns>
    public static string[] Outputs(ModelTask task) => task.Kind == TaskKind.Classification ? [Logits, Probabilities] : [Value];

    /// <summary>Checks an opened model.</summary>
    /// <param name="path">The ONNX file, for errors.</param>
    /// <param name="session">The opened file.</param>
    /// <param name="card">The card.</param>
    /// <exception cref="ModelFolderException">The file and the card, or the file and the contract, disagree.</exception>
    public static void Check(string path, InferenceSession session, ModelCard card)
    {
        Dictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        CheckMetadata(path, metadata, "format_version", Invariant(card.FormatVersion), isRequired: true);
        CheckMetadata(path, metadata, "task", card.Task.Name, isRequired: false);
        CheckMetadata(path, metadata, "model", card.Model, isRequired: false);
        CheckMetadata(path, metadata, "weights", card.Weights.ToString().ToLowerInvariant(), isRequired: false);
        if (card.Preparation is { Descriptors: string set, DescriptorDigest: string digest })
        {
            CheckMetadata(path, metadata, "descriptors", set, isRequired: true);
            CheckMetadata(path, metadata, "descriptor_digest", digest, isRequired: true);
        }

        CheckInputs(path, session.InputMetadata, card);
        CheckOutputs(path, session.OutputMetadata, card.Task);
    }

    /// <summary>Checks what stands for crystals that the model cannot take.</summary>
    /// <param name="folder">The model folder, for errors.</param>
    /// <param name="card">The card.</param>
    /// <exception cref="ModelFolderException">The fallback does not fit the task.</exception>
    public static void CheckFallback(string folder, ModelCard card)
    {
        string path = Path.Combine(folder, ModelCard.FileName);
        if (card.Task.Kind == TaskKind.Regression)
        {
            if (card.Fallback.Median is null)
            {
                throw new ModelFolderException(path, "the median of the training part as fallback", "none");
            }
        }
        else if (card.Fallback.ClassFrequencies.Count != card.Task.Classes.Count)
        {
            throw new ModelFolderException(
                path, $"a frequency for each of the {card.Task.Classes.Count} classes as fallback", $"{card.Fallback.ClassFrequencies.Count}");
        }
    }

    private static void CheckMetadata(
        string path, Dictionary<string, string> metadata, string name, string expected, bool isRequired)
    {
        string key = MetadataPrefix + name;
        if (metadata.TryGetValue(key, out string? found) ? found != expected : isRequired)
        {
            throw new ModelFolderException(path, $"{key} {expected} in the metadata, as in the card", found is null ? "none" : $"'{found}'");
        }
    }

    private static void CheckInputs(string path, IReadOnlyDictionary<string, NodeMetadata> inputs, ModelCard card)
    {
        if (!inputs.Keys.ToHashSet().SetEquals(card.Inputs))
        {
            throw new ModelFolderException(
                path, $"the inputs of the card ({Join(card.Inputs)})", Join(inputs.Keys));
        }

        foreach (ModelInput input in card.GraphInputs)
        {
            NodeMetadata found = inputs[input.Name];
            TensorElementType type = input.IsInteger ? TensorElementType.Int64 : TensorElementType.Float;
            if (!found.IsTensor || found.ElementDataType != type || !Fits(found.Dimensions, [-1, .. input.RowShape]))
            {
                throw new ModelFolderException(
                    path,
                    $"input '{input.Name}' as {Describe(type, [-1, .. input.RowShape])}",
                    found.IsTensor ? Describe(found.ElementDataType, found.Dimensions) : "no tensor");
            }
        }
    }

    private static void CheckOutputs(string path, IReadOnlyDictionary<string, NodeMetadata> outputs, ModelTask task)
    {
        int[] shape = task.Kind == TaskKind.Classification ? [-1, task.Classes.Count] : [-1];
        foreach (string name in Outputs(task))
        {
            if (!outputs.TryGetValue(name, out NodeMetadata? found))
            {
                throw new ModelFolderException(path, $"an output '{name}' for the task {task.Name}", $"only {Join(outputs.Keys)}");
            }

            if (!found.IsTensor || found.ElementDataType != TensorElementType.Float || !Fits(found.Dimensions, shape))
            {
                throw new ModelFolderException(
                    path,
                    $"output '{name}' as {Describe(TensorElementType.Float, shape)} for the task {task.Name}",
                    found.IsTensor ? Describe(found.ElementDataType, found.Dimensions) : "no tensor");
            }
        }
    }

    /// <summary>Whether two shapes agree; −1 stands for a size that a graph leaves open.</summary>
    private static bool Fits(int[] found, int[] expected) =>
        found.Length == expected.Length && found.Zip(expected).All(pair => pair.First == pair.Second || pair.First < 0 || pair.Second < 0);

    private static string Describe(TensorElementType type, IEnumerable<int> shape)
    {
        string name = type switch
        {
            TensorElementType.Float => "float32",
            TensorElementType.Int64 => "int64",
            _ => type.ToString(),
        };
        return $"{name} [{string.Join(", ", shape.Select(size => size < 0 ? "*" : Invariant(size)))}]";
    }

    private static string Join(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
