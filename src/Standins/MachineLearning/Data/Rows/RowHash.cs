using System.Runtime.InteropServices;

namespace Microsoft.ML.Data;

/// <summary>Hashes that are the same in every process.</summary>
internal static class RowHash
{
    public static ulong Start(int seed) => Mix((uint)seed);

    /// <summary>Equal values give equal hashes: text by its characters, other values by what they are written as.</summary>
    public static ulong Add<T>(ulong hash, T value) => value switch
    {
        ReadOnlyMemory<char> text => AddBytes(hash, MemoryMarshal.AsBytes(text.Span)),
        ulong number => Mix(hash ^ number),
        float number => Mix(hash ^ BitConverter.SingleToUInt32Bits(number + 0f)), // -0 is 0
        double number => Mix(hash ^ BitConverter.DoubleToUInt64Bits(number + 0d)),
        _ => AddBytes(hash, MemoryMarshal.AsBytes(FormattableString.Invariant($"{value}").AsSpan())),
    };

    /// <summary>0 or more, less than 1.</summary>
    public static double Fraction(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    private static ulong AddBytes(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var part in bytes)
        {
            hash = (hash ^ part) * 0x100000001B3; // FNV-1a
        }

        return Mix(hash ^ (ulong)bytes.Length);
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
    private static ulong Mix(ulong hash)
    {
        hash += 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
