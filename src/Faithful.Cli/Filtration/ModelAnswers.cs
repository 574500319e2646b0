namespace Faithful.Cli.Filtration;

/// <summary>What one network says of every crystal, or all its networks of all folds, each of the crystals that it has not seen.</summary>
/// <param name="Model">The network's name.</param>
/// <param name="Probabilities">The probability of each class, one entry a row; null for a crystal that the network cannot take.</param>
internal sealed record ModelAnswers(string Model, IReadOnlyList<double[]?> Probabilities);
