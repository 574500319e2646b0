using Faithful.Models;
using Faithful.Models.Trees;

namespace Faithful.Pipelines;

/// <summary>Trained trees.</summary>
/// <param name="Model">The model, of as many trees as were best on the validation part.</param>
/// <param name="Trees">The trees grown for each class, or for the regression.</param>
/// <param name="Measurements">The validation part measured with ever more trees.</param>
public sealed record TreeTrainingResult(TreeModel Model, int Trees, IReadOnlyList<TreeMeasurement> Measurements)
{
    /// <summary>Gets how far the model can be trusted, by the validation part; null where that has too few crystals.</summary>
    public ModelCalibration? Calibration { get; init; }

    /// <summary>Gets the measurement of the model.</summary>
    public TreeMeasurement Best => Measurements.Last(measurement => measurement.IsBest);
}
