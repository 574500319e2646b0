using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Makes a classifier of many classes from a trainer of two.</summary>
public abstract class MetaMulticlassTrainer<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected MetaMulticlassTrainer(ITrainerEstimator<ISingleFeaturePredictionTransformer<IScalarModel>, IScalarModel> trainer, string labelColumn)
    {
        Trainer = trainer;
        LabelColumn = new SchemaShape.Column(labelColumn, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true);
        Info = new TrainerInfo(normalization: trainer.Info.NeedNormalization);
    }

    public TrainerInfo Info { get; }

    private protected ITrainerEstimator<ISingleFeaturePredictionTransformer<IScalarModel>, IScalarModel> Trainer { get; }

    private protected SchemaShape.Column LabelColumn { get; }

    public abstract TTransformer Fit(IDataView input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        if (!inputSchema.TryFindColumn(LabelColumn.Name, out var label))
            throw Contracts.MissingColumn("labelCol", "label", LabelColumn.Name);
        if (!LabelColumn.IsCompatibleWith(label))
            throw Contracts.SchemaMismatch(nameof(inputSchema), "label", LabelColumn.Name, LabelColumn.GetTypeString(), label.GetTypeString());
        return inputSchema.With(
        [
            new(ScoreNames.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, ScoreAnnotations.ClassScoreShape(label)),
            new(ScoreNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, ScoreAnnotations.PredictedClassShape(label)),
        ]);
    }
}
