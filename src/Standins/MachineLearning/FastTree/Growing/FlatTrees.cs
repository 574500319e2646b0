using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>
/// The trees of an ensemble laid out for scoring: several trees walk side by side without a branch, so that the loads of one
/// hide those of the others. Leaves lead to themselves, and all trees of a group take as many steps as its deepest.
/// </summary>
internal sealed class FlatTrees
{
    /// <summary>Nodes hold feature and child in 16 bits.</summary>
    public const int MaximumFeatures = ushort.MaxValue + 1;

    /// <summary>With its nodes a tree of so many leaves stays within 16 bits.</summary>
    public const int MaximumLeaves = (ushort.MaxValue + 1) / 2;

    private const int SideBySide = 6;
    private const int NodesOfCacheLine = 8;

    private readonly Node[] nodes;
    private readonly double[] values;
    private readonly int[] roots;
    private readonly int[] steps;

    /// <summary>Lays out trees.</summary>
    public FlatTrees(IReadOnlyList<GrownTree> trees)
    {
        List<Node> nodes = [];
        List<double> values = [];
        int groups = (trees.Count + SideBySide - 1) / SideBySide;
        roots = new int[(groups * SideBySide) + 1];
        steps = new int[groups];
        for (int tree = 0; tree < groups * SideBySide; tree++)
        {
            roots[tree] = nodes.Count;
            int depth = tree < trees.Count ? Lay(trees[tree], nodes, values) : Lay(GrownTree.Zero, nodes, values);
            steps[tree / SideBySide] = Math.Max(steps[tree / SideBySide], depth);
        }

        roots[^1] = nodes.Count;
        this.nodes = [.. nodes];
        this.values = [.. values];
    }

    /// <summary>Sums the outputs of all trees, in their order.</summary>
    public unsafe double Score(ReadOnlySpan<float> features)
    {
        double sum = 0;
        // Unchecked: the nodes were laid out here, and their features lie within the row, which the caller made sure of.
        fixed (Node* nodes = this.nodes)
        fixed (double* values = this.values)
        fixed (int* roots = this.roots)
        fixed (float* row = features)
        {
            for (int group = 0; group < steps.Length; group++)
            {
                int* root = roots + (group * SideBySide);
                FetchAhead(nodes, root[SideBySide], group + 1 < steps.Length ? root[2 * SideBySide] : 0);
                Node* a = nodes + root[0];
                Node* b = nodes + root[1];
                Node* c = nodes + root[2];
                Node* d = nodes + root[3];
                Node* e = nodes + root[4];
                Node* f = nodes + root[5];
                int atA = 0, atB = 0, atC = 0, atD = 0, atE = 0, atF = 0;
                for (int step = steps[group]; step > 0; step--)
                {
                    atA = Next(a + atA, row);
                    atB = Next(b + atB, row);
                    atC = Next(c + atC, row);
                    atD = Next(d + atD, row);
                    atE = Next(e + atE, row);
                    atF = Next(f + atF, row);
                }

                sum = sum + values[root[0] + atA] + values[root[1] + atB] + values[root[2] + atC] + values[root[3] + atD] + values[root[4] + atE] + values[root[5] + atF];
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

    /// <summary>An ensemble is larger than the nearest caches: the next group comes while this one walks.</summary>
    private static unsafe void FetchAhead(Node* nodes, int first, int end)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (int node = first; node < end; node += NodesOfCacheLine)
        {
            Sse.Prefetch0(nodes + node);
        }
    }

    /// <summary>Lays a tree's nodes level by level, the two children of a node side by side.</summary>
    private static int Lay(GrownTree tree, List<Node> nodes, List<double> values)
    {
        int first = nodes.Count;
        Queue<(int Child, int Place, int Depth)> open = new();
        open.Enqueue((tree.Nodes > 0 ? 0 : ~0, 0, 0));
        int places = 1;
        int deepest = 0;
        int size = tree.Nodes + tree.LeafValues.Length;
        nodes.AddRange(new Node[size]);
        values.AddRange(new double[size]);
        while (open.TryDequeue(out (int Child, int Place, int Depth) next))
        {
            deepest = next.Depth;
            if (next.Child < 0)
            {
                // Nothing is at most NaN, so a leaf always leads to its node above, which is itself.
                nodes[first + next.Place] = new Node(float.NaN, 0, (ushort)next.Place);
                values[first + next.Place] = tree.LeafValues[~next.Child];
                continue;
            }

            nodes[first + next.Place] = new Node(tree.Thresholds[next.Child], (ushort)tree.Features[next.Child], (ushort)(places + 1));
            open.Enqueue((tree.LeftChild[next.Child], places, next.Depth + 1));
            open.Enqueue((tree.RightChild[next.Child], places + 1, next.Depth + 1));
            places += 2;
        }

        return deepest;
    }

    private readonly record struct Node(float Threshold, ushort Feature, ushort Above);
}
