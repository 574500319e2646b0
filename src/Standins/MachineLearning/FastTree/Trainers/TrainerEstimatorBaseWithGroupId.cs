namespace Microsoft.ML.Trainers;

/// <summary>A trainer that may be told which rows belong together; those here do not ask.</summary>
public abstract class TrainerEstimatorBaseWithGroupId<TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public readonly SchemaShape.Column GroupIdColumn;

    private protected TrainerEstimatorBaseWithGroupId(
        SchemaShape.Column feature, SchemaShape.Column label, SchemaShape.Column weight = default, SchemaShape.Column groupId = default)
        : base(feature, label, weight) =>
        GroupIdColumn = groupId;
}
