namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>A tree while it grows: its nodes speak of bins. A split keeps the leaf's number for the rows below the threshold.</summary>
internal sealed class TreeSketch
{
    private readonly List<Node> _nodes = [];
    private readonly List<int> _parents = [-1];

    /// <summary>Gets the number of leaves.</summary>
    public int Leaves => _parents.Count;

    /// <summary>Gets the outputs of the leaves; set once the tree has all its leaves.</summary>
    public double[] LeafValues { get; set; } = [];

    /// <summary>Splits a leaf.</summary>
    /// <returns>The new leaf, of the rows above the threshold.</returns>
    public int Split(int leaf, LeafSplit split)
    {
        int node = _nodes.Count;
        int above = _parents.Count;
        if (_parents[leaf] >= 0)
        {
            Node parent = _nodes[_parents[leaf]];
            _nodes[_parents[leaf]] = parent.Left == ~leaf ? parent with { Left = node } : parent with { Right = node };
        }

        _nodes.Add(new Node(split.Feature, split.Threshold, split.Gain, ~leaf, ~above));
        _parents[leaf] = node;
        _parents.Add(node);
        return above;
    }

    /// <summary>Gets the leaf of a training row.</summary>
    public int LeafOf(byte[][] columns, int row)
    {
        int node = _nodes.Count == 0 ? ~0 : 0;
        while (node >= 0)
        {
            Node at = _nodes[node];
            node = columns[at.Feature][row] <= at.Threshold ? at.Left : at.Right;
        }

        return ~node;
    }

    /// <summary>Gives the tree in terms of the input's features.</summary>
    public GrownTree Finish(BinnedFeatures data) => new(
        [.. _nodes.Select(node => node.Left)],
        [.. _nodes.Select(node => node.Right)],
        [.. _nodes.Select(node => data.Features[node.Feature])],
        [.. _nodes.Select(node => data.Cuts[node.Feature][node.Threshold])],
        [.. _nodes.Select(node => node.Gain)],
        LeafValues);

    private readonly record struct Node(int Feature, int Threshold, double Gain, int Left, int Right);
}
