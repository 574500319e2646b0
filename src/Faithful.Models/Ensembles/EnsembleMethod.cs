namespace Faithful.Models.Ensembles;

/// <summary>How the answers of several models become one.</summary>
public enum EnsembleMethod
{
    /// <summary>The mean of probabilities or values, each model with the same weight.</summary>
    Mean,

    /// <summary>A mean whose weights, none negative and 1 in sum, were fitted.</summary>
    Weighted,

    /// <summary>
    /// Of probabilities a geometric mean with fitted weights and a factor a class (logistic regression on their logarithms); of values a
    /// linear combination.
    /// </summary>
    Stacked,
}
