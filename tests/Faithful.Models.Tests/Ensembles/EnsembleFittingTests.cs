using Faithful.Models.Ensembles;
using Faithful.Models.Metrics;

namespace Faithful.Models.Tests.Ensembles;

/// <summary>What fitted weights must be: the best of their kind, and the same in whatever order the models come.</summary>
public sealed class EnsembleFittingTests
{
    private static readonly ModelTask Classes = new() { Name = "tqc", Kind = TaskKind.Classification, Classes = ["a", "b", "c"], UsesSymmetry = true };
    private static readonly ModelTask Value = new() { Name = "formation-energy", Kind = TaskKind.Regression, Unit = "eV/atom", UsesSymmetry = true };

    public static TheoryData<EnsembleMethod> Methods => [EnsembleMethod.Mean, EnsembleMethod.Weighted, EnsembleMethod.Stacked];

    [Fact]
    public void Weights_are_those_of_the_best_mixture()
    {
        (double[][][] answers, double[] targets) = Classified(600, noises: [0.3, 1, 3]);
        EnsembleSolution solution = EnsembleFitting.Fit(Classes, EnsembleMethod.Weighted, answers, targets);
        Assert.Equal(1, solution.Weights.Sum(), 1e-9);
        Assert.All(solution.Weights, weight => Assert.True(weight >= 0));
        double best = Loss(solution.Weights);
        for (int from = 0; from < 3; from++)
        {
            foreach (int to in Enumerable.Range(0, 3).Where(to => to != from))
            {
                double[] other = [.. solution.Weights];
                double shift = Math.Min(0.02, other[from]);
                (other[from], other[to]) = (other[from] - shift, other[to] + shift);
                Assert.True(best <= Loss(other) + 1e-8);
            }
        }

        double Loss(IReadOnlyList<double> weights)
        {
            var rule = new EnsembleRule(TaskKind.Classification, EnsembleMethod.Weighted, weights);
            return ProbabilityMetrics.LogLoss([.. answers.Select(rule.Join)], [.. targets.Select(target => (int)target)]);
        }
    }

