using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

/// <summary>Counts through the points of a grid, the last coordinate fastest, and starts anew at the end.</summary>
internal sealed class GridSearchTuner : ITuner
{
    private readonly SearchSpace.SearchSpace searchSpace;
    private readonly int[] steps;
    private readonly int[] point;

    public GridSearchTuner(SearchSpace.SearchSpace searchSpace, int step)
    {
        this.searchSpace = searchSpace;
        steps = [.. searchSpace.Step.Select(known => known ?? step)];
        point = new int[steps.Length];
    }

    public Parameter Propose(TrialSettings settings)
    {
        Parameter proposal = searchSpace.SampleFromFeatureSpace([.. point.Zip(steps, (index, step) => index * 1.0 / step)]);
        for (int i = point.Length - 1; i >= 0; i--)
        {
            point[i] = (point[i] + 1) % steps[i];
            if (point[i] != 0)
            {
                break;
            }
        }

        return proposal;
    }

    public void Update(TrialResult result)
    {
    }
}
