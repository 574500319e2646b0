using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

/// <summary>
/// Frugal optimization of cost-related hyperparameters (Wu, Wang and Huang, AAAI 2021): a walk from the default, and from a
/// point between what was met before whenever a walk has converged.
/// </summary>
internal sealed class CostFrugalTuner : ITuner
{
    private readonly SearchSpace.SearchSpace searchSpace;
    private readonly Random random;
    private readonly double[] lowest;
    private readonly double[] highest;
    private DirectWalk walk;

    public CostFrugalTuner(SearchSpace.SearchSpace searchSpace, int? seed)
    {
        this.searchSpace = searchSpace;
        random = seed is { } value ? new Random(value) : new Random();
        // From the values, not from the coordinates: a whole number may not come back to the coordinate of its default.
        lowest = searchSpace.MappingToFeatureSpace(searchSpace.SampleFromFeatureSpace(searchSpace.Default));
        highest = [.. lowest];
    }

    public Parameter Propose(TrialSettings settings) =>
        searchSpace.SampleFromFeatureSpace(walk is null ? Start() : walk.Next());

    public void Update(TrialResult result)
    {
        Parameter parameter = result.TrialSettings.Parameter;
        if (walk is null)
        {
            walk = new DirectWalk(searchSpace, searchSpace.MappingToFeatureSpace(parameter), result.Loss, random);
            Include(searchSpace.MappingToFeatureSpace(parameter));
            return;
        }

        walk.Learn(parameter, result.Loss);
        if (walk.IsConverged)
        {
            walk = null;
        }
    }

    private double[] Start()
    {
        double[] point = new double[lowest.Length];
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = (random.NextDouble() * (highest[i] - lowest[i])) + lowest[i];
        }

        return point;
    }

    private void Include(double[] point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            lowest[i] = Math.Min(lowest[i], point[i]);
            highest[i] = Math.Max(highest[i], point[i]);
        }
    }
}
