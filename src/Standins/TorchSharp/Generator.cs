using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers.</summary>
    public class Generator : IDisposable
    {
        private static Generator? standard;

        internal Generator(nint handle, Device device)
        {
            Handle = handle;
            this.device = device;
        }

        public Generator(ulong seed = 0, Device? device = null)
            : this(Create(device ?? CPU), device ?? CPU)
        {
            manual_seed((long)seed);
        }

        public IntPtr Handle { get; private set; }

        public Device device { get; private set; }

        public static Generator Default => standard ??= new Generator(Bridge.Check(Bridge.faithful_generator((int)DeviceType.CPU, -1, 0)), CPU);

        public Generator manual_seed(long seed)
        {
            Bridge.Check(Bridge.faithful_generator_set_seed(Handle, seed));
            return this;
        }

        public long seed() => Bridge.faithful_generator_seed(Handle, 1);

        public long initial_seed() => Bridge.faithful_generator_seed(Handle, 0);

        public Tensor get_state() => new(Bridge.Check(Bridge.faithful_generator_state(Handle)));

        public void set_state(Tensor value) => Bridge.Check(Bridge.faithful_generator_set_state(Handle, value.Handle));

        ~Generator() => Dispose(false);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (Handle != 0)
            {
                Bridge.faithful_generator_release(Handle);
                Handle = 0;
            }
        }

        private static nint Create(Device device) => Bridge.Check(Bridge.faithful_generator((int)device.type, device.index, 1));
    }

    /// <summary>The default sources of random numbers.</summary>
    public static partial class random
    {
        public static long seed() => Generator.Default.seed();

        public static long initial_seed() => Generator.Default.initial_seed();

        public static Generator manual_seed(long seed)
        {
            Bridge.Check(Bridge.faithful_manual_seed(seed));
            return Generator.Default;
        }

        public static Tensor get_rng_state() => Generator.Default.get_state();

        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }

    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    /// <summary>Seeds the default generators of the CPU and of every CUDA device.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);
}
