using Microsoft.ML.Data;

namespace Microsoft.ML.Calibrators;

/// <summary>A model and what makes probabilities of its scores, under their types.</summary>
public abstract class CalibratedModelParametersBase<TSubModel, TCalibrator> : CalibratedModelParametersBase, IProbabilityModel
    where TSubModel : class
    where TCalibrator : class, ICalibrator
{
    private protected CalibratedModelParametersBase(TSubModel predictor, TCalibrator calibrator)
        : base(predictor, calibrator)
    {
        SubModel = predictor;
        Calibrator = calibrator;
    }

    public new TSubModel SubModel { get; }

    public new TCalibrator Calibrator { get; }

    float IScalarModel.Score(ReadOnlySpan<float> features) => ((IScalarModel)SubModel).Score(features);

    float IProbabilityModel.ProbabilityOf(float score) => Calibrator.PredictProbability(score);
}
