namespace Microsoft.ML.Calibrators;

/// <summary>Makes probabilities of scores.</summary>
public interface ICalibrator
{
    float PredictProbability(float output);
}
