namespace Faithful.Models.Ensembles;

/// <summary>What was fitted for an ensemble.</summary>
/// <param name="Weights">The weight of each model.</param>
/// <param name="Biases">What a stacked ensemble adds for each class or to the value; empty for nothing.</param>
/// <param name="Regularization">The factor of the squared coefficients; null where there was none.</param>
public sealed record EnsembleSolution(IReadOnlyList<double> Weights, IReadOnlyList<double> Biases, double? Regularization);
