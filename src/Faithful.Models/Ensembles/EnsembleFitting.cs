namespace Faithful.Models.Ensembles;

/// <summary>Fits the numbers that join the answers of models, on crystals that none of them was trained on.</summary>
public static class EnsembleFitting
{
    /// <summary>Fits an ensemble.</summary>
    /// <param name="task">The task.</param>
    /// <param name="method">How answers are joined.</param>
    /// <param name="answers">For each crystal the answer of each model, shape (crystals, models, classes or 1); see <see cref="EnsembleRule.Fill"/>.</param>
    /// <param name="targets">The number of the true class or the true value of each crystal.</param>
    /// <returns>The weights; the order of the models changes nothing but their order.</returns>
    /// <exception cref="ArgumentException">There is no crystal, or the lists differ in length.</exception>
    public static EnsembleSolution Fit(ModelTask task, EnsembleMethod method, IReadOnlyList<double[][]> answers, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(targets);
        if (answers.Count == 0 || answers.Count != targets.Count)
        {
            throw new ArgumentException($"expected as many targets as crystals, at least one; found {targets.Count} for {answers.Count}");
        }

        int models = answers[0].Length;
        bool isClassification = task.Kind == TaskKind.Classification;
        int[] classes = isClassification ? [.. targets.Select(target => (int)target)] : [];
        return method switch
        {
            _ when models == 1 && method != EnsembleMethod.Stacked => Without(EnsembleRule.EqualWeights(1)),
            EnsembleMethod.Mean => Without(EnsembleRule.EqualWeights(models)),
            EnsembleMethod.Weighted when isClassification => Without(MixtureWeights.Fit(answers, classes)),
            EnsembleMethod.Weighted => Without(ValueWeights.Fit(answers, targets)),
            _ when isClassification => Regularized.Choose(
                answers.Count,
                (rows, factor) => StackedClasses.Fit(Of(answers, rows), Of(classes, rows), factor),
                (solution, row) => -Math.Log(Math.Max(double.Epsilon, Rule(task, solution).Join(answers[row])[classes[row]]))),
            _ => Regularized.Choose(
                answers.Count,
                (rows, factor) => StackedValues.Fit(Of(answers, rows), Of(targets, rows), factor),
                (solution, row) => Math.Abs(Rule(task, solution).Join(answers[row])[0] - targets[row])),
        };
    }

    private static EnsembleRule Rule(ModelTask task, EnsembleSolution solution) =>
        new(task.Kind, EnsembleMethod.Stacked, solution.Weights, solution.Biases);

    private static EnsembleSolution Without(double[] weights) => new(weights, [], null);

    private static T[] Of<T>(IReadOnlyList<T> list, int[] rows) => [.. rows.Select(row => list[row])];
}
