using System.Globalization;
using System.Security.Cryptography;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Operations;
using Google.Protobuf;

namespace Faithful.Onnx;

/// <summary>Writes a network and its card as a model folder: <c>model.onnx</c>, <c>card.json</c>, <c>README.md</c>.</summary>
public static class NetworkExporter
{
    /// <summary>Writes a model folder, with the parameters in the format that the card names. The ONNX file is written first and the card, which names its hash, last.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">Its flat parameter values.</param>
    /// <param name="card">The card; the hash is filled in.</param>
    /// <param name="folder">The folder; made when missing, files in it are replaced.</param>
    /// <returns>The card as written.</returns>
    /// <exception cref="WeightRangeException">A parameter does not fit the format of the card; nothing is written.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ModelCard Export(Network network, float[] values, ModelCard card, string folder)
    {
        ArgumentNullException.ThrowIfNull(card);
        byte[] model = ToBytes(network, values, card);
        card = card with { ModelSha256 = Convert.ToHexStringLower(SHA256.HashData(model)) };
        AtomicFile.Write(Path.Combine(folder, ModelCard.ModelFileName), stream => stream.Write(model));
        AtomicFile.WriteText(Path.Combine(folder, ModelCard.FileName), card.ToJson());
        AtomicFile.WriteText(Path.Combine(folder, "README.md"), ModelReadme.Write(card));
        return card;
    }

    /// <summary>Records a network as an ONNX model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">Its flat parameter values.</param>
    /// <param name="card">The card that the metadata repeats.</param>
    /// <returns>The bytes of the ONNX file; the same network, values and card give the same bytes.</returns>
    /// <exception cref="WeightRangeException">A parameter does not fit the format of the card.</exception>
    public static byte[] ToBytes(Network network, float[] values, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(card);
        var graph = new OnnxGraphBuilder();
        var operations = new RecordingOperations(graph, network.Layout, network.Inputs, values, card.Weights);
        TensorValue output = network.Forward(operations);
        ModelTask task = network.Specification.Task;
        if (task.Kind == TaskKind.Classification)
        {
            operations.NameOutput(output, "logits");
            operations.NameOutput(operations.Softmax(output), "probabilities");
            graph.AddOutput("logits", ["crystals", (long)task.Classes.Count], "scores of the classes before the softmax");
            graph.AddOutput("probabilities", ["crystals", (long)task.Classes.Count], "probabilities of the classes");
        }
        else
        {
            operations.NameOutput(operations.DropLastAxis(output), "value");
            graph.AddOutput("value", ["crystals"], task.Unit ?? "");
        }

        string description = $"{card.Model} ({card.Preset}) for {task.Name}, by Faithful";
        return graph.Build(description, Metadata(card)).ToByteArray();
    }

    private static IEnumerable<KeyValuePair<string, string>> Metadata(ModelCard card)
    {
        yield return Entry("format_version", Text(card.FormatVersion));
        yield return Entry("model", card.Model);
        yield return Entry("preset", card.Preset);
        yield return Entry("task", card.Task.Name);
        yield return Entry("kind", card.Task.Kind.ToString().ToLowerInvariant());
        yield return Entry("classes", string.Join(",", card.Task.Classes));
        yield return Entry("unit", card.Task.Unit ?? "");
        yield return Entry("cutoff", Text(card.Preparation.Cutoff));
        yield return Entry("max_atoms", Text(card.Preparation.MaxAtoms));
        yield return Entry("uses_symmetry", card.Preparation.UsesSymmetry ? "true" : "false");
        yield return Entry("cell", card.Preparation.Cell == CellChoice.Canonical ? "canonical" : "as_given");
        yield return Entry("max_species", Text(card.Preparation.MaxSpecies));
        yield return Entry("max_atoms_of_species", string.Join(",", card.Preparation.MaxAtomsOfSpecies));
        yield return Entry("fallback", card.Task.Kind == TaskKind.Classification
            ? card.Task.Classes[IndexOfLargest(card.Fallback.ClassFrequencies)]
            : Text(card.Fallback.Median ?? double.NaN));
        yield return Entry("weights", card.Weights.ToString().ToLowerInvariant());
        yield return Entry("training_data", card.Training.Data);
        yield return Entry("training_data_sha256", card.Training.DataSha256);
        foreach ((string part, IReadOnlyDictionary<string, double> metrics) in card.Metrics)
        {
            foreach ((string metric, double value) in metrics)
            {
                yield return Entry($"metrics.{part}.{metric}", Text(value));
            }
        }

        static KeyValuePair<string, string> Entry(string key, string value) => new($"faithful.{key}", value);
        static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
    }

    private static int IndexOfLargest(IReadOnlyList<double> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Count; i++)
        {
            largest = values[i] > values[largest] ? i : largest;
        }

        return largest;
    }
}
