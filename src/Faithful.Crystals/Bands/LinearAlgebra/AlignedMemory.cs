using System.Buffers;
using System.Runtime.InteropServices;

namespace Faithful.Crystals.Bands;

/// <summary>Temporary memory from the shared pool that starts at a cache line and does not move until it is given back.</summary>
internal readonly unsafe ref struct AlignedMemory
{
    private const int Line = 64; // bytes

    private readonly double[] _array;
    private readonly GCHandle _handle;

    /// <summary>Rents room for <paramref name="length"/> numbers, all zero.</summary>
    public AlignedMemory(int length)
    {
        _array = ArrayPool<double>.Shared.Rent(length + (Line / sizeof(double)));
        _handle = GCHandle.Alloc(_array, GCHandleType.Pinned);
        Start = (double*)((_handle.AddrOfPinnedObject() + Line - 1) & ~(nint)(Line - 1));
        new Span<double>(Start, length).Clear();
    }

    /// <summary>The first number.</summary>
    public double* Start { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _handle.Free();
        ArrayPool<double>.Shared.Return(_array);
    }
}
