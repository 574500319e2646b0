namespace Faithful.Networks.Training;

/// <summary>Linear warm-up followed by half a cosine (Loshchilov and Hutter 2017, arXiv:1608.03983). A pure function of the step.</summary>
public static class LearningRateSchedule
{
    /// <summary>Gets the learning rate of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">The number of steps of the run.</param>
    /// <param name="highest">The highest learning rate.</param>
    /// <param name="warmupFraction">The fraction of the steps in which the rate rises.</param>
    /// <returns>The learning rate, in (0, <paramref name="highest"/>].</returns>
    public static double At(long step, long steps, double highest, double warmupFraction)
    {
        double warmup = Math.Floor(warmupFraction * steps);

        // 1. Rise: the first step already moves.
        if (step < warmup)
        {
            return highest * (step + 1) / (warmup + 1);
        }

        // 2. Fall: from the highest rate to almost 0 at the last step.
        double progress = (step - warmup) / Math.Max(1, steps - warmup);
        return highest * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(progress, 1)));
    }
}
