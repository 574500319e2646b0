using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The functions of faithful_torch.cpp. A tensor is a pointer that owns one reference; zero stands for none.</summary>
internal static unsafe partial class Bridge
{
    private const string Library = "libfaithful_torch";

    static Bridge()
    {
        // The library lies beside this assembly: found even when a host resolves native libraries otherwise.
        NativeLibrary.SetDllImportResolver(typeof(Bridge).Assembly, static (name, _, _) =>
        {
            string beside = Path.Combine(AppContext.BaseDirectory, name + ".so");
            string assembly = Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location) ?? string.Empty, name + ".so");
            return NativeLibrary.TryLoad(beside, out nint handle) || NativeLibrary.TryLoad(assembly, out handle) ? handle : 0;
        });
    }

    /// <summary>The exception for the last failed call of this thread, of the type that TorchSharp throws.</summary>
    internal static ExternalException Error() => new(Marshal.PtrToStringUTF8(faithful_error()));

    internal static void Check(byte done)
    {
        if (done == 0)
        {
            throw Error();
        }
    }

    internal static nint Check(nint handle) => handle != 0 ? handle : throw Error();

    internal static string Version => Marshal.PtrToStringUTF8(faithful_version())!;

    [DllImport(Library)] internal static extern nint faithful_error();
    [DllImport(Library)] internal static extern nint faithful_version();
    [DllImport(Library)] internal static extern nint faithful_operator(byte* name, byte* overload);
    [DllImport(Library)] internal static extern byte faithful_call(nint operation, NativeValue* arguments, int count, NativeValue** results, int* resultCount);

    [DllImport(Library)] internal static extern byte faithful_describe(nint tensor, TensorDescription* description);
    [DllImport(Library)] internal static extern nint faithful_data(nint tensor);
    [DllImport(Library)] internal static extern void faithful_release(nint tensor);
    [DllImport(Library)] internal static extern nint faithful_share(nint tensor);
    [DllImport(Library)] internal static extern nint faithful_wrap(void* data, long* sizes, int dimensions, int scalarType, delegate* unmanaged<nint, void> release, nint context);

    [DllImport(Library)] internal static extern nint faithful_index(nint tensor, NativeIndex* places, int count);
    [DllImport(Library)] internal static extern byte faithful_index_put(nint tensor, NativeIndex* places, int count, nint value);

    [DllImport(Library)] internal static extern byte faithful_requires_grad(nint tensor);
    [DllImport(Library)] internal static extern byte faithful_is_leaf(nint tensor);
    [DllImport(Library)] internal static extern nint faithful_grad(nint tensor);
    [DllImport(Library)] internal static extern byte faithful_set_requires_grad(nint tensor, byte value);
    [DllImport(Library)] internal static extern byte faithful_set_grad(nint tensor, nint grad);
    [DllImport(Library)] internal static extern byte faithful_retain_grad(nint tensor);
    [DllImport(Library)] internal static extern byte faithful_backward(nint* roots, nint* grads, int count, byte retain, byte create, nint* inputs, int inputCount);
    [DllImport(Library)] internal static extern byte faithful_gradients(nint* roots, nint* grads, int count, nint* inputs, int inputCount, byte retain, byte create, byte allowUnused, nint* results);
    [DllImport(Library)] internal static extern byte faithful_grad_mode();
    [DllImport(Library)] internal static extern void faithful_set_grad_mode(byte enabled);
    [DllImport(Library)] internal static extern byte faithful_inference_mode();
    [DllImport(Library)] internal static extern nint faithful_enter_inference_mode(byte enabled);
    [DllImport(Library)] internal static extern void faithful_leave_inference_mode(nint mode);

    [DllImport(Library)] internal static extern byte faithful_manual_seed(long seed);
    [DllImport(Library)] internal static extern nint faithful_generator(int deviceType, int deviceIndex, byte fresh);
    [DllImport(Library)] internal static extern void faithful_generator_release(nint generator);
    [DllImport(Library)] internal static extern byte faithful_generator_set_seed(nint generator, long seed);
    [DllImport(Library)] internal static extern long faithful_generator_seed(nint generator, byte renew);
    [DllImport(Library)] internal static extern nint faithful_generator_state(nint generator);
    [DllImport(Library)] internal static extern byte faithful_generator_set_state(nint generator, nint state);

    [DllImport(Library)] internal static extern int faithful_device_count(int deviceType);
    [DllImport(Library)] internal static extern byte faithful_synchronize(int deviceType, int deviceIndex);
    [DllImport(Library)] internal static extern byte faithful_has_cudnn();
    [DllImport(Library)] internal static extern byte faithful_allow_tf32(byte convolutions);
    [DllImport(Library)] internal static extern void faithful_set_allow_tf32(byte convolutions, byte allow);
    [DllImport(Library)] internal static extern int faithful_num_threads(byte betweenOperators);
    [DllImport(Library)] internal static extern byte faithful_set_num_threads(byte betweenOperators, int threads);
}

/// <summary>One argument or result of an operator; the same layout as Value in faithful_torch.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    internal ArgumentKind Kind;
    internal int Count;
    internal long Bits;
}

/// <summary>What a tensor looks like; the same layout as Description in faithful_torch.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorDescription
{
    internal long Elements, Dimensions, ElementSize, StorageOffset;
    internal long* Sizes, Strides;
    internal int ScalarType, DeviceType, DeviceIndex, Layout;
}

/// <summary>One place of an index expression; the same layout as Index in faithful_torch.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeIndex
{
    internal long Kind, Start, Stop, Step;
    internal nint Tensor;
}
