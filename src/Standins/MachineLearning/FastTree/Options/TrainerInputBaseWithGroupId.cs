namespace Microsoft.ML.Trainers;

/// <summary>Which columns a trainer that may rank reads; none of those here does, so the group is left alone.</summary>
public abstract class TrainerInputBaseWithGroupId : TrainerInputBaseWithWeight
{
    public string RowGroupColumnName = null;

    private protected TrainerInputBaseWithGroupId()
    {
    }
}
