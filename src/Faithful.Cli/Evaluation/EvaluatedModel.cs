using Faithful.Models;

namespace Faithful.Cli.Evaluation;

/// <summary>A model that was measured, with what it predicts for each row.</summary>
/// <param name="Folder">The model folder.</param>
/// <param name="Task">The task, as the model counts classes.</param>
/// <param name="IsEnsemble">Whether it is an ensemble, so that it is no part of another.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Classes">The true class of each row, as the model counts classes; empty for a regression.</param>
/// <param name="Predictions">The prediction for each row.</param>
/// <param name="Result">What was measured.</param>
internal sealed record EvaluatedModel(
    string Folder, ModelTask Task, bool IsEnsemble, EvaluationRows Rows, int[] Classes, IReadOnlyList<Prediction> Predictions, EvaluationResult Result);
