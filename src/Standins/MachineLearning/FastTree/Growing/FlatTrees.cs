using System.Runtime.CompilerServices;

namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>
/// The trees of an ensemble laid out for scoring: several trees walk side by side without a branch, so that the loads of one
/// hide those of the others. Leaves lead to themselves, and all trees of a group take as many steps as its deepest.
/// </summary>
internal sealed class FlatTrees
{
    private const int SideBySide = 6;

    private readonly Node[] _nodes;
    private readonly double[] _values;
    private readonly int[] _roots;
    private readonly int[] _steps;

    /// <summary>Lays out trees.</summary>
    public FlatTrees(IReadOnlyList<GrownTree> trees)
    {
        List<Node> nodes = [];
        List<double> values = [];
        _roots = new int[(trees.Count + SideBySide - 1) / SideBySide * SideBySide];
        _steps = new int[_roots.Length / SideBySide];
        for (int tree = 0; tree < _roots.Length; tree++)
        {
            _roots[tree] = nodes.Count;
            if (tree < trees.Count)
            {
                int depth = Lay(trees[tree], nodes, values);
                _steps[tree / SideBySide] = Math.Max(_steps[tree / SideBySide], depth);
            }
            else
            {
                Leaf(nodes.Count, 0, nodes, values); // fills the last group
            }
        }

        _nodes = [.. nodes];
        _values = [.. values];
    }

    /// <summary>Sums the outputs of all trees, in their order.</summary>
    public unsafe double Score(ReadOnlySpan<float> features)
    {
        double sum = 0;
        // Unchecked: the nodes were laid out here, and their features lie within the row, which the caller made sure of.
        fixed (Node* nodes = _nodes)
        fixed (double* values = _values)
        fixed (float* row = features)
        {
            for (int group = 0; group < _steps.Length; group++)
            {
                int first = group * SideBySide;
                int a = _roots[first];
                int b = _roots[first + 1];
                int c = _roots[first + 2];
                int d = _roots[first + 3];
                int e = _roots[first + 4];
                int f = _roots[first + 5];
                for (int step = _steps[group]; step > 0; step--)
                {
                    a = Next(nodes + a, row);
                    b = Next(nodes + b, row);
                    c = Next(nodes + c, row);
                    d = Next(nodes + d, row);
                    e = Next(nodes + e, row);
                    f = Next(nodes + f, row);
                }

                sum = sum + values[a] + values[b] + values[c] + values[d] + values[e] + values[f];
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe int Next(Node* node, float* row)
    {
        bool isBelow = row[node->Feature] <= node->Threshold;
        return node->Above - *(byte*)&isBelow;
    }

    /// <summary>Lays a tree's nodes level by level, the two children of a node side by side.</summary>
    private static int Lay(GrownTree tree, List<Node> nodes, List<double> values)
    {
        Queue<(int Child, int Place, int Depth)> open = new();
        open.Enqueue((tree.Nodes > 0 ? 0 : ~0, nodes.Count, 0));
        nodes.Add(default);
        values.Add(0);
        int deepest = 0;
        while (open.TryDequeue(out (int Child, int Place, int Depth) next))
        {
            deepest = next.Depth;
            if (next.Child < 0)
            {
                Leaf(next.Place, tree.LeafValues[~next.Child], nodes, values);
                continue;
            }

            int below = nodes.Count;
            nodes.AddRange([default, default]);
            values.AddRange([0, 0]);
            nodes[next.Place] = new Node(tree.Features[next.Child], tree.Thresholds[next.Child], below + 1);
            open.Enqueue((tree.LeftChild[next.Child], below, next.Depth + 1));
            open.Enqueue((tree.RightChild[next.Child], below + 1, next.Depth + 1));
        }

        return deepest;
    }

    /// <summary>Nothing is at most NaN: a leaf always leads on to its node above, which is itself.</summary>
    private static void Leaf(int place, double value, List<Node> nodes, List<double> values)
    {
        if (place == nodes.Count)
        {
            nodes.Add(default);
            values.Add(0);
        }

        nodes[place] = new Node(0, float.NaN, place);
        values[place] = value;
    }

    private readonly record struct Node(int Feature, float Threshold, int Above);
}
