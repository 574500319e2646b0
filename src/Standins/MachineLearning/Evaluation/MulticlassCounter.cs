namespace Microsoft.ML.Data;

/// <summary>The sums behind <see cref="MulticlassClassificationMetrics"/>.</summary>
/// <remarks>
/// Labels are class numbers from 0. Rows do not count when their label is missing, negative or no whole number, or when a score is
/// not finite. A label beyond the scores is a class that the model has not seen: no prediction of it is right.
/// </remarks>
internal sealed class MulticlassCounter
{
    private const float SmallestProbability = (float)1e-15;

    private readonly string[] _names;
    private readonly double[][] _table;
    private readonly double[] _rowsOfClass;
    private readonly double[] _lossOfClass;
    private readonly double[] _rowsOfRank;
    private double _rows;
    private double _right;
    private double _loss;

    public MulticlassCounter(string[] names)
    {
        _names = names;
        _table = Array.ConvertAll(names, _ => new double[names.Length]);
        _rowsOfClass = new double[names.Length];
        _lossOfClass = new double[names.Length];
        _rowsOfRank = new double[names.Length + 1];
    }

    public void Add(float label, ReadOnlySpan<float> scores)
    {
        if (!(label >= 0) || label != (int)label)
            return;
        foreach (var score in scores)
        {
            if (!float.IsFinite(score))
                return;
        }

        var actual = (int)label;
        var known = actual < scores.Length;
        var own = known ? scores[actual] : 0;
        var loss = -Math.Log(known ? Math.Min(1, Math.Max(SmallestProbability, own)) : SmallestProbability);
        _rows++;
        _loss += loss;
        var rank = RankOf(actual, own, scores);
        _rowsOfRank[rank]++;
        if (!known)
            return;
        if (rank == 0)
            _right++;
        _rowsOfClass[actual]++;
        _lossOfClass[actual] += loss;
        _table[actual][FirstLargest(scores)]++;
    }

    public MulticlassClassificationMetrics Result(int topKPredictionCount)
    {
        var logLoss = _rows > 0 ? _loss / _rows : 0;
        var perClass = Enumerable.Range(0, _names.Length).Select(i => _rowsOfClass[i] > 0 ? _lossOfClass[i] / _rowsOfClass[i] : 0).ToArray();
        return new MulticlassClassificationMetrics(_rows > 0 ? _right / _rows : 0, MacroAccuracy(), logLoss, Reduction(logLoss),
            topKPredictionCount, topKPredictionCount > 0 ? TopAccuracies(topKPredictionCount) : null, perClass,
            new ConfusionMatrix(_table, _names, isBinary: false));
    }

    /// <summary>The number of classes that come before the true one; of equal scores the first class comes first.</summary>
    private static int RankOf(int actual, float own, ReadOnlySpan<float> scores)
    {
        var rank = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > own || scores[i] == own && i < actual)
                rank++;
        }

        return rank;
    }

    private static int FirstLargest(ReadOnlySpan<float> scores)
    {
        var largest = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[largest])
                largest = i;
        }

        return largest;
    }

    private double MacroAccuracy()
    {
        var sum = 0.0;
        var classes = 0;
        for (var i = 0; i < _names.Length; i++)
        {
            if (_rowsOfClass[i] > 0)
            {
                sum += _table[i][i] / _rowsOfClass[i];
                classes++;
            }
        }

        return classes > 0 ? sum / classes : 0;
    }

    private double Reduction(double logLoss)
    {
        var entropy = 0.0;
        foreach (var rows in _rowsOfClass)
        {
            if (rows != 0)
                entropy += rows * Math.Log(rows / _rows);
        }

        entropy /= -_rows;
        return (entropy - logLoss) / entropy;
    }

    private double[] TopAccuracies(int count)
    {
        var accuracies = new double[Math.Min(count, _rowsOfRank.Length)];
        var sum = 0.0;
        for (var k = 0; k < accuracies.Length; k++)
            accuracies[k] = sum += _rowsOfRank[k] / _rows;
        return accuracies;
    }
}
