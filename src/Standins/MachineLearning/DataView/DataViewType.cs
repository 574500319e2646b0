namespace Microsoft.ML.Data;

/// <summary>The type of a column: what its values mean, and the .NET type that holds them.</summary>
public abstract class DataViewType : IEquatable<DataViewType>
{
    public Type RawType { get; }

    private protected DataViewType(Type rawType)
    {
        Contracts.CheckValue(rawType, nameof(rawType));
        RawType = rawType;
    }

    public abstract bool Equals(DataViewType other);
}
