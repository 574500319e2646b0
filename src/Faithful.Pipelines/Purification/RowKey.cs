using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Faithful.Pipelines;

/// <summary>Tells rows apart by what they hold, wherever they stand: half of the SHA-256 of identifier and structure.</summary>
internal static class RowKey
{
    /// <summary>Gets the key of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The key.</returns>
    public static UInt128 Of(CrystalRow row)
    {
        // A row without identifier was given its place for one, which must not count.
        byte[] text = Encoding.UTF8.GetBytes($"{(row.HasId ? row.Id : "")}\0{row.Structure}");
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(text));
    }
}
