using System.Runtime.InteropServices;
using TorchSharp;

namespace Faithful.Networks.Training;

/// <summary>Asks the CUDA driver how much memory of a GPU is in use; TorchSharp does not tell.</summary>
public static class GpuMemory
{
    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    private delegate int MemoryInfo(out nuint free, out nuint total);

    private static readonly Lazy<MemoryInfo?> Query = new(Find);

    /// <summary>Gets the memory that is in use on the device of the calling thread.</summary>
    /// <param name="device">The device that libtorch has used on this thread.</param>
    /// <returns>Bytes, of all processes; null for a device that is no GPU, or when the driver does not say.</returns>
    public static long? TryGetUsed(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CUDA && Query.Value is MemoryInfo query && query(out nuint free, out nuint total) == 0
            ? (long)(total - free)
            : null;
    }

    private static MemoryInfo? Find()
    {
        // The driver's own library has this name wherever a GPU works.
        string name = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        return NativeLibrary.TryLoad(name, out nint library) && NativeLibrary.TryGetExport(library, "cuMemGetInfo_v2", out nint function)
            ? Marshal.GetDelegateForFunctionPointer<MemoryInfo>(function)
            : null;
    }
}
