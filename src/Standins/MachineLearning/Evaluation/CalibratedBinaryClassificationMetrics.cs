namespace Microsoft.ML.Data;

/// <summary>With what the probabilities tell; logarithms are to the base of two.</summary>
public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public double Entropy { get; }

    internal CalibratedBinaryClassificationMetrics(
        ConfusionMatrix matrix,
        double areaUnderRocCurve,
        double areaUnderPrecisionRecallCurve,
        double logLoss,
        double logLossReduction,
        double entropy)
        : base(matrix, areaUnderRocCurve, areaUnderPrecisionRecallCurve)
    {
        LogLoss = logLoss;
        LogLossReduction = logLossReduction;
        Entropy = entropy;
    }
}
