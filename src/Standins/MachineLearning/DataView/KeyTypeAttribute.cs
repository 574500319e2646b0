namespace Microsoft.ML.Data;

/// <summary>The member holds a key, counted from 0 as it stands in the object; the column counts it from 1.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class KeyTypeAttribute : Attribute
{
    public KeyTypeAttribute() =>
        throw new NotSupportedException("A key type needs its count: [KeyType(count)].");

    public KeyTypeAttribute(ulong count) => Count = count;

    internal ulong Count { get; }
}
