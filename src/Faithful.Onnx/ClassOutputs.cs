namespace Faithful.Onnx;

/// <summary>What graphs of trees and of networks add for the classes that they answer with.</summary>
internal static class ClassOutputs
{
    private const float SmallestNormal = 1.17549435e-38f; // 2^−126

    /// <summary>Adds the logarithms of <c>probabilities</c>. That of the smallest normal number stands for that of 0: logits are finite.</summary>
    /// <param name="graph">The graph, which has the probabilities.</param>
    /// <param name="classes">The number of classes.</param>
    public static void AddLogits(OnnxGraphBuilder graph, long classes)
    {
        string positive = graph.AddNode("Max", ["probabilities", graph.AddInitializer("smallest", [], [SmallestNormal])]);
        graph.AddNamedNode("logits", "Log", [positive]);
        graph.AddOutput("logits", ["crystals", classes], "logarithms of the probabilities, at least −87.34");
    }
}
