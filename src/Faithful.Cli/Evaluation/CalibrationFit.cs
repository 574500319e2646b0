using Faithful.Models;

namespace Faithful.Cli.Evaluation;

/// <summary>Fits calibrations on measured predictions; crystals that take the fallback do not count.</summary>
internal static class CalibrationFit
{
    /// <summary>Fits the temperature of a classification, or the half-width of a regression.</summary>
    /// <param name="model">The model, measured without a calibration.</param>
    /// <param name="coverage">The share of true values that a half-width shall hold.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="Output.UsageException">There are too few crystals.</exception>
    public static ModelCalibration Of(EvaluatedModel model, double coverage)
    {
        int[] taken = [.. model.Predictions.Index().Where(pair => !pair.Item.IsFallback).Select(pair => pair.Index)];
        string part = EvaluationRows.Name(model.Rows.Part);
        return model.Task.Kind == TaskKind.Classification
            ? OfProbabilities([.. taken.Select(row => model.Predictions[row].Probabilities)], [.. taken.Select(row => model.Classes[row])], part)
            : OfErrors([.. taken.Select(row => model.Predictions[row].Value!.Value - model.Rows.Rows[row].Target.Value)], coverage, part);
    }

    /// <summary>Fits the temperature of probabilities.</summary>
    /// <param name="probabilities">The probability of each class, shape (crystals, classes).</param>
    /// <param name="classes">The true class of each crystal.</param>
    /// <param name="part">The part of the data that the crystals are.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="Output.UsageException">There is no crystal.</exception>
    public static ModelCalibration OfProbabilities(IReadOnlyList<double>[] probabilities, int[] classes, string part)
    {
        if (classes.Length == 0)
        {
            throw new Output.UsageException($"no crystal of the {part} part can be used: each takes the fallback");
        }

        return CalibrationFitting.OfProbabilities(probabilities, classes, part);
    }

    /// <summary>Takes the half-width from errors.</summary>
    /// <param name="errors">Prediction less truth of each crystal.</param>
    /// <param name="coverage">The share of true values that it shall hold.</param>
    /// <param name="part">The part of the data that the crystals are.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="Output.UsageException">There are too few crystals for the coverage.</exception>
    public static ModelCalibration OfErrors(double[] errors, double coverage, string part)
    {
        try
        {
            return CalibrationFitting.OfErrors(errors, part, coverage);
        }
        catch (ArgumentException fault)
        {
            throw new Output.UsageException(fault.Message);
        }
    }
}
