using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

/// <summary>Counts through the points of a grid, the last coordinate fastest, and starts anew at the end.</summary>
internal sealed class GridSearchTuner : ITuner
{
    private readonly SearchSpace.SearchSpace _searchSpace;
    private readonly int[] _steps;
    private readonly int[] _point;

    public GridSearchTuner(SearchSpace.SearchSpace searchSpace, int step)
    {
        _searchSpace = searchSpace;
        _steps = [.. searchSpace.Step.Select(known => known ?? step)];
        _point = new int[_steps.Length];
    }

    public Parameter Propose(TrialSettings settings)
    {
        Parameter proposal = _searchSpace.SampleFromFeatureSpace([.. _point.Zip(_steps, (index, step) => index * 1.0 / step)]);
        for (int i = _point.Length - 1; i >= 0; i--)
        {
            _point[i] = (_point[i] + 1) % _steps[i];
            if (_point[i] != 0)
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