    [Fact]
    public void Weights_of_values_have_the_least_absolute_error()
    {
        (double[][][] answers, double[] targets) = Valued(500, noises: [0.1, 0.2, 0.4]);
        EnsembleSolution solution = EnsembleFitting.Fit(Value, EnsembleMethod.Weighted, answers, targets);
        Assert.Equal(1, solution.Weights.Sum(), 1e-9);
        double best = Error(answers, targets, solution, EnsembleMethod.Weighted);
        var random = new Random(1);
        for (int trial = 0; trial < 200; trial++)
        {
            double[] other = [.. Enumerable.Range(0, 3).Select(_ => -Math.Log(random.NextDouble()))];
            Assert.True(best <= Error(answers, targets, new EnsembleSolution([.. other.Select(weight => weight / other.Sum())], [], null), EnsembleMethod.Weighted) + 1e-6);
        }

        Assert.True(solution.Weights[0] > solution.Weights[2]);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_order_of_the_models_changes_only_the_order_of_the_weights(EnsembleMethod method)
    {
        (double[][][] answers, double[] targets) = Classified(300, noises: [0.4, 1, 2]);
        EnsembleSolution forth = EnsembleFitting.Fit(Classes, method, answers, targets);
        EnsembleSolution back = EnsembleFitting.Fit(Classes, method, [.. answers.Select(row => row.Reverse().ToArray())], targets);
        Assert.All(forth.Weights.Zip(back.Weights.Reverse()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.All(forth.Biases.Zip(back.Biases), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal(forth.Regularization, back.Regularization);
    }

    [Fact]
    public void Stacking_finds_biases_that_no_mean_can_mend()
    {
        (double[][][] answers, double[] targets) = Classified(1500, noises: [0.5, 0.5], favour: 2);
        int[] classes = [.. targets.Select(target => (int)target)];
        Assert.True(Loss(EnsembleMethod.Stacked) < Loss(EnsembleMethod.Weighted) - 0.02);

        double Loss(EnsembleMethod method)
        {
            EnsembleSolution solution = EnsembleFitting.Fit(Classes, method, answers[..1000], targets[..1000]);
            var rule = new EnsembleRule(TaskKind.Classification, method, solution.Weights, solution.Biases);
            return ProbabilityMetrics.LogLoss([.. answers[1000..].Select(rule.Join)], classes[1000..]);
        }
    }

    [Fact]
    public void Stacking_finds_a_linear_combination_and_is_not_led_astray_by_outliers()
    {
        (double[][][] answers, double[] _) = Valued(400, noises: [1, 1]);
        double[] targets = [.. answers.Select((row, index) => 0.5 * row[0][0] + 0.25 * row[1][0] + 1 + (index % 20 == 0 ? 50 : 0))];
        EnsembleSolution solution = EnsembleFitting.Fit(Value, EnsembleMethod.Stacked, answers, targets);
        Assert.Equal(0.5, solution.Weights[0], 0.02);
        Assert.Equal(0.25, solution.Weights[1], 0.02);
        Assert.Equal(1, solution.Biases[0], 0.05);
    }

    [Fact]
    public void A_few_crystals_give_next_to_a_plain_mean()
    {
        (double[][][] answers, double[] targets) = Classified(5, noises: [0.5, 2]);
        EnsembleSolution solution = EnsembleFitting.Fit(Classes, EnsembleMethod.Stacked, answers, targets);
        Assert.All(solution.Weights, weight => Assert.Equal(0.5, weight, 0.2));
    }

    [Fact]
    public void A_model_without_an_answer_is_stood_in_for_by_the_mean_of_the_others()
    {
        double[] left = [0.5, 0.3, 0.2], right = [0.1, 0.1, 0.8];
        var rule = EnsembleRule.Mean(TaskKind.Classification, 3);
        Assert.All(rule.Join([left, null, right]).Zip(left.Zip(right, (a, b) => (a + b) / 2)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        var stacked = new EnsembleRule(TaskKind.Classification, EnsembleMethod.Stacked, [0.7, 0.3]);
        Assert.All(stacked.Join([left, null]).Zip(left), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Disagreement_is_none_between_equals_and_whole_between_certain_opposites()
    {
        Assert.Equal(0, EnsembleRule.Disagreement(TaskKind.Classification, [[0.2, 0.8], [0.2, 0.8]]), 1e-12);
        Assert.Equal(1, EnsembleRule.Disagreement(TaskKind.Classification, [[1, 0, 0], [0, 1, 0]]), 1e-12);
        Assert.Equal(1, EnsembleRule.Disagreement(TaskKind.Classification, [[1, 0], [0, 1], [1, 0], [0, 1]]), 1e-12);
        Assert.Equal(2, EnsembleRule.Disagreement(TaskKind.Regression, [[1], [5]]), 1e-12);
    }

    private static double Error(double[][][] answers, double[] targets, EnsembleSolution solution, EnsembleMethod method)
    {
        var rule = new EnsembleRule(TaskKind.Regression, method, solution.Weights, solution.Biases);
        return answers.Select((row, index) => Math.Abs(rule.Join(row)[0] - targets[index])).Average();
    }

    /// <summary>Models that see a class through noise; <paramref name="favour"/> multiplies what all of them say of the first class.</summary>
    private static (double[][][] Answers, double[] Targets) Classified(int count, double[] noises, double favour = 1)
    {
        var random = new Random(5);
        double[] targets = [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(3))];
        double[][][] answers = [.. targets.Select(target => noises.Select(noise =>
        {
            double[] weights = [.. Enumerable.Range(0, 3).Select(c => (c == 0 ? favour : 1) * Math.Exp((c == (int)target ? 1 : 0) + noise * (2 * random.NextDouble() - 1)))];
            return weights.Select(weight => weight / weights.Sum()).ToArray();
        }).ToArray())];
        return (answers, targets);
    }

    private static (double[][][] Answers, double[] Targets) Valued(int count, double[] noises)
    {
        var random = new Random(6);
        double[] targets = [.. Enumerable.Range(0, count).Select(_ => 4 * random.NextDouble() - 2)];
        return ([.. targets.Select(target => noises.Select(noise => (double[])[target + noise * (2 * random.NextDouble() - 1)]).ToArray())], targets);
    }
}
