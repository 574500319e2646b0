namespace Microsoft.ML.Trainers;

/// <summary>A trainer on a column of features, one of labels, and perhaps one of weights.</summary>
public abstract class TrainerEstimatorBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public readonly SchemaShape.Column FeatureColumn;

    public readonly SchemaShape.Column LabelColumn;

    public readonly SchemaShape.Column WeightColumn;

    private protected TrainerEstimatorBase(SchemaShape.Column feature, SchemaShape.Column label, SchemaShape.Column weight = default)
    {
        Contracts.CheckParam(feature.IsValid, nameof(feature), "The column of features has no name.");
        FeatureColumn = feature;
        LabelColumn = label;
        WeightColumn = weight;
    }

    public abstract TrainerInfo Info { get; }

    public TTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return TrainTransformer(input, null);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        CheckInputSchema(inputSchema);
        return inputSchema.With(GetOutputColumnsCore(inputSchema));
    }

    private protected TTransformer TrainTransformer(IDataView trainSet, IDataView validationSet)
    {
        CheckInputSchema(SchemaShape.Create(trainSet.Schema));
        if (validationSet is not null)
        {
            CheckInputSchema(SchemaShape.Create(validationSet.Schema));
        }

        return MakeTransformer(TrainModelCore(trainSet, validationSet), trainSet.Schema);
    }

    private protected abstract SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema);

    private protected abstract TModel TrainModelCore(IDataView trainSet, IDataView validationSet);

    private protected abstract TTransformer MakeTransformer(TModel model, DataViewSchema trainSchema);

    private protected virtual void CheckLabelCompatible(SchemaShape.Column label)
    {
        if (!LabelColumn.IsCompatibleWith(label))
        {
            throw Contracts.SchemaMismatch(nameof(label), "label", LabelColumn.Name, LabelColumn.GetTypeString(), label.GetTypeString());
        }
    }

    private void CheckInputSchema(SchemaShape inputSchema)
    {
        CheckColumn(inputSchema, "feature", FeatureColumn);
        if (WeightColumn.IsValid)
        {
            CheckColumn(inputSchema, "weight", WeightColumn);
        }

        if (!LabelColumn.IsValid)
        {
            return;
        }

        if (!inputSchema.TryFindColumn(LabelColumn.Name, out var label))
        {
            throw Contracts.MissingColumn(nameof(inputSchema), "label", LabelColumn.Name);
        }

        CheckLabelCompatible(label); // what a label may be differs between trainers
    }

    private static void CheckColumn(SchemaShape inputSchema, string role, SchemaShape.Column wanted)
    {
        if (!inputSchema.TryFindColumn(wanted.Name, out var found))
        {
            throw Contracts.MissingColumn(nameof(inputSchema), role, wanted.Name);
        }

        if (!wanted.IsCompatibleWith(found))
        {
            throw Contracts.SchemaMismatch(nameof(inputSchema), role, wanted.Name, wanted.GetTypeString(), found.GetTypeString());
        }
    }
}
