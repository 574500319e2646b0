using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

/// <summary>The trainers of the main package in their catalogs.</summary>
public static class StandardTrainersCatalog
{
    /// <summary>Missing labels count as of no class, whatever is asked for, as in the published package.</summary>
    public static OneVersusAllTrainer OneVersusAll<TModel>(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel> binaryEstimator,
        string labelColumnName = ScoreNames.Label,
        bool imputeMissingLabelsAsNegative = false,
        IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>> calibrator = null,
        int maximumCalibrationExampleCount = 1000000000,
        bool useProbabilities = true)
        where TModel : class
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckParam(
            binaryEstimator is ITrainerEstimator<ISingleFeaturePredictionTransformer<IScalarModel>, IScalarModel>, nameof(binaryEstimator),
            "Trainer estimator does not appear to produce the right kind of model.");
        if (calibrator is not null)
            throw new NotSupportedException("This stand-in has no calibrators to train: the classifiers of OneVersusAll bring their own.");
        return new OneVersusAllTrainer(
            (ITrainerEstimator<ISingleFeaturePredictionTransformer<IScalarModel>, IScalarModel>)binaryEstimator, labelColumnName, useProbabilities);
    }
}
