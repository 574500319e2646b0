namespace Faithful.Models.Trees;

/// <summary>
/// Turns a score into a probability, 1 / (1 + exp(slope · score + offset)): the convention of ML.NET's <c>PlattCalibrator</c>, in
/// which a negative slope lets the probability rise with the score. After J. Platt, Advances in Large Margin Classifiers (1999).
/// </summary>
/// <param name="Slope">The slope, finite.</param>
/// <param name="Offset">The offset, finite.</param>
public readonly record struct PlattScaling(double Slope, double Offset)
{
    /// <summary>Gets the probability of a score.</summary>
    /// <param name="score">The score.</param>
    /// <returns>0 to 1, computed in double precision and rounded once.</returns>
    public float Probability(float score) => (float)(1 / (1 + Math.Exp(Slope * score + Offset)));
}
