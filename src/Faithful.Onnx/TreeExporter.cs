using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Onnx.Format;
using Google.Protobuf;
using static Faithful.Onnx.OnnxGraphBuilder;

namespace Faithful.Onnx;

/// <summary>
/// Writes gradient-boosted trees and their card as a model folder: <c>model.onnx</c>, <c>card.json</c>, <c>README.md</c>. Missing
/// values, relatives, trees, calibration and normalisation are all part of the graph.
/// </summary>
/// <remarks>
/// The graph compares and adds up in float64, and rounds where <see cref="TreeModel"/> does: a float32 descriptor and a float32
/// threshold are the same numbers in float64, so that each crystal takes the same way through each tree.
/// </remarks>
public static class TreeExporter
{
    /// <summary>Writes a model folder. The ONNX file is written first and the card, which names its hash, last.</summary>
    /// <param name="model">The trees.</param>
    /// <param name="card">The card; the hash is filled in.</param>
    /// <param name="folder">The folder; made when missing, files in it are replaced.</param>
    /// <returns>The card as written.</returns>
    /// <exception cref="ArgumentException">The card is that of another model: see the message.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ModelCard Export(TreeModel model, ModelCard card, string folder) => ModelFolder.Write(ToBytes(model, card), null, card, folder);

    /// <summary>Writes trees as an ONNX model.</summary>
    /// <param name="model">The trees.</param>
    /// <param name="card">The card that the metadata repeats.</param>
    /// <returns>The bytes of the ONNX file; the same trees and card give the same bytes.</returns>
    /// <exception cref="ArgumentException">The card is that of another model: see the message.</exception>
    public static byte[] ToBytes(TreeModel model, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(card);
        Check(model, card);
        var graph = new OnnxGraphBuilder();
        string scores = Scores(graph, model, Row(graph, model, graph.AddInput(card.GraphInputs[0])));
        if (model.Kind == TaskKind.Classification)
        {
            AddClasses(graph, model, scores, card.MergedFrom);
        }
        else
        {
            graph.AddNamedNode("value", "Squeeze", [scores, graph.AddInitializer("last_axis", [1], [1L])]);
            graph.AddOutput("value", ["crystals"], card.Task.Unit ?? "");
        }

        return graph.Build($"{card.Model} ({card.Preset}) for {card.Task.Name}, by Faithful", ModelMetadata.Of(card)).ToByteArray();
    }

    private static void Check(TreeModel model, ModelCard card)
    {
        int width = card.MergedFrom?.Classes.Count ?? card.Task.OutputWidth;
        string? fault = card.Task.Kind != model.Kind || width != model.OutputWidth
            ? $"the task of the card has {width} outputs ({card.Task.Kind}), the model {model.OutputWidth} ({model.Kind})"
            : (card.Preparation.Descriptors, card.Preparation.DescriptorDigest) != (model.Descriptors.Name, model.Descriptors.Digest)
                ? $"the card prepares the descriptors {card.Preparation.Descriptors ?? "none"} ({card.Preparation.DescriptorDigest}), " +
                    $"the model takes {model.Descriptors} ({model.Descriptors.Digest})"
            : card.Inputs is not ["descriptors"] ? $"the card has the inputs {string.Join(", ", card.Inputs)}, the model has descriptors"
            : card.Weights != WeightFormat.Float32 ? "trees are stored exactly, the card asks for rounded weights"
            : null;
        if (fault is not null)
        {
            throw new ArgumentException($"The card does not fit the trees: {fault}.", nameof(card));
        }
    }

    /// <summary>What the trees look at, in float64: the descriptors, with the number that stands for a missing one, and the classes of relatives.</summary>
    private static string Row(OnnxGraphBuilder graph, TreeModel model, string descriptors)
    {
        string row = descriptors;
        if (model.MissingValue is float missing)
        {
            string isMissing = graph.AddNode("IsNaN", [descriptors]);
            row = graph.AddNode("Where", [isMissing, graph.AddInitializer("missing_value", [], [missing]), descriptors]);
        }

        if (model.Relatives is RelativeTable table)
        {
            row = graph.AddNode("Concat", [row, RelativeGraph.Add(graph, table, descriptors)], Integer("axis", 1));
        }

        return ToDouble(graph, row);
    }

    /// <summary>All trees in one node, which tells by the output that a leaf adds to whose tree it is.</summary>
    private static string Scores(OnnxGraphBuilder graph, TreeModel model, string descriptors)
    {
        var table = new TreeTable();
        for (int output = 0; output < model.OutputWidth; output++)
        {
            TreeEnsemble ensemble = model.Ensembles[output];
            for (int tree = 0; tree < ensemble.Trees.Length; tree++)
            {
                table.Add(ensemble.Trees[tree], ensemble.Weights[tree], output);
            }
        }

        return graph.AddLearningNode(
            "TreeEnsembleRegressor",
            [descriptors],
            [.. table.Attributes(), Doubles("base_values_as_tensor", [.. model.Ensembles.Select(ensemble => ensemble.Bias)]), Integer("n_targets", model.OutputWidth)]);
    }

    private static void AddClasses(OnnxGraphBuilder graph, TreeModel model, string scores, ClassMerge? merge)
    {
        long classes = model.OutputWidth;
        string one = graph.AddInitializer("one", [], [1.0]);

        // The probability of each class by itself, rounded to float32 as ML.NET rounds it.
        string slopes = graph.AddInitializer("slopes", [classes], (double[])[.. model.Calibrations.Select(calibration => calibration.Slope)]);
        string offsets = graph.AddInitializer("offsets", [classes], (double[])[.. model.Calibrations.Select(calibration => calibration.Offset)]);
        string exponent = graph.AddNode("Add", [graph.AddNode("Mul", [ToDouble(graph, scores), slopes]), offsets]);
        string alone = graph.AddNode("Div", [one, graph.AddNode("Add", [one, graph.AddNode("Exp", [exponent])])]);
        alone = ToDouble(graph, Cast(graph, alone, TensorProto.Types.DataType.Float));

        // Their share of the sum; a sum of 0 leaves them as they are, all 0.
        string sum = graph.AddNode("ReduceSum", [alone, graph.AddInitializer("last_axis", [1], [1L])], Integer("keepdims", 1));
        string isZero = graph.AddNode("Equal", [sum, graph.AddInitializer("zero", [], [0.0])]);
        string share = graph.AddNode("Div", [alone, graph.AddNode("Where", [isZero, one, sum])]);
        if (merge is not null)
        {
            classes = merge.Places.Max() + 1L;
            double[] places = [.. merge.Matrix()];
            share = graph.AddNode("MatMul", [share, graph.AddInitializer("merged_classes", [merge.Places.Count, classes], places)]);
        }

        graph.AddNamedNode("probabilities", "Cast", [share], Integer("to", (long)TensorProto.Types.DataType.Float));
        ClassOutputs.AddLogits(graph, classes);
        graph.AddOutput("probabilities", ["crystals", classes], "probabilities of the classes");
    }

    private static string ToDouble(OnnxGraphBuilder graph, string value) => Cast(graph, value, TensorProto.Types.DataType.Double);

    private static string Cast(OnnxGraphBuilder graph, string value, TensorProto.Types.DataType type) =>
        graph.AddNode("Cast", [value], Integer("to", (long)type));
}
