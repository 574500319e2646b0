using System.Runtime.InteropServices;
using Faithful.Models.Trees;
using Faithful.Onnx.Format;
using Google.Protobuf;
using static Faithful.Onnx.OnnxGraphBuilder;

namespace Faithful.Onnx;

/// <summary>
/// Trees in the attributes of ONNX's TreeEnsembleRegressor (ai.onnx.ml 3): a row a node, splits and leaves alike, and a row a leaf
/// that says what it adds to which output. Within a tree the splits come first, the root before all.
/// </summary>
internal sealed class TreeTable
{
    private static readonly ByteString Split = ByteString.CopyFromUtf8("BRANCH_LEQ");
    private static readonly ByteString Leaf = ByteString.CopyFromUtf8("LEAF");

    private readonly List<long> _trees = [], _nodes = [], _columns = [], _left = [], _right = [];
    private readonly List<ByteString> _modes = [];
    private readonly List<double> _thresholds = [], _leafValues = [];
    private readonly List<long> _leafTrees = [], _leafNodes = [], _leafOutputs = [];
    private int _count;

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="weight">What its leaves are multiplied with.</param>
    /// <param name="output">The output that it adds to.</param>
    public void Add(DecisionTree tree, double weight, int output)
    {
        for (int split = 0; split < tree.Splits; split++)
        {
            AddNode(split, Split, tree.SplitColumns[split], Node(tree, tree.LeftChildren[split]), Node(tree, tree.RightChildren[split]), tree.Thresholds[split]);
        }

        for (int leaf = 0; leaf < tree.LeafValues.Length; leaf++)
        {
            int node = Node(tree, ~leaf);
            AddNode(node, Leaf, 0, 0, 0, 0);
            _leafTrees.Add(_count);
            _leafNodes.Add(node);
            _leafOutputs.Add(output);
            _leafValues.Add(weight * tree.LeafValues[leaf]);
        }

        _count++;
    }

    /// <summary>Gets the attributes. NaN takes the false branch, the right one, at every split.</summary>
    /// <returns>Those that describe nodes, leaves and where they lead.</returns>
    public IEnumerable<AttributeProto> Attributes() =>
    [
        Integers("nodes_treeids", [.. _trees]),
        Integers("nodes_nodeids", [.. _nodes]),
        Integers("nodes_featureids", [.. _columns]),
        Texts("nodes_modes", _modes),
        Doubles("nodes_values_as_tensor", CollectionsMarshal.AsSpan(_thresholds)),
        Integers("nodes_truenodeids", [.. _left]),
        Integers("nodes_falsenodeids", [.. _right]),
        Integers("nodes_missing_value_tracks_true", new long[_nodes.Count]),
        Integers("target_treeids", [.. _leafTrees]),
        Integers("target_nodeids", [.. _leafNodes]),
        Integers("target_ids", [.. _leafOutputs]),
        Doubles("target_weights_as_tensor", CollectionsMarshal.AsSpan(_leafValues)),
    ];

    private static int Node(DecisionTree tree, int child) => child >= 0 ? child : tree.Splits + ~child;

    private void AddNode(long node, ByteString mode, long column, long left, long right, double threshold)
    {
        _trees.Add(_count);
        _nodes.Add(node);
        _modes.Add(mode);
        _columns.Add(column);
        _left.Add(left);
        _right.Add(right);
        _thresholds.Add(threshold);
    }
}
