namespace Microsoft.ML.Data;

/// <summary>How often each class was taken for which.</summary>
public sealed class ConfusionMatrix
{
    private readonly IReadOnlyList<string> names;
    private readonly bool isBinary;
    private string formatted;

    internal ConfusionMatrix(double[][] counts, IReadOnlyList<string> names, bool isBinary)
    {
        this.names = names;
        this.isBinary = isBinary;
        NumberOfClasses = counts.Length;
        Counts = Array.ConvertAll(counts, row => (IReadOnlyList<double>)row);
        PerClassPrecision = Enumerable.Range(0, counts.Length).Select(i => Part(counts[i][i], counts.Sum(row => row[i]))).ToArray();
        PerClassRecall = Enumerable.Range(0, counts.Length).Select(i => Part(counts[i][i], counts[i].Sum())).ToArray();
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    /// <summary>Rows are actual classes, columns predicted ones.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses { get; }

    public string GetFormattedConfusionTable() => formatted ??= ConfusionTable.Format(this, names, isBinary);

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        CheckClass(predictedClassIndicatorIndex, nameof(predictedClassIndicatorIndex));
        CheckClass(actualClassIndicatorIndex, nameof(actualClassIndicatorIndex));
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    private static double Part(double count, double sum) => sum > 0 ? count / sum : 0;

    private void CheckClass(int index, string name) =>
        Contracts.CheckParam(index >= 0 && index < NumberOfClasses, name, $"A class of 0 to {NumberOfClasses - 1} was expected, not {index}.");
}
