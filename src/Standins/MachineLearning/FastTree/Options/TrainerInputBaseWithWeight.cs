namespace Microsoft.ML.Trainers;

/// <summary>Which columns a trainer with weights reads.</summary>
public abstract class TrainerInputBaseWithWeight : TrainerInputBaseWithLabel
{
    public string ExampleWeightColumnName = null;

    private protected TrainerInputBaseWithWeight()
    {
    }
}
