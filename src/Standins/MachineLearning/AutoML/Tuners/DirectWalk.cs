using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

/// <summary>
/// FLOW2, the randomized direct search of Wu, Wang and Huang (AAAI 2021, algorithm 1): a step in a random direction, then in
/// the opposite one; a better point becomes the new centre and lengthens the step, too many failures shorten it.
/// </summary>
internal sealed class DirectWalk
{
    private const double Shortest = 0.0001;
    private const double Speed = 1.5;

    private readonly SearchSpace.SearchSpace searchSpace;
    private readonly Random random;
    private readonly int options;
    private double[] centre;
    private double loss;
    private double step;
    private double[] direction;
    private int attempts;

    public DirectWalk(SearchSpace.SearchSpace searchSpace, double[] centre, double loss, Random random)
    {
        this.searchSpace = searchSpace;
        this.random = random;
        this.centre = centre;
        this.loss = loss;
        // The dimension is the number of options at the top, as in the package: a nested space counts once.
        options = searchSpace.Count;
        step = Math.Min(0.1 * Math.Sqrt(options), Math.Sqrt(options));
        attempts = 2 * options;
    }

    public bool IsConverged => step < Shortest;

    /// <summary>The point to try next.</summary>
    public double[] Next()
    {
        attempts--;
        double sign = this.direction is null ? 1 : -1;
        double[] direction = this.direction ?? RandomDirection();
        this.direction = this.direction is null ? direction : null;
        return [.. this.centre.Zip(direction, (centre, move) => Inside(centre + (sign * move)))];
    }

    public void Learn(Parameter parameter, double loss)
    {
        if (loss < this.loss)
        {
            this.loss = loss;
            centre = searchSpace.MappingToFeatureSpace(parameter);
            attempts = 2 * options;
            step = Math.Min(step * Speed, Math.Sqrt(options));
            direction = null;
        }
        else if (attempts == 0)
        {
            attempts = 2;
            if (!IsConverged)
            {
                step /= Speed;
            }
        }
    }

    private double[] RandomDirection()
    {
        double[] direction = new double[searchSpace.FeatureSpaceDim];
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = random.NextGaussian();
        }

        double length = Math.Sqrt(direction.Sum(part => part * part));
        return [.. direction.Select(part => part * (step / length))];
    }

    // The upper end is left out: a coordinate of 1 stands for no choice of its own.
    private static double Inside(double coordinate) => coordinate < 0 ? 0 : coordinate > 1 ? 0.99999999 : coordinate;
}
