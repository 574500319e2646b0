using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

/// <summary>Draws every coordinate evenly from [0, 1).</summary>
internal sealed class RandomSearchTuner(SearchSpace.SearchSpace searchSpace, int? seed) : ITuner
{
    private readonly Random random = seed is { } value ? new Random(value) : new Random();

    public Parameter Propose(TrialSettings settings) => Propose();

    public Parameter Propose()
    {
        double[] point = new double[searchSpace.FeatureSpaceDim];
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = random.NextDouble();
        }

        return searchSpace.SampleFromFeatureSpace(point);
    }

    public void Update(TrialResult result)
    {
    }
}
