using System.Buffers.Binary;

namespace Faithful.Crystals.Formats.Archives;

/// <summary>The CRC-32 of zip files (polynomial 0xEDB88320, bits reversed; ISO 3309), eight bytes at a step.</summary>
internal static class Checksum32
{
    private static readonly uint[] Tables = CreateTables();

    /// <summary>Goes on with a checksum.</summary>
    /// <param name="checksum">The checksum of the bytes before; 0 at the beginning.</param>
    /// <param name="bytes">The next bytes.</param>
    /// <returns>The checksum of all bytes so far.</returns>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = Tables;
        var state = ~checksum;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ state;
            state = tables[(7 * 256) + (int)(low & 0xff)] ^ tables[(6 * 256) + (int)((low >> 8) & 0xff)]
                ^ tables[(5 * 256) + (int)((low >> 16) & 0xff)] ^ tables[(4 * 256) + (int)(low >> 24)]
                ^ tables[(3 * 256) + bytes[4]] ^ tables[(2 * 256) + bytes[5]] ^ tables[256 + bytes[6]] ^ tables[bytes[7]];
        }

        foreach (var value in bytes)
        {
            state = tables[(int)((state ^ value) & 0xff)] ^ (state >> 8);
        }

        return ~state;
    }

    // Table k holds what a byte comes to k bytes later.
    private static uint[] CreateTables()
    {
        var tables = new uint[8 * 256];
        for (var value = 0u; value < 256; value++)
        {
            var state = value;
            for (var bit = 0; bit < 8; bit++)
            {
                state = (state & 1) != 0 ? (state >> 1) ^ 0xEDB88320 : state >> 1;
            }

            tables[value] = state;
        }

        for (var index = 256; index < tables.Length; index++)
        {
            var before = tables[index - 256];
            tables[index] = (before >> 8) ^ tables[(int)(before & 0xff)];
        }

        return tables;
    }
}
