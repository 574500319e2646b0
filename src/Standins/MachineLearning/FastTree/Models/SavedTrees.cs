using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Trees in model files. Scoring trusts the trees, so what is read is checked.</summary>
internal static class SavedTrees
{
    public const string Binary = "FastTreeBinary";
    public const string Regression = "FastTreeRegression";
    public const string Calibrated = "FastTreeCalibrated";

    public static FastTreeBinaryModelParameters ReadBinary(BinaryReader reader)
    {
        var (trees, featureCount) = Read(reader);
        return new FastTreeBinaryModelParameters(trees, featureCount);
    }

    public static FastTreeRegressionModelParameters ReadRegression(BinaryReader reader)
    {
        var (trees, featureCount) = Read(reader);
        return new FastTreeRegressionModelParameters(trees, featureCount);
    }

    public static void Write(BinaryWriter writer, TreeEnsembleModelParameters model)
    {
        writer.Write(model.FeatureCount);
        writer.Write(model.Trees.Count);
        foreach (var tree in model.Trees)
        {
            writer.WriteValues(tree.LeftChild);
            writer.WriteValues(tree.RightChild);
            writer.WriteValues(tree.Features);
            writer.WriteValues(tree.Thresholds);
            writer.WriteValues(tree.Gains);
            writer.WriteValues(tree.LeafValues);
        }
    }

    private static (GrownTree[] Trees, int FeatureCount) Read(BinaryReader reader)
    {
        var featureCount = reader.ReadInt32();
        var count = reader.ReadInt32();
        if (featureCount is <= 0 or > FlatTrees.MaximumFeatures || count < 0)
            throw new FormatException($"The model file holds {count} trees of {featureCount} features.");
        List<GrownTree> trees = [];
        for (var i = 0; i < count; i++)
        {
            GrownTree tree = new(
                reader.ReadValues<int>(), reader.ReadValues<int>(), reader.ReadValues<int>(), reader.ReadValues<float>(), reader.ReadValues<double>(),
                reader.ReadValues<double>());
            if (!IsTree(tree, featureCount))
                throw new FormatException($"The model file is damaged: the nodes of tree {i} make no tree.");
            trees.Add(tree);
        }
        return ([.. trees], featureCount);
    }

    /// <summary>Whether every node and leaf but the first node has one parent, which stands before it, and all features exist.</summary>
    private static bool IsTree(GrownTree tree, int featureCount)
    {
        var nodes = tree.Nodes;
        if (tree.RightChild.Length != nodes || tree.Features.Length != nodes || tree.Thresholds.Length != nodes || tree.Gains.Length != nodes
            || tree.LeafValues.Length != nodes + 1 || tree.LeafValues.Length > FlatTrees.MaximumLeaves)
            return false;
        var hasParent = new bool[nodes + tree.LeafValues.Length];
        for (var node = 0; node < nodes; node++)
        {
            if (tree.Features[node] < 0 || tree.Features[node] >= featureCount || !Adopt(tree.LeftChild[node], node) || !Adopt(tree.RightChild[node], node))
                return false;
        }
        return true;

        bool Adopt(int child, int parent)
        {
            var place = child >= 0 ? child : nodes + ~child;
            if (place <= parent || place >= hasParent.Length || hasParent[place])
                return false;
            return hasParent[place] = true;
        }
    }
}
