using Faithful.Models;

namespace Faithful.Cli.Evaluation;

/// <summary>A model that was measured, with what it predicts for each row.</summary>
/// <param name="Folder">The model folder.</param>
/// <param name="Card">The card of the model.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Classes">The true class of each row, as the model counts classes; empty for a regression.</param>
/// <param name="Predictions">The prediction for each row.</param>
/// <param name="Result">What was measured.</param>
internal sealed record EvaluatedModel(
    string Folder, ModelCard Card, EvaluationRows Rows, int[] Classes, IReadOnlyList<Prediction> Predictions, EvaluationResult Result);
