using System.Globalization;
using Faithful.Models.Metrics;
using Faithful.Testing;

namespace Faithful.Models.Tests;

public sealed class CalibrationTests
{
    private static readonly ModelTask Classes = new() { Name = "tqc", Kind = TaskKind.Classification, Classes = ["a", "b", "c"], UsesSymmetry = true };
    private static readonly ModelTask Value = new() { Name = "formation-energy", Kind = TaskKind.Regression, Unit = "eV/atom", UsesSymmetry = true };

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(2.5)]
    public void The_temperature_that_spoilt_probabilities_is_found_again(double spoilt)
    {
        (double[][] probabilities, int[] classes) = Drawn(20_000);
        double[][] given = [.. probabilities.Select(row => TemperatureScaling.Apply(row, 1 / spoilt))];
        double found = TemperatureScaling.Fit(given, classes);
        Assert.InRange(found / spoilt, 0.95, 1.05);
        double[][] calibrated = [.. given.Select(row => TemperatureScaling.Apply(row, found))];
        Assert.InRange(ProbabilityMetrics.CalibrationError(calibrated, classes), 0, 0.02);
        Assert.True(ProbabilityMetrics.LogLoss(calibrated, classes) <= ProbabilityMetrics.LogLoss(given, classes) + Tolerances.Double);
    }

    [Fact]
    public void No_other_temperature_has_a_lower_loss()
    {
        (double[][] probabilities, int[] classes) = Drawn(300);
        double best = TemperatureScaling.Fit(probabilities, classes);
        double Loss(double temperature) => ProbabilityMetrics.LogLoss([.. probabilities.Select(row => TemperatureScaling.Apply(row, temperature))], classes);
        Assert.All((double[])[0.5, 0.9, 0.99, 1.01, 1.1, 2], factor => Assert.True(Loss(best) <= Loss(best * factor)));
    }

    [Fact]
    public void Impossible_classes_stay_impossible_and_the_order_of_classes_stays()
    {
        foreach (double temperature in (double[])[0.05, 0.3, 1, 4, 20])
        {
            double[] scaled = TemperatureScaling.Apply([0.7, 0, 0.3], temperature);
            Assert.Equal(1, scaled.Sum(), Tolerances.Double);
            Assert.Equal(0, scaled[1]);
            Assert.True(scaled[0] >= scaled[2]);
        }

        Assert.InRange(TemperatureScaling.Fit([[1.0, 0, 0], [0, 1.0, 0]], [2, 1]), TemperatureScaling.Lowest, TemperatureScaling.Highest);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.95)]
    public void A_half_width_holds_the_stated_share_of_other_errors(double coverage)
    {
        var random = new Random(3);
        double[] errors = [.. Enumerable.Range(0, 4000).Select(_ => (random.NextDouble() - 0.5) * random.NextDouble())];
        double width = ConformalInterval.HalfWidth(errors[..2000], coverage);
        Assert.Equal(coverage, errors[2000..].Average(error => Math.Abs(error) <= width ? 1.0 : 0), 0.03);
    }

    [Fact]
    public void The_half_width_is_the_rank_that_the_theorem_names()
    {
        Assert.Equal(9, ConformalInterval.HalfWidth([1, -2, 3, -4, 5, -6, 7, -8, 9], 0.9));
        Assert.Equal(5, ConformalInterval.HalfWidth([1, -2, 3, -4, 5, -6, 7, -8, 9], 0.5));
        Assert.Contains("at least 9 crystals", Assert.Throws<ArgumentException>(() => ConformalInterval.HalfWidth([1, 2, 3], 0.9)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_calibration_error_is_the_mean_gap_of_the_bins()
    {
        // Two bins: 0.9 with half of them right, 0.6 with all of them right.
        double[][] probabilities = [[0.9, 0.1], [0.9, 0.1], [0.6, 0.4], [0.6, 0.4]];
        Assert.Equal((2 * 0.4 + 2 * 0.4) / 4, ProbabilityMetrics.CalibrationError(probabilities, [0, 1, 0, 0]), Tolerances.Double);
        Assert.Equal(0, ProbabilityMetrics.CalibrationError([[1.0, 0]], [0]), Tolerances.Double);
    }

    [Theory]
    [InlineData("temperature", "-1", "null")]
    [InlineData("temperature", "0", "null")]
    [InlineData("temperature", "1e999", "null")]
    [InlineData("temperature", "\"NaN\"", "null")]
    [InlineData("temperature", "NaN", "null")]
    [InlineData("conformal", "0.2", "0.9")]
    public void A_card_whose_calibration_is_not_one_for_classes_is_refused(string method, string value, string coverage) =>
        Assert.Throws<ModelFolderException>(() => ModelCard.Parse(Card(Classes, method, value, coverage), "card.json"));

    [Theory]
    [InlineData("conformal", "1e999", "0.9")]
    [InlineData("conformal", "-0.1", "0.9")]
    [InlineData("conformal", "0.1", "null")]
    [InlineData("conformal", "0.1", "1.5")]
    [InlineData("temperature", "1.5", "null")]
    public void A_card_whose_calibration_is_not_one_for_a_value_is_refused(string method, string value, string coverage) =>
        Assert.Throws<ModelFolderException>(() => ModelCard.Parse(Card(Value, method, value, coverage), "card.json"));

    [Fact]
    public void A_card_keeps_its_calibration_and_one_without_has_none()
    {
        var calibration = new ModelCalibration { Method = CalibrationMethod.Temperature, Value = 1.25, Part = "validation", Crystals = 7, ErrorBefore = 0.1, ErrorAfter = 0.01 };
        ModelCard card = CardOf(Classes);
        Assert.Equal(calibration, ModelCard.Parse((card with { Calibration = calibration }).ToJson(), "card.json").Calibration);
        Assert.Null(ModelCard.Parse(card.ToJson(), "card.json").Calibration);
        Assert.DoesNotContain("calibration", card.ToJson(), StringComparison.Ordinal);
    }

    private static string Card(ModelTask task, string method, string value, string coverage) => CardOf(task).ToJson().TrimEnd().TrimEnd('}').TrimEnd() + string.Create(
        CultureInfo.InvariantCulture,
        $$""", "calibration": {"method": "{{method}}", "value": {{value}}, "coverage": {{coverage}}, "part": "validation", "crystals": 5} }""");

    private static ModelCard CardOf(ModelTask task) => new()
    {
        Model = "cgnn",
        Preset = "best",
        Task = task,
        Preparation = new PreparationOptions { Cutoff = 5 },
        Inputs = ["positions"],
        Fallback = task.Kind == TaskKind.Regression ? new() { Median = 0 } : new() { ClassFrequencies = [0.5, 0.3, 0.2] },
        Training = new TrainingSummary
        {
            Data = "none",
            DataSha256 = new string('0', 64),
            Crystals = 1,
            Epochs = 0,
            BestEpoch = 0,
            Seed = 0,
            TestFraction = 0.1,
            ValidationFraction = 0.1,
            Elements = [1],
            SmallestVolumePerAtom = 2,
            LargestVolumePerAtom = 400,
        },
    };

    /// <summary>Random probabilities, and classes drawn from them, which are therefore calibrated.</summary>
    private static (double[][] Probabilities, int[] Classes) Drawn(int count)
    {
        var random = new Random(11);
        double[][] probabilities = [.. Enumerable.Range(0, count).Select(_ =>
        {
            double[] weights = [.. Enumerable.Range(0, 3).Select(_ => Math.Exp(3 * random.NextDouble()))];
            return weights.Select(weight => weight / weights.Sum()).ToArray();
        })];
        int[] classes = [.. probabilities.Select(row =>
        {
            double drawn = random.NextDouble();
            return drawn < row[0] ? 0 : drawn < row[0] + row[1] ? 1 : 2;
        })];
        return (probabilities, classes);
    }
}
