using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Which columns a trainer with labels reads.</summary>
public abstract class TrainerInputBaseWithLabel : TrainerInputBase
{
    public string LabelColumnName = DefaultColumnNames.Label;

    private protected TrainerInputBaseWithLabel()
    {
    }
}
