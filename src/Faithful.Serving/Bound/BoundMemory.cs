using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Faithful.Serving;

/// <summary>Memory of one tensor that grows and is used again: page-locked, from which a GPU copies by itself, or plain.</summary>
internal sealed unsafe class BoundMemory(OrtAllocator? allocator) : IDisposable
{
    private OrtMemoryAllocation? _locked;
    private void* _plain;
    private long _capacity;

    /// <summary>Gets the memory as numbers.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="count">How many; what was in the memory before is gone.</param>
    /// <returns>The numbers, of any value.</returns>
    public Span<T> Take<T>(long count)
        where T : unmanaged
    {
        long bytes = Math.Max(1, count) * sizeof(T);
        if (bytes > _capacity)
        {
            Free();
            _capacity = bytes + bytes / 4;
            if (allocator is null)
            {
                _plain = NativeMemory.AlignedAlloc((nuint)_capacity, 64);
            }
            else
            {
                _locked = allocator.Allocate(checked((uint)_capacity));
            }
        }

        return new Span<T>((void*)Pointer, checked((int)count));
    }

    /// <summary>
    /// Wraps the memory as a tensor of the processor, page-locked or not: as one of the device's own kind graphs would work in it
    /// directly instead of fetching it.
    /// </summary>
    /// <param name="type">The type of its numbers, int64 or float32.</param>
    /// <param name="shape">Its shape.</param>
    /// <returns>The tensor; dispose of it before the memory grows.</returns>
    public OrtValue Wrap(TensorElementType type, long[] shape)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, type, shape, Pointer, count * (type == TensorElementType.Int64 ? sizeof(long) : sizeof(float)));
    }

    /// <inheritdoc/>
    public void Dispose() => Free();

    private nint Pointer => _locked?.DangerousGetHandle() ?? (nint)_plain;

    private void Free()
    {
        _locked?.Dispose();
        _locked = null;
        NativeMemory.AlignedFree(_plain);
        _plain = null;
        _capacity = 0;
    }
}
