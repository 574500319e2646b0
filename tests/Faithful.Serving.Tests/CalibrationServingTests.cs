using Faithful.Crystals;
using Faithful.Models;
using Faithful.Testing;

namespace Faithful.Serving.Tests;

/// <summary>What the calibration of a card does to predictions, and what it does not.</summary>
public sealed class CalibrationServingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly (string Id, Crystal Crystal)[] _crystals = TestModels.Crystals(40, seed: 5);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(1.6)]
    [InlineData(20)]
    public void The_class_stays_and_probabilities_are_a_power_of_those_of_the_file(double temperature)
    {
        IReadOnlyList<Prediction> raw = Predict(TestModels.Topology, null);
        IReadOnlyList<Prediction> calibrated = Predict(TestModels.Topology, Temperature(temperature));
        for (int i = 0; i < raw.Count; i++)
        {
            Assert.Equal(raw[i].Class, calibrated[i].Class);
            Assert.Equal((false, true), (raw[i].IsCalibrated, calibrated[i].IsCalibrated));
            double[] powers = [.. raw[i].Probabilities.Select(p => Math.Pow(p, 1 / temperature))];
            Assert.All(powers.Zip(calibrated[i].Probabilities), pair => Assert.Equal(pair.First / powers.Sum(), pair.Second, Tolerances.SingleParity));
            Assert.Equal(calibrated[i].Probabilities.Max(), calibrated[i].Confidence);
        }

        AssertProbabilities(raw, Predict(TestModels.Topology, Temperature(temperature), appliesCalibration: false));
    }

    [Fact]
    public void A_value_stays_and_gets_a_half_width()
    {
        var calibration = new ModelCalibration { Method = CalibrationMethod.Conformal, Value = 0.25, Coverage = 0.9, Part = "validation", Crystals = 100 };
        IReadOnlyList<Prediction> raw = Predict(TestModels.Energy, null), calibrated = Predict(TestModels.Energy, calibration);
        Assert.All(raw.Zip(calibrated), pair => Assert.Equal((pair.First.Value, 0.25, 0.9), (pair.Second.Value, pair.Second.HalfWidth, pair.Second.Coverage)));
        Assert.All(raw, prediction => Assert.Null(prediction.HalfWidth));
    }

    [Fact]
    public void A_fallback_stays_the_frequencies_of_the_training_part()
    {
        TestModels.Export(
            _folder.Path, TestModels.Topology, card => card with { Calibration = Temperature(2), Preparation = card.Preparation with { MaxAtoms = 1 } });
        using CrystalPredictor predictor = CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu });
        Prediction fallback = predictor.Predict(_crystals).First(prediction => prediction.IsFallback);
        Assert.Equal(predictor.Card.Fallback.ClassFrequencies, fallback.Probabilities);
        Assert.False(fallback.IsCalibrated);
    }

    private static ModelCalibration Temperature(double value) => new() { Method = CalibrationMethod.Temperature, Value = value, Part = "validation", Crystals = 9 };

    private static void AssertProbabilities(IReadOnlyList<Prediction> expected, IReadOnlyList<Prediction> found) =>
        Assert.All(expected.Zip(found), pair => Assert.All(
            pair.First.Probabilities.Zip(pair.Second.Probabilities), both => Assert.Equal(both.First, both.Second, Tolerances.SingleParity)));

    private IReadOnlyList<Prediction> Predict(ModelTask task, ModelCalibration? calibration, bool appliesCalibration = true)
    {
        TestModels.Export(_folder.Path, task, card => card with { Calibration = calibration });
        using CrystalPredictor predictor = CrystalPredictor.Open(
            _folder.Path, new ServingOptions { Device = ServingDevice.Cpu, AppliesCalibration = appliesCalibration });
        return predictor.Predict(_crystals);
    }
}
