namespace Microsoft.ML.Data;

public sealed class MulticlassClassificationMetrics
{
    /// <summary>The mean of -ln p of the true class, p held between 1e-15 and 1; a class that the model does not know counts as 1e-15.</summary>
    public double LogLoss { get; }

    /// <summary>What part of the log-loss of the classes' frequencies the model takes away; NaN when there is one class only.</summary>
    public double LogLossReduction { get; private set; }

    /// <summary>The mean, over the classes that occur, of the fraction found.</summary>
    public double MacroAccuracy { get; }

    public double MicroAccuracy { get; }

    public double TopKAccuracy => TopKAccuracyForAllK is { Count: > 0 } accuracies ? accuracies[^1] : 0;

    public int TopKPredictionCount { get; }

    /// <summary>Null when no number of predictions was asked for.</summary>
    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    /// <summary>0 for a class that does not occur.</summary>
    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }

    internal MulticlassClassificationMetrics(
        double microAccuracy,
        double macroAccuracy,
        double logLoss,
        double logLossReduction,
        int topKPredictionCount,
        double[] topKAccuracies,
        double[] perClassLogLoss,
        ConfusionMatrix confusionMatrix)
    {
        MicroAccuracy = microAccuracy;
        MacroAccuracy = macroAccuracy;
        LogLoss = logLoss;
        LogLossReduction = logLossReduction;
        TopKPredictionCount = topKPredictionCount;
        TopKAccuracyForAllK = topKAccuracies;
        PerClassLogLoss = perClassLogLoss;
        ConfusionMatrix = confusionMatrix;
    }
}
