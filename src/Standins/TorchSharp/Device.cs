using TorchSharp.Native;

namespace TorchSharp;

/// <summary>Kinds of devices; libtorch's own numbers.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MKLDNN = 2,
    OPENGL = 3,
    OPENCL = 4,
    IDEEP = 5,
    HIP = 6,
    FPGA = 7,
    MSNPU = 8,
    XLA = 9,
    MPS = 13,
    META = 14,
}

public static partial class torch
{
    /// <summary>Where a tensor lives: "cpu", "cuda" (the current one) or "cuda:0".</summary>
    public class Device
    {
        public Device(string description)
        {
            string[] parts = description.Split(':');
            type = Parse(parts[0]);
            if (parts.Length == 2)
            {
                index = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        public Device(string deviceType, int index = -1)
        {
            type = Parse(deviceType);
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(int index)
        {
            type = DeviceType.CUDA;
            this.index = index;
        }

        public DeviceType type { get; private set; }

        public int index { get; private set; } = -1;

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            string name = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index == -1 ? name : $"{name}:{index}";
        }

        private static DeviceType Parse(string name) => Enum.Parse<DeviceType>(name.ToUpperInvariant());
    }

    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    private static readonly Device CudaDevice = new(DeviceType.CUDA);

    public static Device CUDA => InitializeDevice(CudaDevice);

    public static Device device(string description) => InitializeDevice(new Device(description));

    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(int index) => new(DeviceType.CUDA, index);

    public static Device get_default_device() => CPU;

    public static bool TryInitializeDeviceType(DeviceType deviceType) =>
        deviceType is DeviceType.CPU or DeviceType.META || Bridge.faithful_device_count((int)deviceType) > 0;

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
        {
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
        }
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>CUDA devices.</summary>
    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static bool is_cudnn_available() => Bridge.faithful_has_cudnn() != 0;

        public static int device_count() => Bridge.faithful_device_count((int)DeviceType.CUDA);

        public static void manual_seed(long seed)
        {
            if (is_available())
            {
                using var generator = new Generator(Bridge.Check(Bridge.faithful_generator((int)DeviceType.CUDA, -1, 0)), CudaDevice);
                generator.manual_seed(seed);
            }
        }

        public static void manual_seed_all(long seed)
        {
            for (int index = 0; index < device_count(); index++)
            {
                using var generator = new Generator(Bridge.Check(Bridge.faithful_generator((int)DeviceType.CUDA, index, 0)), new Device(DeviceType.CUDA, index));
                generator.manual_seed(seed);
            }
        }

        /// <summary>Waits until everything queued on the device is done. Without CUDA an error, as in the published package.</summary>
        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            Bridge.Check(Bridge.faithful_synchronize((int)DeviceType.CUDA, device?.index ?? -1));
        }
    }

    /// <summary>Switches of libtorch's back ends.</summary>
    public static partial class backends
    {
        /// <summary>CUDA switches.</summary>
        public static partial class cuda
        {
            /// <summary>Matrix products.</summary>
            public static partial class matmul
            {
                public static bool allow_tf32
                {
                    get => Bridge.faithful_allow_tf32(0) != 0;
                    set => Bridge.faithful_set_allow_tf32(0, value ? (byte)1 : (byte)0);
                }
            }
        }

        /// <summary>cuDNN switches.</summary>
        public static partial class cudnn
        {
            public static bool allow_tf32
            {
                get => Bridge.faithful_allow_tf32(1) != 0;
                set => Bridge.faithful_set_allow_tf32(1, value ? (byte)1 : (byte)0);
            }
        }
    }

    public static int get_num_threads() => Bridge.faithful_num_threads(0);

    public static void set_num_threads(int num) => Bridge.Check(Bridge.faithful_set_num_threads(0, num));

    public static int get_num_interop_threads() => Bridge.faithful_num_threads(1);

    public static void set_num_interop_threads(int num) => Bridge.Check(Bridge.faithful_set_num_threads(1, num));

    /// <summary>The libtorch that does the work, for example "1.13.0".</summary>
    public static string __version__ => Bridge.Version;
}
