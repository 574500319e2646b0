using Faithful.Models.Metrics;

namespace Faithful.Models.Tests.Metrics;

public class ClassificationMetricsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(32)]
    public void A_perfect_predictor_has_accuracy_and_macro_F1_one(int classes)
    {
        int[] truth = RandomClasses(200, classes, seed: classes);
        var metrics = new ClassificationMetrics(truth, truth, classes);
        Assert.Equal(1, metrics.Accuracy);
        Assert.Equal(1, metrics.MacroF1);
        Assert.Equal((1, 1), metrics.AccuracyInterval());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_constant_predictor_scores_the_frequency_of_its_class(int constant)
    {
        int[] truth = RandomClasses(300, 4, seed: 1);
        double frequency = truth.Count(c => c == constant) / 300.0;
        var metrics = new ClassificationMetrics(truth, [.. truth.Select(_ => constant)], 4);
        Assert.Equal(frequency, metrics.Accuracy, 12);
        // F1 of the constant class is 2 f / (1 + f); the other three occur and are never right.
        Assert.Equal(2 * frequency / (1 + frequency) / 4, metrics.MacroF1, 12);
    }

    /// <summary>Tables worked out by hand: F1 of a class is 2 TP / (2 TP + FP + FN).</summary>
    [Theory]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 0, 1, 1, 1 }, 2, (2.0 / 3 + 4.0 / 5) / 2)]
    [InlineData(new[] { 0, 1, 2 }, new[] { 1, 2, 0 }, 3, 0.0)]
    [InlineData(new[] { 0, 0, 0, 1 }, new[] { 0, 0, 0, 0 }, 2, 6.0 / 7 / 2)]
    [InlineData(new[] { 0, 0, 1 }, new[] { 0, 2, 1 }, 5, (2.0 / 3 + 1 + 0) / 3)] // classes 3 and 4 never occur: they do not count
    public void Macro_F1_agrees_with_tables_made_by_hand(int[] truth, int[] predicted, int classes, double expected) =>
        Assert.Equal(expected, new ClassificationMetrics(truth, predicted, classes).MacroF1, 12);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_interval_holds_the_estimate_and_lies_within_0_and_1(int seed)
    {
        int[] truth = RandomClasses(150, 3, seed), predicted = RandomClasses(150, 3, seed + 100);
        var metrics = new ClassificationMetrics(truth, predicted, 3);
        AssertHolds(metrics.AccuracyInterval(seed), metrics.Accuracy);
        AssertHolds(metrics.MacroF1Interval(seed), metrics.MacroF1);
    }

    [Fact]
    public void The_interval_narrows_with_the_number_of_crystals()
    {
        static double Width(int count)
        {
            var metrics = new ClassificationMetrics(RandomClasses(count, 2, 7), RandomClasses(count, 2, 8), 2);
            (double low, double high) = metrics.AccuracyInterval();
            return high - low;
        }

        Assert.InRange(Width(200) / Width(3200), 2.5, 6.5); // the root of 16 is 4
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        var metrics = new ClassificationMetrics(RandomClasses(90, 3, 1), RandomClasses(90, 3, 2), 3);
        Assert.Equal(metrics.AccuracyInterval(5), metrics.AccuracyInterval(5));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void The_order_of_the_crystals_does_not_matter(int seed)
    {
        int[] truth = RandomClasses(120, 6, seed), predicted = RandomClasses(120, 6, seed + 1);
        int[] order = [.. Enumerable.Range(0, 120)];
        new Random(seed).Shuffle(order);
        var original = new ClassificationMetrics(truth, predicted, 6);
        var shuffled = new ClassificationMetrics([.. order.Select(i => truth[i])], [.. order.Select(i => predicted[i])], 6);
        Assert.Equal(original.Accuracy, shuffled.Accuracy, 12);
        Assert.Equal(original.MacroF1, shuffled.MacroF1, 12);
        Assert.Equal(original.ConfusionMatrix(), shuffled.ConfusionMatrix());
    }

    [Fact]
    public void Names_of_classes_do_not_matter()
    {
        int[] truth = RandomClasses(120, 4, 21), predicted = RandomClasses(120, 4, 22);
        int[] renamed = [2, 0, 3, 1];
        var original = new ClassificationMetrics(truth, predicted, 4);
        var other = new ClassificationMetrics([.. truth.Select(c => renamed[c])], [.. predicted.Select(c => renamed[c])], 4);
        Assert.Equal(original.Accuracy, other.Accuracy, 12);
        Assert.Equal(original.MacroF1, other.MacroF1, 12);
    }

    [Fact]
    public void The_confusion_matrix_holds_every_crystal_once_and_the_right_ones_on_its_diagonal()
    {
        int[] truth = RandomClasses(80, 3, 31), predicted = RandomClasses(80, 3, 32);
        var metrics = new ClassificationMetrics(truth, predicted, 3);
        int[,] matrix = metrics.ConfusionMatrix();
        Assert.Equal(80, matrix.Cast<int>().Sum());
        Assert.Equal(metrics.Accuracy, Enumerable.Range(0, 3).Sum(c => matrix[c, c]) / 80.0, 12);
        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(truth.Count(value => value == c), Enumerable.Range(0, 3).Sum(p => matrix[c, p]));
        }
    }

    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    public void Classes_are_measured_one_by_one(int seed)
    {
        int[] truth = RandomClasses(90, 4, seed), predicted = RandomClasses(90, 4, seed + 10);
        var metrics = new ClassificationMetrics(truth, predicted, 6); // the last two classes do not occur
        IReadOnlyList<ClassMetrics> classes = metrics.PerClass();
        for (int c = 0; c < 6; c++)
        {
            Assert.Equal((truth.Count(value => value == c), predicted.Count(value => value == c)), (classes[c].Support, classes[c].Predicted));
            double precision = classes[c].Precision, recall = classes[c].Recall;
            Assert.Equal(c < 4 ? 2 * precision * recall / (precision + recall) : double.NaN, classes[c].F1, 12);
        }

        Assert.Equal(metrics.Accuracy, classes.Sum(one => one.Right) / 90.0, 12);
        Assert.Equal(metrics.MacroF1, classes.Select(one => one.F1).Where(double.IsFinite).Average(), 12);
        Assert.All(new ClassificationMetrics(truth, truth, 4).PerClass(), one => Assert.Equal((1, 1, 1), (one.Precision, one.Recall, one.F1)));
    }

    [Fact]
    public void Lists_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ClassificationMetrics([], [], 2));
        Assert.Throws<ArgumentException>(() => new ClassificationMetrics([0, 1], [0], 2));
        Assert.Throws<ArgumentException>(() => new ClassificationMetrics([0, 2], [0, 1], 2));
        Assert.Throws<ArgumentException>(() => new ClassificationMetrics([0, 1], [0, -1], 2));
    }

    private static int[] RandomClasses(int count, int classes, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => i < classes ? i : random.Next(classes))];
    }

    private static void AssertHolds((double Low, double High) interval, double estimate)
    {
        Assert.InRange(estimate, interval.Low, interval.High);
        Assert.InRange(interval.Low, 0, interval.High);
        Assert.InRange(interval.High, interval.Low, 1);
    }
}
