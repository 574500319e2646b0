using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Microsoft.ML;

/// <summary>The trainers of trees in their catalogs.</summary>
public static class TreeExtensions
{
    public static FastTreeRegressionTrainer FastTree(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = ScoreNames.Label,
        string featureColumnName = ScoreNames.Features,
        string exampleWeightColumnName = null,
        int numberOfLeaves = Defaults.NumberOfLeaves,
        int numberOfTrees = Defaults.NumberOfTrees,
        int minimumExampleCountPerLeaf = Defaults.MinimumExampleCountPerLeaf,
        double learningRate = Defaults.LearningRate) =>
        FastTree(catalog, new FastTreeRegressionTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            NumberOfLeaves = numberOfLeaves,
            NumberOfTrees = numberOfTrees,
            MinimumExampleCountPerLeaf = minimumExampleCountPerLeaf,
            LearningRate = learningRate,
        });

    public static FastTreeRegressionTrainer FastTree(this RegressionCatalog.RegressionTrainers catalog, FastTreeRegressionTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(options, nameof(options));
        return new FastTreeRegressionTrainer(options);
    }

    public static FastTreeBinaryTrainer FastTree(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = ScoreNames.Label,
        string featureColumnName = ScoreNames.Features,
        string exampleWeightColumnName = null,
        int numberOfLeaves = Defaults.NumberOfLeaves,
        int numberOfTrees = Defaults.NumberOfTrees,
        int minimumExampleCountPerLeaf = Defaults.MinimumExampleCountPerLeaf,
        double learningRate = Defaults.LearningRate) =>
        FastTree(catalog, new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            NumberOfLeaves = numberOfLeaves,
            NumberOfTrees = numberOfTrees,
            MinimumExampleCountPerLeaf = minimumExampleCountPerLeaf,
            LearningRate = learningRate,
        });

    public static FastTreeBinaryTrainer FastTree(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, FastTreeBinaryTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(options, nameof(options));
        return new FastTreeBinaryTrainer(options);
    }
}
