namespace Microsoft.ML.Data;

/// <summary>The number of values of a key column that is read from text.</summary>
public sealed class KeyCount
{
    /// <summary>Without one, as many as the numbers that hold the key allow.</summary>
    public ulong? Count;

    public KeyCount()
    {
    }

    public KeyCount(ulong count)
    {
        Contracts.CheckParam(count > 0, nameof(count), "The cardinality of valid values of a KeyDataViewType column has to be strictly positive.");
        Count = count;
    }
}
