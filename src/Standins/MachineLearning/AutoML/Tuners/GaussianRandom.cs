namespace Microsoft.ML.AutoML;

/// <summary>Random numbers of the normal distribution.</summary>
internal static class GaussianRandom
{
    /// <summary>The sine branch of Box and Muller's transform alone, so that every number costs two draws, as in the package.</summary>
    public static double NextGaussian(this Random random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Sin(2 * Math.PI * (1 - random.NextDouble()));
    }
}
