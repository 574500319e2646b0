namespace Microsoft.ML.Data;

public class BinaryClassificationMetrics
{
    public double AreaUnderRocCurve { get; }

    public double Accuracy { get; }

    public double PositivePrecision { get; }

    public double PositiveRecall { get; private set; }

    public double NegativePrecision { get; }

    public double NegativeRecall { get; }

    public double F1Score { get; }

    public double AreaUnderPrecisionRecallCurve { get; }

    /// <summary>Positive first.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }

    internal BinaryClassificationMetrics(ConfusionMatrix matrix, double areaUnderRocCurve, double areaUnderPrecisionRecallCurve)
    {
        ConfusionMatrix = matrix;
        AreaUnderRocCurve = areaUnderRocCurve;
        AreaUnderPrecisionRecallCurve = areaUnderPrecisionRecallCurve;
        PositivePrecision = matrix.PerClassPrecision[0];
        PositiveRecall = matrix.PerClassRecall[0];
        NegativePrecision = matrix.PerClassPrecision[1];
        NegativeRecall = matrix.PerClassRecall[1];
        Accuracy = (matrix.Counts[0][0] + matrix.Counts[1][1]) / matrix.Counts.Sum(row => row.Sum());
        var sum = PositivePrecision + PositiveRecall;
        F1Score = sum == 0 ? 0 : 2 * PositivePrecision * PositiveRecall / sum;
    }
}
