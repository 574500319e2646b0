namespace Faithful.Cli.Evaluation;

/// <summary>How well the crystals of one kind are predicted.</summary>
/// <param name="Name">The kind: an element, a crystal system, or a range of numbers.</param>
/// <param name="Count">The crystals, at least 1.</param>
/// <param name="Training">The crystals of the kind that the model was trained on; null where these are not of this data.</param>
/// <param name="Quality">The accuracy, or the mean absolute error in the task's unit.</param>
/// <param name="Interval">Its 95 % interval: Wilson's of an accuracy, a bootstrap of an error.</param>
/// <param name="Baseline">The quality of the baseline on the same crystals.</param>
internal sealed record BreakdownGroup(string Name, int Count, int? Training, double Quality, (double Low, double High) Interval, double Baseline);
