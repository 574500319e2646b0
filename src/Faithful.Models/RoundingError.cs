namespace Faithful.Models;

/// <summary>
/// What storing the parameters rounded costs: differences from the network as trained, of probabilities or of values in the task's
/// unit, over generated crystals.
/// </summary>
/// <param name="Crystals">The number of crystals, at least 1.</param>
/// <param name="Mean">The mean over crystals of the largest difference of each.</param>
/// <param name="Largest">The largest difference.</param>
public sealed record RoundingError(int Crystals, double Mean, double Largest)
{
    private const double Margin = 4; // other crystals than those that were measured

    /// <summary>Gets what a difference does not exceed: four times the largest one that was measured.</summary>
    public double Bound => Margin * Largest;
}
