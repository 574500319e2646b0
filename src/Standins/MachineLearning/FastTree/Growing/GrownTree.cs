namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>
/// A regression tree: node i sends a row to <see cref="LeftChild"/>[i] when its feature is at most the threshold, otherwise
/// (also for NaN) to <see cref="RightChild"/>[i]. A child c ≥ 0 is a node, c &lt; 0 the leaf ~c.
/// </summary>
internal sealed class GrownTree
{
    /// <summary>Makes a tree from its parts.</summary>
    public GrownTree(int[] leftChild, int[] rightChild, int[] features, float[] thresholds, double[] gains, double[] leafValues)
    {
        LeftChild = leftChild;
        RightChild = rightChild;
        Features = features;
        Thresholds = thresholds;
        Gains = gains;
        LeafValues = leafValues;
    }

    /// <summary>Gets the tree that adds nothing.</summary>
    public static GrownTree Zero { get; } = new([], [], [], [], [], [0]);

    /// <summary>Gets the children of the nodes for features up to the threshold.</summary>
    public int[] LeftChild { get; }

    /// <summary>Gets the children of the nodes for features above the threshold.</summary>
    public int[] RightChild { get; }

    /// <summary>Gets the feature that each node looks at.</summary>
    public int[] Features { get; }

    /// <summary>Gets the threshold of each node.</summary>
    public float[] Thresholds { get; }

    /// <summary>Gets how much each node's split lowered the sum of squares.</summary>
    public double[] Gains { get; }

    /// <summary>Gets the output of each leaf.</summary>
    public double[] LeafValues { get; }

    /// <summary>Gets the number of nodes, leaves not counted.</summary>
    public int Nodes => LeftChild.Length;

    /// <summary>Gets the output for a row of features.</summary>
    public double Output(ReadOnlySpan<float> features)
    {
        if (Nodes == 0)
        {
            return LeafValues[0];
        }

        int node = 0;
        while (node >= 0)
        {
            node = features[Features[node]] <= Thresholds[node] ? LeftChild[node] : RightChild[node];
        }

        return LeafValues[~node];
    }
}
