namespace TorchSharp;

/// <summary>Moves modules between devices and types; they return the same module.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(new torch.Device(deviceType, deviceIndex), null);

    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(device, null);

    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(device, type);

    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(null, type);

    public static T to<T>(this T module, string device, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(new torch.Device(device), null);

    public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(other.device, other.dtype);

    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(torch.CPU, null);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(new torch.Device(DeviceType.CUDA, deviceIndex), null);

    public static T half<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(null, torch.ScalarType.Float16);

    public static T bfloat16<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(null, torch.ScalarType.BFloat16);

    public static T @float<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(null, torch.ScalarType.Float32);

    public static T @double<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Move(null, torch.ScalarType.Float64);
}
