using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>128 bits that name a row, whatever the order in which it is read.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    public readonly ulong Low;

    public readonly ulong High;

    // Constants of MurmurHash3 x64-128, which the published package uses too.
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    /// <summary>A second identity, apart from that of <see cref="Next"/>.</summary>
    public DataViewRowId Fork()
    {
        var next = Next();
        return new DataViewRowId(next.Low ^ (BitOperations.RotateLeft(C1, 31) * C2), next.High);
    }

    public DataViewRowId Next() => Mix(0, 0);

    /// <summary>One identity of two; not commutative.</summary>
    public DataViewRowId Combine(DataViewRowId other)
    {
        var forked = other.Fork();
        return Mix(forked.Low, forked.High);
    }

    public int CompareTo(DataViewRowId other)
    {
        var order = High.CompareTo(other.High);
        return order != 0 ? order : Low.CompareTo(other.Low);
    }

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => $"{High:x16}{Low:x16}";

    // One block of the hash, (low, high) as its state.
    private DataViewRowId Mix(ulong low, ulong high)
    {
        var first = Low ^ (BitOperations.RotateLeft(low * C1, 31) * C2);
        first = (BitOperations.RotateLeft(first, 27) + High) * 5 + 0x52dce729;
        var second = High ^ (BitOperations.RotateLeft(high * C2, 33) * C1);
        second = (BitOperations.RotateLeft(second, 31) + first) * 5 + 0x38495ab5;
        return new DataViewRowId(first, second);
    }
}
