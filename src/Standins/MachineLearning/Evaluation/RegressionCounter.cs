namespace Microsoft.ML.Data;

/// <summary>The sums behind <see cref="RegressionMetrics"/>. Rows without a label or a score do not count.</summary>
internal sealed class RegressionCounter
{
    private double _rows;
    private double _absolute;
    private double _squared;
    private double _loss;
    private double _labels;
    private double _labelSquares;

    public void Add(float label, float score)
    {
        if (float.IsNaN(label) || float.IsNaN(score))
            return;
        var error = Math.Abs((double)label - score);
        var difference = score - label;
        _rows++;
        _absolute += error;
        _squared += error * error;
        _loss += difference * difference;
        _labels += label;
        _labelSquares += label * label;
    }

    public RegressionMetrics Result()
    {
        if (_rows == 0)
            return new RegressionMetrics(0, 0, 0, 0);
        var variation = _labelSquares - _labels * _labels / _rows;
        return new RegressionMetrics(_absolute / _rows, _squared / _rows, _loss / _rows, variation == 0 ? double.NaN : 1 - _squared / variation);
    }
}
