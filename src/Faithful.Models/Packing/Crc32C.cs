using System.Numerics;
using System.Runtime.InteropServices;

namespace Faithful.Models.Packing;

/// <summary>
/// The checksum CRC-32C (Castagnoli polynomial 0x1EDC6F41, as in RFC 3720, appendix B.4): processors have an instruction for it,
/// and it finds every error of up to 32 neighbouring bits.
/// </summary>
internal static class Crc32C
{
    /// <summary>Gets the checksum of bytes that follow others.</summary>
    /// <param name="checksum">The checksum of the bytes before; 0 for none.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The checksum of both.</returns>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint state = ~checksum;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            state = BitOperations.Crc32C(state, word);
        }

        foreach (byte value in bytes[(sizeof(ulong) * words.Length)..])
        {
            state = BitOperations.Crc32C(state, value);
        }

        return ~state;
    }
}
