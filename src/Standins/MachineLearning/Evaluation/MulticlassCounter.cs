namespace Microsoft.ML.Data;

/// <summary>The sums behind <see cref="MulticlassClassificationMetrics"/>.</summary>
/// <remarks>
/// Labels are class numbers from 0. Rows do not count when their label is missing, negative or no whole number, or when a score is
/// not finite. A label beyond the scores is a class that the model has not seen: no prediction of it is right.
/// </remarks>
internal sealed class MulticlassCounter
{
    private const float SmallestProbability = (float)1e-15;

    private readonly string[] names;
    private readonly double[][] table;
    private readonly double[] rowsOfClass;
    private readonly double[] lossOfClass;
    private readonly double[] rowsOfRank;
    private double counted;
    private double right;
    private double totalLoss;

    public MulticlassCounter(string[] names)
    {
        this.names = names;
        table = Array.ConvertAll(names, _ => new double[names.Length]);
        rowsOfClass = new double[names.Length];
        lossOfClass = new double[names.Length];
        rowsOfRank = new double[names.Length + 1];
    }

    public void Add(float label, ReadOnlySpan<float> scores)
    {
        if (!(label >= 0) || label != (int)label)
        {
            return;
        }

        foreach (var score in scores)
        {
            if (!float.IsFinite(score))
            {
                return;
            }
        }

        var actual = (int)label;
        var known = actual < scores.Length;
        var own = known ? scores[actual] : 0;
        var loss = -Math.Log(known ? Math.Min(1, Math.Max(SmallestProbability, own)) : SmallestProbability);
        counted++;
        totalLoss += loss;
        var rank = RankOf(actual, own, scores);
        rowsOfRank[rank]++;
        if (!known)
        {
            return;
        }

        if (rank == 0)
        {
            right++;
        }

        rowsOfClass[actual]++;
        lossOfClass[actual] += loss;
        table[actual][FirstLargest(scores)]++;
    }

    public MulticlassClassificationMetrics Result(int topKPredictionCount)
    {
        var logLoss = counted > 0 ? totalLoss / counted : 0;
        var perClass = Enumerable.Range(0, names.Length).Select(i => rowsOfClass[i] > 0 ? lossOfClass[i] / rowsOfClass[i] : 0).ToArray();
        return new MulticlassClassificationMetrics(counted > 0 ? right / counted : 0, MacroAccuracy(), logLoss, Reduction(logLoss),
            topKPredictionCount, topKPredictionCount > 0 ? TopAccuracies(topKPredictionCount) : null, perClass,
            new ConfusionMatrix(table, names, isBinary: false));
    }

    /// <summary>The number of classes that come before the true one; of equal scores the first class comes first.</summary>
    private static int RankOf(int actual, float own, ReadOnlySpan<float> scores)
    {
        var rank = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > own || scores[i] == own && i < actual)
            {
                rank++;
            }
        }

        return rank;
    }

    private static int FirstLargest(ReadOnlySpan<float> scores)
    {
        var largest = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[largest])
            {
                largest = i;
            }
        }

        return largest;
    }

    private double MacroAccuracy()
    {
        var sum = 0.0;
        var classes = 0;
        for (var i = 0; i < names.Length; i++)
        {
            if (rowsOfClass[i] > 0)
            {
                sum += table[i][i] / rowsOfClass[i];
                classes++;
            }
        }

        return classes > 0 ? sum / classes : 0;
    }

    private double Reduction(double logLoss)
    {
        var entropy = 0.0;
        foreach (var rows in rowsOfClass)
        {
            if (rows != 0)
            {
                entropy += rows * Math.Log(rows / counted);
            }
        }

        entropy /= -counted;
        return (entropy - logLoss) / entropy;
    }

    private double[] TopAccuracies(int count)
    {
        var accuracies = new double[Math.Min(count, rowsOfRank.Length)];
        var sum = 0.0;
        for (var k = 0; k < accuracies.Length; k++)
        {
            accuracies[k] = sum += rowsOfRank[k] / counted;
        }

        return accuracies;
    }
}
