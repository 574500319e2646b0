namespace Faithful.Cli.Evaluation;

/// <summary>The quality of one way to predict: metric name, value, and the 95 % interval where one was made.</summary>
/// <param name="Metrics">Values by name: <c>accuracy</c>, <c>macro_f1</c>, or <c>mae</c>, <c>rmse</c>, <c>r_squared</c>.</param>
/// <param name="Intervals">Intervals of some of the metrics.</param>
internal sealed record Measurement(
    IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, (double Low, double High)> Intervals);
