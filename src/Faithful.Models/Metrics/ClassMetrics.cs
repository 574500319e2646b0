namespace Faithful.Models.Metrics;

/// <summary>Quality of one class of a classification.</summary>
/// <param name="Support">The crystals that are of the class: a row of the confusion matrix.</param>
/// <param name="Predicted">The crystals that are predicted to be: a column of it.</param>
/// <param name="Right">The crystals that are and are predicted to be.</param>
public sealed record ClassMetrics(int Support, int Predicted, int Right)
{
    /// <summary>Gets the share of those predicted that are right, 0..1; NaN when none is predicted.</summary>
    public double Precision => (double)Right / Predicted;

    /// <summary>Gets the share of those of the class that are found, 0..1; NaN when there is none.</summary>
    public double Recall => (double)Right / Support;

    /// <summary>Gets the harmonic mean of the two, 2 TP / (2 TP + FP + FN), 0..1; NaN when the class neither occurs nor is predicted.</summary>
    public double F1 => 2.0 * Right / (Support + Predicted);
}
