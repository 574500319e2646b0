using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree.Growing;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>A trainer that boosts trees.</summary>
public abstract class BoostingFastTreeTrainerBase<TOptions, TTransformer, TModel> : FastTreeTrainerBase<TOptions, TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TOptions : BoostedTreeOptions, new()
    where TModel : class
{
    private protected BoostingFastTreeTrainerBase(TOptions options, DataViewType labelType)
        : base(options, labelType)
    {
    }

    private protected List<GrownTree> Boost(TrainingRows rows, BoostingObjective objective, double maximumOutput)
    {
        FastTreeTrainerOptions.Check();
        var options = FastTreeTrainerOptions.ToBoosterOptions(maximumOutput);
        var features = BinnedFeatures.Create(
            rows.Features, FastTreeTrainerOptions.MaximumBinCountPerFeature, FastTreeTrainerOptions.MinimumExampleCountPerLeaf, options.Tree.Threads);
        return new Booster(features, rows.Weights, objective, options).Train();
    }

    private protected TrainingRows Read<TLabel>(IDataView data, Func<TLabel, float> number) =>
        TrainingRows.Read(data, FeatureColumn.Name, LabelColumn.Name, WeightColumn.Name, number);
}
