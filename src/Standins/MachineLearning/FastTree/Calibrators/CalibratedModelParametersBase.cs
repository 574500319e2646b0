namespace Microsoft.ML.Calibrators;

/// <summary>A model and what makes probabilities of its scores.</summary>
public abstract class CalibratedModelParametersBase
{
    private protected CalibratedModelParametersBase(object subModel, ICalibrator calibrator)
    {
        SubModel = subModel;
        Calibrator = calibrator;
    }

    public object SubModel { get; }

    public ICalibrator Calibrator { get; }
}
