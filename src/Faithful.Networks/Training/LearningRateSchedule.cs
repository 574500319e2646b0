namespace Faithful.Networks.Training;

/// <summary>
/// Linear warm-up followed by half a cosine (Loshchilov and Hutter 2017, arXiv:1608.03983). A pure function of how much of the
/// run is done.
/// </summary>
public static class LearningRateSchedule
{
    /// <summary>Gets the learning rate at one moment of a run.</summary>
    /// <param name="done">The part of all steps that is done, 0..1; for a step, that at its middle.</param>
    /// <param name="highest">The highest learning rate.</param>
    /// <param name="warmupFraction">The part of the run in which the rate rises.</param>
    /// <returns>The learning rate, 0..<paramref name="highest"/>; above 0 within the run.</returns>
    public static double At(double done, double highest, double warmupFraction) => done < warmupFraction
        ? highest * done / warmupFraction
        : highest * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (done - warmupFraction) / (1 - warmupFraction))));
}
