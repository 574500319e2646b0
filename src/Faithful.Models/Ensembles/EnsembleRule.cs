namespace Faithful.Models.Ensembles;

/// <summary>
/// Joins the answers of several models: probabilities of the classes, or a value as a list of one. A model that has no answer is stood in for
/// by the plain mean of those that have one. Thread-safe.
/// </summary>
public sealed class EnsembleRule
{
    /// <summary>
    /// The probability below which a stacked ensemble sees no difference: trees say 0 where they have seen nothing, and one member's
    /// logarithm of that would outweigh all others.
    /// </summary>
    public const double SmallestProbability = 1e-6;

    private readonly TaskKind _kind;
    private readonly EnsembleMethod _method;
    private readonly double[] _weights;
    private readonly double[] _biases;

    /// <summary>Initialises a rule.</summary>
    /// <param name="kind">The kind of task.</param>
    /// <param name="method">How answers are joined.</param>
    /// <param name="weights">The weight of each model.</param>
    /// <param name="biases">What a stacked rule adds for each class or to the value; empty for nothing.</param>
    public EnsembleRule(TaskKind kind, EnsembleMethod method, IReadOnlyList<double> weights, IReadOnlyList<double>? biases = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        (_kind, _method, _weights, _biases) = (kind, method, [.. weights], [.. biases ?? []]);
    }

    /// <summary>Makes the plain mean.</summary>
    /// <param name="kind">The kind of task.</param>
    /// <param name="models">The number of models.</param>
    /// <returns>The rule.</returns>
    public static EnsembleRule Mean(TaskKind kind, int models) => new(kind, EnsembleMethod.Mean, EqualWeights(models));

    /// <summary>Gets the weights of a plain mean.</summary>
    /// <param name="models">The number of models, at least 1.</param>
    /// <returns>As many equal weights.</returns>
    public static double[] EqualWeights(int models) => [.. Enumerable.Repeat(1.0 / models, models)];

    /// <summary>Puts the plain mean of the other models in the place of missing answers.</summary>
    /// <param name="answers">The answer of each model; null where it has none. At least one has.</param>
    /// <returns>An answer for each model.</returns>
    public static double[][] Fill(IReadOnlyList<double[]?> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        double[][] given = [.. answers.OfType<double[]>()];
        if (given.Length == answers.Count)
        {
            return given;
        }

        double[] mean = [.. Enumerable.Range(0, given[0].Length).Select(index => given.Average(answer => answer[index]))];
        return [.. answers.Select(answer => answer ?? mean)];
    }

    /// <summary>Joins answers.</summary>
    /// <param name="answers">The answer of each model, in the order of the weights; null where it has none. At least one has.</param>
    /// <returns>Probabilities that sum to 1 as those of the models do, or a list of one value.</returns>
    public double[] Join(IReadOnlyList<double[]?> answers)
    {
        double[][] all = Fill(answers);
        bool isGeometric = _method == EnsembleMethod.Stacked && _kind == TaskKind.Classification;
        double[] joined = _biases.Length > 0 ? [.. _biases] : new double[all[0].Length];
        for (int model = 0; model < all.Length; model++)
        {
            for (int index = 0; index < joined.Length; index++)
            {
                double value = all[model][index];
                joined[index] += _weights[model] * (isGeometric ? Math.Log(Math.Max(value, SmallestProbability)) : value);
            }
        }

        return isGeometric ? Softmax(joined) : joined;
    }

    /// <summary>Measures how much answers differ.</summary>
    /// <param name="kind">The kind of task.</param>
    /// <param name="answers">The answers of the models that have one, at least one.</param>
    /// <returns>
    /// Of probabilities their Jensen–Shannon divergence as a share of ln min(models, classes), its largest value, 0..1 (J. Lin, IEEE Trans. Inf.
    /// Theory 37, 145 (1991), doi:10.1109/18.61115, equation 5.1 with equal weights); of values the standard deviation.
    /// </returns>
    public static double Disagreement(TaskKind kind, IReadOnlyList<double[]> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count < 2)
        {
            return 0;
        }

        double[] mean = [.. Enumerable.Range(0, answers[0].Length).Select(index => answers.Average(answer => answer[index]))];
        return kind == TaskKind.Regression
            ? Math.Sqrt(answers.Average(answer => (answer[0] - mean[0]) * (answer[0] - mean[0])))
            : Math.Clamp((Entropy(mean) - answers.Average(Entropy)) / Math.Log(Math.Min(answers.Count, mean.Length)), 0, 1);
    }

    /// <summary>Gets exponentials that sum to 1.</summary>
    /// <param name="logits">Any numbers.</param>
    /// <returns>As many probabilities.</returns>
    internal static double[] Softmax(double[] logits)
    {
        double largest = logits.Max();
        double[] exponentials = [.. logits.Select(logit => Math.Exp(logit - largest))];
        double sum = exponentials.Sum();
        return [.. exponentials.Select(value => value / sum)];
    }

    private static double Entropy(double[] probabilities) => -probabilities.Sum(p => p > 0 ? p * Math.Log(p) : 0);
}
