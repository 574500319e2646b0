using Faithful.Cli.Evaluation;
using Faithful.Networks.Training;

namespace Faithful.Cli.Reports;

/// <summary>An evaluation as a report shows it.</summary>
/// <param name="Result">What was measured.</param>
/// <param name="Details">Where its errors lie.</param>
/// <param name="Epochs">The epochs of the run that made the model; empty where no run is at hand.</param>
internal sealed record ReportedEvaluation(EvaluationResult Result, EvaluationDetails Details, IReadOnlyList<EpochMeasurement> Epochs);
