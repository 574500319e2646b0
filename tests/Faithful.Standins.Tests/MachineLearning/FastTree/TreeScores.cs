using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Faithful.Standins.Tests.MachineLearning.FastTree;

/// <summary>Reads scores, and computes them from the trees as the published documentation of their members says.</summary>
internal static class TreeScores
{
    public static float[] Column(IDataView data, string name) => [.. data.GetColumn<float>(name)];

    /// <summary>The leaf that a row ends in.</summary>
    public static int Leaf(RegressionTree tree, float[] features)
    {
        int node = tree.NumberOfNodes == 0 ? ~0 : 0;
        while (node >= 0)
        {
            node = features[tree.NumericalSplitFeatureIndexes[node]] <= tree.NumericalSplitThresholds[node] ? tree.LeftChild[node] : tree.RightChild[node];
        }

        return ~node;
    }

    public static double Score(RegressionTreeEnsemble ensemble, float[] features)
    {
        double score = ensemble.Bias;
        for (int i = 0; i < ensemble.Trees.Count; i++)
        {
            score += ensemble.TreeWeights[i] * ensemble.Trees[i].LeafValues[Leaf(ensemble.Trees[i], features)];
        }

        return score;
    }

    public static void AssertEqual(RegressionTreeEnsemble expected, RegressionTreeEnsemble actual)
    {
        Assert.Equal(expected.Trees.Count, actual.Trees.Count);
        for (int i = 0; i < expected.Trees.Count; i++)
        {
            Assert.Equal(expected.Trees[i].LeftChild, actual.Trees[i].LeftChild);
            Assert.Equal(expected.Trees[i].RightChild, actual.Trees[i].RightChild);
            Assert.Equal(expected.Trees[i].NumericalSplitFeatureIndexes, actual.Trees[i].NumericalSplitFeatureIndexes);
            Assert.Equal(expected.Trees[i].NumericalSplitThresholds, actual.Trees[i].NumericalSplitThresholds);
            Assert.Equal(expected.Trees[i].LeafValues, actual.Trees[i].LeafValues);
        }
    }
}
