namespace Microsoft.ML.Data;

/// <summary>The sums behind <see cref="RegressionMetrics"/>. Rows without a label or a score do not count.</summary>
internal sealed class RegressionCounter
{
    private double rows;
    private double absolute;
    private double squared;
    private double loss;
    private double labels;
    private double labelSquares;

    public void Add(float label, float score)
    {
        if (float.IsNaN(label) || float.IsNaN(score))
        {
            return;
        }

        var error = Math.Abs((double)label - score);
        var difference = score - label;
        rows++;
        absolute += error;
        squared += error * error;
        loss += difference * difference;
        labels += label;
        labelSquares += label * label;
    }

    public RegressionMetrics Result()
    {
        if (rows == 0)
        {
            return new RegressionMetrics(0, 0, 0, 0);
        }

        var variation = labelSquares - labels * labels / rows;
        return new RegressionMetrics(absolute / rows, squared / rows, loss / rows, variation == 0 ? double.NaN : 1 - squared / variation);
    }
}
