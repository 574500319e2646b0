using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Faithful.Models.Packing;

/// <summary>The arrays of one crystal as bytes of the payload, ready to be written. The buffer is rented: dispose of it.</summary>
internal readonly struct PackedPart : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _length;

    private PackedPart(PackedLayout layout, byte[] buffer, int length)
    {
        Layout = layout;
        _buffer = buffer;
        _length = length;
        Checksum = Crc32C.Append(0, Bytes);
    }

    /// <summary>Gets the numbers of atoms, edges and descriptors.</summary>
    public PackedLayout Layout { get; }

    /// <summary>Gets the bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Gets the checksum of the bytes.</summary>
    public uint Checksum { get; }

    /// <summary>Encodes a crystal.</summary>
    /// <param name="crystal">The crystal; a fallback has no bytes.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="ArgumentException">The arrays contradict each other, or edges do not ascend by target.</exception>
    public static PackedPart Encode(PreparedCrystal crystal)
    {
        var layout = new PackedLayout(crystal.Atoms, crystal.Edges, crystal.Descriptors.Length);
        Check(crystal);
        int length = checked((int)layout.Length);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> part = buffer.AsSpan(0, length);
        part.Clear();
        if (crystal.Atoms == 0)
        {
            crystal.Descriptors.CopyTo(MemoryMarshal.Cast<byte, float>(part[layout.DescriptorValues]));
        }
        else
        {
            crystal.Lattice.CopyTo(MemoryMarshal.Cast<byte, float>(part[PackedLayout.Lattice]));
            crystal.Positions.CopyTo(MemoryMarshal.Cast<byte, float>(part[layout.Positions]));
            crystal.EdgeImage.CopyTo(MemoryMarshal.Cast<byte, sbyte>(part[layout.Images]));
            crystal.AtomicNumbers.CopyTo(part[layout.Numbers]);
            crystal.SiteSymmetries.CopyTo(part[layout.Sites]);
            EncodeEdges(crystal, MemoryMarshal.Cast<byte, int>(part[layout.EdgeCounts]), part[layout.Sources], layout.SourceWidth);
        }

        return new PackedPart(layout, buffer, length);
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static void Check(PreparedCrystal crystal)
    {
        if (crystal.Positions.Length != 3 * crystal.Atoms || crystal.SiteSymmetries.Length != crystal.Atoms || crystal.Lattice.Length != 9
            || crystal.EdgeTarget.Length != crystal.Edges || crystal.EdgeImage.Length != 3 * crystal.Edges
            || (crystal.Atoms > 0 ? 1 : 0) + (crystal.Descriptors.Length > 0 ? 1 : 0) + (crystal.FallbackReason is not null ? 1 : 0) != 1)
        {
            throw new ArgumentException(
                "A prepared crystal has atoms and arrays of matching lengths, or descriptors, or a reason for the fallback.", nameof(crystal));
        }
    }

    private static void EncodeEdges(PreparedCrystal crystal, Span<int> counts, Span<byte> sources, int width)
    {
        int before = 0;
        for (int edge = 0; edge < crystal.Edges; edge++)
        {
            (int source, int target) = (crystal.EdgeSource[edge], crystal.EdgeTarget[edge]);
            if (target < before || (uint)target >= (uint)counts.Length || (uint)source >= (uint)counts.Length)
            {
                throw new ArgumentException($"The edge {edge} goes from atom {source} to {target}, out of order or of range.", nameof(crystal));
            }

            before = target;
            counts[target]++;
            switch (width)
            {
                case 1:
                    sources[edge] = (byte)source;
                    break;
                case 2:
                    BinaryPrimitives.WriteUInt16LittleEndian(sources[(2 * edge)..], (ushort)source);
                    break;
                default:
                    BinaryPrimitives.WriteInt32LittleEndian(sources[(4 * edge)..], source);
                    break;
            }
        }
    }
}
