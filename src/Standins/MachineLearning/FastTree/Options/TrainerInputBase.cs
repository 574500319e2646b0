using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Which column a trainer reads.</summary>
public abstract class TrainerInputBase
{
    public string FeatureColumnName = DefaultColumnNames.Features;

    private protected TrainerInputBase()
    {
    }
}
