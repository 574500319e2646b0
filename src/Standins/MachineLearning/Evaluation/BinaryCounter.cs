namespace Microsoft.ML.Data;

/// <summary>What <see cref="BinaryClassificationMetrics"/> are computed from. A row is taken for positive when its score is above 0.</summary>
/// <remarks>Rows without a label or with a score that is not finite do not count.</remarks>
internal sealed class BinaryCounter(string[] names)
{
    private readonly double[][] table = [new double[2], new double[2]];
    private readonly List<(float Score, bool IsPositive)> rows = [];
    private double positiveProbabilities;
    private double negativeProbabilities;
    private double loss;

    public void Add(float label, float score, float probability)
    {
        if (!float.IsFinite(score) || float.IsNaN(label))
        {
            return;
        }

        var positive = label > 0;
        rows.Add((score, positive));
        table[positive ? 0 : 1][score > 0 ? 0 : 1]++;
        if (float.IsNaN(probability))
        {
            loss = double.NaN;
            return;
        }

        loss -= positive ? Math.Log(probability, 2) : Math.Log(1.0 - probability, 2);
        if (positive)
        {
            positiveProbabilities++;
        }
        else
        {
            negativeProbabilities++;
        }
    }

    public BinaryClassificationMetrics Result() => new(Matrix(), AreaUnderRocCurve(), AreaUnderPrecisionRecallCurve());

    public CalibratedBinaryClassificationMetrics CalibratedResult()
    {
        var counted = positiveProbabilities + negativeProbabilities;
        var prior = Entropy(positiveProbabilities / counted);
        return new CalibratedBinaryClassificationMetrics(Matrix(), AreaUnderRocCurve(), AreaUnderPrecisionRecallCurve(),
            double.IsNaN(loss) ? double.NaN : counted > 0 ? loss / counted : 0,
            counted == 0 ? 0 : (prior - loss / counted) / prior,
            Entropy(table[0].Sum() / rows.Count));
    }

    private ConfusionMatrix Matrix() => new(table, names, isBinary: true);

    /// <summary>The part of the pairs of a positive and a negative row that are in order; a tie counts half.</summary>
    private double AreaUnderRocCurve()
    {
        var positives = rows.Count(row => row.IsPositive);
        Contracts.CheckParam(positives > 0, "PosSample", "AUC is not defined when there is no positive class in the data");
        Contracts.CheckParam(positives < rows.Count, "NegSample", "AUC is not defined when there is no negative class in the data");
        var area = 0.0;
        var above = 0.0;
        foreach (var ties in rows.GroupBy(row => row.Score).OrderByDescending(ties => ties.Key))
        {
            var own = ties.Count(row => row.IsPositive);
            area += (ties.Count() - own) * (above + 0.5 * own);
            above += own;
        }

        return area / ((double)positives * (rows.Count - positives));
    }

    /// <summary>By trapezoids between the rows in order of their scores.</summary>
    /// <remarks>ML.NET takes a random sample of 100,000 rows where there are more; here all count.</remarks>
    private double AreaUnderPrecisionRecallCurve()
    {
        var positives = (double)rows.Count(row => row.IsPositive);
        var (area, lastRecall, lastPrecision) = (0.0, 0.0, 1.0);
        var (found, seen) = (0, 0);
        foreach (var row in rows.OrderByDescending(row => row.Score))
        {
            seen++;
            if (row.IsPositive)
            {
                found++;
            }

            var precision = (double)found / seen;
            if (row.IsPositive)
            {
                area += (found / positives - lastRecall) * (lastPrecision + precision) / 2;
                lastRecall = found / positives;
            }

            lastPrecision = precision;
        }

        return area;
    }

    private static double Entropy(double part) => part is 0 or 1 ? 0 : -part * Math.Log(part, 2) - (1 - part) * Math.Log(1 - part, 2);
}
