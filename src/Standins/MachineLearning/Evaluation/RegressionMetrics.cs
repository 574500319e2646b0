namespace Microsoft.ML.Data;

public sealed class RegressionMetrics
{
    public double MeanAbsoluteError { get; }

    public double MeanSquaredError { get; }

    public double RootMeanSquaredError { get; }

    /// <summary>The mean of the loss function; it is the squared one, taken in single precision.</summary>
    public double LossFunction { get; }

    /// <summary>NaN when all labels are equal.</summary>
    public double RSquared { get; }

    internal RegressionMetrics(double meanAbsoluteError, double meanSquaredError, double lossFunction, double rSquared)
    {
        MeanAbsoluteError = meanAbsoluteError;
        MeanSquaredError = meanSquaredError;
        RootMeanSquaredError = Math.Sqrt(meanSquaredError);
        LossFunction = lossFunction;
        RSquared = rSquared;
    }
}
