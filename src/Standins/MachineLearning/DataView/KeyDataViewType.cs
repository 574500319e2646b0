namespace Microsoft.ML.Data;

/// <summary>One of <see cref="Count"/> categories: the values 1 to Count, and 0 for a missing one.</summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    public ulong Count { get; }

    public KeyDataViewType(Type type, ulong count)
        : base(type)
    {
        Contracts.CheckParam(IsValidDataType(type), nameof(type),
            $"A key is held as Byte, UInt16, UInt32 or UInt64, not as {type.Name}.");
        Contracts.CheckParam(count > 0 && count <= Largest(type), nameof(count),
            $"A key held as {type.Name} has 1 to {Largest(type)} values, not {count}.");
        Count = count;
    }

    // The published conversion is unchecked too: a negative count becomes a large one, which the other constructor may refuse first.
    public KeyDataViewType(Type type, int count)
        : this(type, unchecked((ulong)count)) =>
        Contracts.CheckParam(count > 0, nameof(count), $"A key has at least one value, not {count}.");

    public static bool IsValidDataType(Type type) =>
        type == typeof(byte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong);

    public override bool Equals(DataViewType other) =>
        ReferenceEquals(other, this) || other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";

    private static ulong Largest(Type type) =>
        type == typeof(byte) ? byte.MaxValue : type == typeof(ushort) ? ushort.MaxValue : type == typeof(uint) ? uint.MaxValue : ulong.MaxValue;
}
