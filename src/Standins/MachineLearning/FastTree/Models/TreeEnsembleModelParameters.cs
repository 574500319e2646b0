using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>An ensemble of trees that scores rows of features.</summary>
public abstract class TreeEnsembleModelParameters : ModelParametersBase<float>, IScalarModel
{
    private readonly FlatTrees flat;

    private protected TreeEnsembleModelParameters(IReadOnlyList<GrownTree> trees, int featureCount)
    {
        Contracts.CheckParam(featureCount > 0, "numFeatures", "must be positive");
        Trees = trees;
        FeatureCount = featureCount;
        flat = new FlatTrees(trees);
    }

    internal IReadOnlyList<GrownTree> Trees { get; }

    internal int FeatureCount { get; }

    float IScalarModel.Score(ReadOnlySpan<float> features)
    {
        Contracts.Check(features.Length == FeatureCount, $"The model takes {FeatureCount} features, the row has {features.Length}.");
        return (float)flat.Score(features);
    }

    /// <summary>The root of each feature's gain, in units of the largest.</summary>
    public void GetFeatureWeights(ref VBuffer<float> weights)
    {
        var gains = new double[FeatureCount];
        foreach (var tree in Trees)
        {
            for (var node = 0; node < tree.Nodes; node++)
                gains[tree.Features[node]] += tree.Gains[node];
        }
        var largest = gains.Max();
        var editor = VBufferEditor.Create(ref weights, FeatureCount);
        for (var feature = 0; feature < FeatureCount; feature++)
            editor.Values[feature] = largest > 0 ? (float)Math.Sqrt(gains[feature] / largest) : 0;
        weights = editor.Commit();
    }
}
