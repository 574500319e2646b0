using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Which column a trainer reads.</summary>
public abstract class TrainerInputBase
{
    public string FeatureColumnName = ScoreNames.Features;

    private protected TrainerInputBase()
    {
    }
}
