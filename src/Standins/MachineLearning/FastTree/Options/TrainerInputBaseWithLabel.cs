using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Which columns a trainer with labels reads.</summary>
public abstract class TrainerInputBaseWithLabel : TrainerInputBase
{
    public string LabelColumnName = ScoreNames.Label;

    private protected TrainerInputBaseWithLabel()
    {
    }
}
