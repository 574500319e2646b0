using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

/// <summary>
/// Frugal optimization of cost-related hyperparameters (Wu, Wang and Huang, AAAI 2021): a walk from the default, and from a
/// point between what was met before whenever a walk has converged.
/// </summary>
internal sealed class CostFrugalTuner : ITuner
{
    private readonly SearchSpace.SearchSpace _searchSpace;
    private readonly Random _random;
    private readonly double[] _lowest;
    private readonly double[] _highest;
    private DirectWalk _walk;

    public CostFrugalTuner(SearchSpace.SearchSpace searchSpace, int? seed)
    {
        _searchSpace = searchSpace;
        _random = seed is { } value ? new Random(value) : new Random();
        // From the values, not from the coordinates: a whole number may not come back to the coordinate of its default.
        _lowest = searchSpace.MappingToFeatureSpace(searchSpace.SampleFromFeatureSpace(searchSpace.Default));
        _highest = [.. _lowest];
    }

    public Parameter Propose(TrialSettings settings) =>
        _searchSpace.SampleFromFeatureSpace(_walk is null ? Start() : _walk.Next());

    public void Update(TrialResult result)
    {
        Parameter parameter = result.TrialSettings.Parameter;
        if (_walk is null)
        {
            _walk = new DirectWalk(_searchSpace, _searchSpace.MappingToFeatureSpace(parameter), result.Loss, _random);
            Include(_searchSpace.MappingToFeatureSpace(parameter));
            return;
        }

        _walk.Learn(parameter, result.Loss);
        if (_walk.IsConverged)
        {
            _walk = null;
        }
    }

    private double[] Start()
    {
        double[] point = new double[_lowest.Length];
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = (_random.NextDouble() * (_highest[i] - _lowest[i])) + _lowest[i];
        }

        return point;
    }

    private void Include(double[] point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            _lowest[i] = Math.Min(_lowest[i], point[i]);
            _highest[i] = Math.Max(_highest[i], point[i]);
        }
    }
}
