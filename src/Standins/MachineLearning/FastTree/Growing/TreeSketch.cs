namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>A tree while it grows: its nodes speak of bins. A split keeps the leaf's number for the rows below the threshold.</summary>
internal sealed class TreeSketch
{
    private readonly List<Node> nodes = [];
    private readonly List<int> parents = [-1];

    /// <summary>Gets the number of leaves.</summary>
    public int Leaves => parents.Count;

    /// <summary>Gets the outputs of the leaves; set once the tree has all its leaves.</summary>
    public double[] LeafValues { get; set; } = [];

    /// <summary>Splits a leaf.</summary>
    /// <returns>The new leaf, of the rows above the threshold.</returns>
    public int Split(int leaf, LeafSplit split)
    {
        int node = nodes.Count;
        int above = parents.Count;
        if (parents[leaf] >= 0)
        {
            Node parent = nodes[parents[leaf]];
            nodes[parents[leaf]] = parent.Left == ~leaf ? parent with { Left = node } : parent with { Right = node };
        }

        nodes.Add(new Node(split.Feature, split.Threshold, split.Gain, ~leaf, ~above));
        parents[leaf] = node;
        parents.Add(node);
        return above;
    }

    /// <summary>Gets the leaf of a training row.</summary>
    public int LeafOf(byte[][] columns, int row)
    {
        int node = nodes.Count == 0 ? ~0 : 0;
        while (node >= 0)
        {
            Node at = nodes[node];
            node = columns[at.Feature][row] <= at.Threshold ? at.Left : at.Right;
        }

        return ~node;
    }

    /// <summary>Gives the tree in terms of the input's features.</summary>
    public GrownTree Finish(BinnedFeatures data) => new(
        [.. nodes.Select(node => node.Left)],
        [.. nodes.Select(node => node.Right)],
        [.. nodes.Select(node => data.Features[node.Feature])],
        [.. nodes.Select(node => data.Cuts[node.Feature][node.Threshold])],
        [.. nodes.Select(node => node.Gain)],
        LeafValues);

    private readonly record struct Node(int Feature, int Threshold, double Gain, int Left, int Right);
}
