using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

/// <summary>Chooses the parameters of each trial and learns what came of them.</summary>
public interface ITuner
{
    Parameter Propose(TrialSettings settings);

    void Update(TrialResult result);
}
