using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Trains a classifier for each class that tells it from all others.</summary>
public sealed class OneVersusAllTrainer : MetaMulticlassTrainer<MulticlassPredictionTransformer<OneVersusAllModelParameters>, OneVersusAllModelParameters>
{
    private readonly bool useProbabilities;

    internal OneVersusAllTrainer(
        ITrainerEstimator<ISingleFeaturePredictionTransformer<IScalarModel>, IScalarModel> trainer, string labelColumn, bool useProbabilities)
        : base(trainer, labelColumn) =>
        this.useProbabilities = useProbabilities;

    public override MulticlassPredictionTransformer<OneVersusAllModelParameters> Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        var label = input.Schema.GetColumnOrNull(LabelColumn.Name)
            ?? throw new ArgumentOutOfRangeException(nameof(input), $"Label column '{LabelColumn.Name}' not found");
        if (label.Type is not KeyDataViewType key)
            throw label.Type is NumberDataViewType && (label.Type.RawType == typeof(float) || label.Type.RawType == typeof(double))
                ? new NotSupportedException($"Label column type is not supported by OneVersusAllTrainer: {label.Type.RawType}")
                : new ArgumentOutOfRangeException(nameof(input),
                    $"Training label column '{label.Name}' type is not valid for multi-class: {label.Type}. Type must be Single or Double.");
        var models = new IScalarModel[key.Count];
        string features = null;
        for (var i = 0; i < models.Length; i++)
        {
            var transformer = Trainer.Fit(new RowMappedDataView(input, new ClassLabelMapper(label, (uint)i + 1)));
            (models[i], features) = (transformer.Model, transformer.FeatureColumnName);
        }
        return new(new OneVersusAllModelParameters(models, useProbabilities), input.Schema, features, LabelColumn.Name);
    }
}
