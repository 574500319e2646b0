using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Operations;
using Faithful.Onnx.Format;
using Google.Protobuf;

namespace Faithful.Onnx;

/// <summary>
/// Writes a network and its card as a model folder: <c>model.onnx</c>, where it is wanted <c>model.portable.onnx</c>, <c>card.json</c>,
/// <c>README.md</c>.
/// </summary>
public static class NetworkExporter
{
    /// <summary>Writes a model folder, with the parameters in the format that the card names. The ONNX file is written first and the card, which names its hash, last.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">Its flat parameter values.</param>
    /// <param name="card">The card; the hashes are filled in.</param>
    /// <param name="folder">The folder; made when missing, files in it are replaced.</param>
    /// <param name="portable">Whether to write the portable variant as well; one that is there is removed otherwise.</param>
    /// <returns>The card as written.</returns>
    /// <exception cref="WeightRangeException">A parameter does not fit the format of the card; nothing is written.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ModelCard Export(Network network, float[] values, ModelCard card, string folder, bool portable = false)
    {
        ArgumentNullException.ThrowIfNull(card);
        return ModelFolder.Write(ToBytes(network, values, card), portable ? ToBytes(network, values, card, portable) : null, card, folder);
    }

    /// <summary>Records a network as an ONNX model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">Its flat parameter values.</param>
    /// <param name="card">The card that the metadata repeats.</param>
    /// <param name="portable">
    /// Whether to do without what TensorRT, DirectML or a browser's GPU lack: adding up while scattering, numbers of 64 bits but for the
    /// indices, and operators outside the default set. The numbers are the same.
    /// </param>
    /// <returns>The bytes of the ONNX file; the same network, values and card give the same bytes.</returns>
    /// <exception cref="WeightRangeException">A parameter does not fit the format of the card.</exception>
    public static byte[] ToBytes(Network network, float[] values, ModelCard card, bool portable = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(card);
        var graph = new OnnxGraphBuilder();
        var operations = new RecordingOperations(graph, network.Layout, network.Inputs, values, card.Weights, portable);
        TensorValue output = network.Forward(operations);
        ModelTask task = network.Specification.Task;
        if (card.MergedFrom is ClassMerge merge)
        {
            operations.NameOutput(operations.Softmax(output), "finer_probabilities");
            string places = graph.AddInitializer("merged_classes", [merge.Places.Count, card.Task.Classes.Count], merge.Matrix());
            graph.AddNamedNode("probabilities", "MatMul", ["finer_probabilities", places]);
            ClassOutputs.AddLogits(graph, card.Task.Classes.Count);
            graph.AddOutput("probabilities", ["crystals", (long)card.Task.Classes.Count], "probabilities of the classes");
        }
        else if (task.Kind == TaskKind.Classification)
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

        string description = $"{card.Model} ({card.Preset}) for {card.Task.Name}, by Faithful";
        ModelProto model = graph.Build(description, ModelMetadata.Of(card, portable));
        if (portable)
        {
            OnnxStructure.CheckPortable(model);
        }

        return model.ToByteArray();
    }
}
