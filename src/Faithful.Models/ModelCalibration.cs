using System.Globalization;
using System.Text.Json.Serialization;

namespace Faithful.Models;

/// <summary>
/// How far the answers of a model can be trusted, learned from crystals that it was not trained on. The ONNX file stays as it is:
/// whoever runs it elsewhere applies this to its output.
/// </summary>
public sealed record ModelCalibration
{
    /// <summary>Gets what <see cref="Value"/> is.</summary>
    public required CalibrationMethod Method { get; init; }

    /// <summary>
    /// Gets the temperature T, 0.05..20 (probabilities ∝ p^(1/T): above 1 the model was too sure), or the half-width in the task's
    /// unit, at least 0.
    /// </summary>
    public required double Value { get; init; }

    /// <summary>Gets the share of true values that lie within the half-width, 0..1; null for a temperature.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Coverage { get; init; }

    /// <summary>Gets the part of the data that it was fitted on, for example <c>validation</c>.</summary>
    public required string Part { get; init; }

    /// <summary>Gets the number of crystals that it was fitted on.</summary>
    public required int Crystals { get; init; }

    /// <summary>Gets the expected calibration error of these crystals before, 0..1; null for a half-width.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ErrorBefore { get; init; }

    /// <summary>Gets the expected calibration error of the same crystals after, 0..1; null for a half-width.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ErrorAfter { get; init; }

    /// <summary>Checks that this can be a calibration of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="origin">The folder or file named in errors.</param>
    /// <exception cref="ModelFolderException">The method is not for this kind of task, or a number is out of range.</exception>
    public void Check(ModelTask task, string origin)
    {
        ArgumentNullException.ThrowIfNull(task);
        CalibrationMethod expected = task.Kind == TaskKind.Classification ? CalibrationMethod.Temperature : CalibrationMethod.Conformal;
        if (Method != expected)
        {
            throw new ModelFolderException(origin, $"a calibration of the kind {Word(expected)} for the task {task.Name}", Word(Method));
        }

        if (Method == CalibrationMethod.Temperature && !(Value is >= TemperatureScaling.Lowest and <= TemperatureScaling.Highest))
        {
            throw new ModelFolderException(
                origin, Invariant($"a temperature from {TemperatureScaling.Lowest} to {TemperatureScaling.Highest}"), Invariant($"{Value}"));
        }

        if (Method == CalibrationMethod.Conformal && !(double.IsFinite(Value) && Value >= 0))
        {
            throw new ModelFolderException(origin, "a half-width of 0 or more", Invariant($"{Value}"));
        }

        if (Method == CalibrationMethod.Conformal && !(Coverage is > 0 and < 1))
        {
            throw new ModelFolderException(
                origin, "a half-width with its coverage between 0 and 1", Coverage is double coverage ? Invariant($"{coverage}") : "none");
        }
    }

    private static string Word(CalibrationMethod method) => method.ToString().ToLowerInvariant();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
