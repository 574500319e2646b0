using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>A trainer of trees.</summary>
public abstract class FastTreeTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBaseWithGroupId<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TOptions : TreeOptions, new()
    where TModel : class
{
    private protected FastTreeTrainerBase(TOptions options, DataViewType labelType)
        : base(
            new SchemaShape.Column(options.FeatureColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false),
            Scalar(options.LabelColumnName, labelType, false),
            Scalar(options.ExampleWeightColumnName, NumberDataViewType.Single, false),
            Scalar(options.RowGroupColumnName, NumberDataViewType.UInt32, true)) =>
        FastTreeTrainerOptions = options;

    public override TrainerInfo Info { get; } = new(normalization: false, caching: false);

    private protected TOptions FastTreeTrainerOptions { get; }

    private static SchemaShape.Column Scalar(string name, DataViewType type, bool isKey) =>
        name is null ? default : new SchemaShape.Column(name, SchemaShape.Column.VectorKind.Scalar, type, isKey);
}
