using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // Copies a .NET array into a new tensor.
    private static unsafe Tensor From<T>(ReadOnlySpan<T> elements, long[] dimensions, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        long expected = dimensions.Aggregate(1L, (product, size) => product * size);
        if (expected > elements.Length)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {expected} vs. {elements.Length}");
        }

        Tensor tensor = Create("empty.memory_format", ElementType<T>(), CPU, false, names, dimensions);
        elements[..(int)expected].CopyTo(new Span<T>((void*)Bridge.faithful_data(tensor.Handle), (int)expected));
        device = InitializeDevice(device);
        if ((dtype is ScalarType type && type != ElementType<T>()) || device.type != DeviceType.CPU)
        {
            tensor = tensor.to(dtype ?? ElementType<T>(), device, disposeAfter: true);
        }

        return requires_grad ? tensor.requires_grad_() : tensor;
    }

    private static unsafe Tensor FromMany<T>(Array elements, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        long[] dimensions = [.. Enumerable.Range(0, elements.Rank).Select(elements.GetLongLength)];
        ref byte start = ref MemoryMarshal.GetArrayDataReference(elements);
        fixed (byte* first = &start)
        {
            return From(new ReadOnlySpan<T>(first, elements.Length), dimensions, dtype, device, requires_grad, names);
        }
    }

    private static ScalarType ElementType<T>() => ElementType(typeof(T));

    private static ScalarType ElementType(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => ScalarType.Byte,
        TypeCode.SByte => ScalarType.Int8,
        TypeCode.Int16 => ScalarType.Int16,
        TypeCode.Int32 => ScalarType.Int32,
        TypeCode.Int64 => ScalarType.Int64,
        TypeCode.Single => ScalarType.Float32,
        TypeCode.Double => ScalarType.Float64,
        TypeCode.Boolean => ScalarType.Bool,
        _ => throw new NotSupportedException($"This stand-in makes no tensor from elements of type {type.Name}."),
    };

    /// <summary>A CPU tensor over the array's own memory: the two share their elements. Another type or device makes a copy.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static unsafe Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        if (names is { Length: > 0 })
        {
            throw Tensor.NotHonoured(nameof(names));
        }

        ScalarType own = ElementType(rawArray.GetType().GetElementType()!);
        long[] dimensions = [.. Enumerable.Range(0, rawArray.Rank).Select(rawArray.GetLongLength)];
        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        nint handle;
        fixed (long* sizes = dimensions)
        {
            handle = Bridge.faithful_wrap((void*)pin.AddrOfPinnedObject(), sizes, dimensions.Length, (int)own, &Unpin, GCHandle.ToIntPtr(pin));
        }

        if (handle == 0)
        {
            pin.Free();
            throw Bridge.Error();
        }

        var tensor = new Tensor(handle);
        device = InitializeDevice(device);
        if ((dtype is ScalarType type && type != own) || device.type != DeviceType.CPU)
        {
            tensor = tensor.to(dtype ?? own, device, disposeAfter: true);
        }

        return requires_grad ? tensor.requires_grad_() : tensor;
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint context) => GCHandle.FromIntPtr(context).Free();
}
