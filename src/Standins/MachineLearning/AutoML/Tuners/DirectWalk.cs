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

    private readonly SearchSpace.SearchSpace _searchSpace;
    private readonly Random _random;
    private readonly int _options;
    private double[] _centre;
    private double _loss;
    private double _step;
    private double[] _direction;
    private int _attempts;

    public DirectWalk(SearchSpace.SearchSpace searchSpace, double[] centre, double loss, Random random)
    {
        _searchSpace = searchSpace;
        _random = random;
        _centre = centre;
        _loss = loss;
        // The dimension is the number of options at the top, as in the package: a nested space counts once.
        _options = searchSpace.Count;
        _step = Math.Min(0.1 * Math.Sqrt(_options), Math.Sqrt(_options));
        _attempts = 2 * _options;
    }

    public bool IsConverged => _step < Shortest;

    /// <summary>The point to try next.</summary>
    public double[] Next()
    {
        _attempts--;
        double sign = _direction is null ? 1 : -1;
        double[] direction = _direction ?? RandomDirection();
        _direction = _direction is null ? direction : null;
        return [.. _centre.Zip(direction, (centre, move) => Inside(centre + (sign * move)))];
    }

    public void Learn(Parameter parameter, double loss)
    {
        if (loss < _loss)
        {
            _loss = loss;
            _centre = _searchSpace.MappingToFeatureSpace(parameter);
            _attempts = 2 * _options;
            _step = Math.Min(_step * Speed, Math.Sqrt(_options));
            _direction = null;
        }
        else if (_attempts == 0)
        {
            _attempts = 2;
            if (!IsConverged)
            {
                _step /= Speed;
            }
        }
    }

    private double[] RandomDirection()
    {
        double[] direction = new double[_searchSpace.FeatureSpaceDim];
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = _random.NextGaussian();
        }

        double length = Math.Sqrt(direction.Sum(part => part * part));
        return [.. direction.Select(part => part * (_step / length))];
    }

    // The upper end is left out: a coordinate of 1 stands for no choice of its own.
    private static double Inside(double coordinate) => coordinate < 0 ? 0 : coordinate > 1 ? 0.99999999 : coordinate;
}
