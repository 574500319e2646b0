using Faithful.Models;

namespace Faithful.Networks.Training;

/// <summary>How far the model of a run can be trusted, by its validation part: <c>calibration.json</c> of the run's folder.</summary>
/// <param name="Epoch">The epoch that it holds for, from 1; of trees, how many of them.</param>
/// <param name="Calibration">The calibration.</param>
public sealed record RunCalibration(int Epoch, ModelCalibration Calibration)
{
    /// <summary>The name of the file within the folder of a run.</summary>
    public const string FileName = "calibration.json";
}
