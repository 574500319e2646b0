using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Faithful.Crystals.Symmetry;
using Microsoft.ML.OnnxRuntime;

namespace Faithful.Serving;

/// <summary>The native library of ONNX Runtime: whether it is there, which version, and whether it can use a GPU.</summary>
public static partial class OnnxRuntimeLibrary
{
    private const string CudaProvider = "CUDAExecutionProvider";

    private static readonly Lazy<OrtEnv> Loaded = new(Load);

    /// <summary>Gets the version of the native library.</summary>
    /// <exception cref="MissingNativeLibraryException">The library is missing or cannot be loaded.</exception>
    public static string Version => Environment.GetVersionString();

    /// <summary>Gets the environment that every session lives in; loads the native library on first use.</summary>
    /// <exception cref="MissingNativeLibraryException">The library is missing or cannot be loaded.</exception>
    internal static OrtEnv Environment => Loaded.Value;

    /// <summary>Asks for the version without an exception when the library is missing.</summary>
    /// <param name="version">The version, when the library loads.</param>
    /// <param name="problem">What is missing and what to do, when it does not.</param>
    /// <returns>Whether the library loads.</returns>
    public static bool TryGetVersion([NotNullWhen(true)] out string? version, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            version = Version;
            problem = null;
            return true;
        }
        catch (MissingNativeLibraryException error)
        {
            version = null;
            problem = error.Message;
            return false;
        }
    }

    /// <summary>Says whether sessions on a CUDA device can be tried, and if not, why.</summary>
    /// <param name="problem">What is missing, or null.</param>
    /// <returns>Whether both the driver and a runtime built for CUDA are there; opening a session may fail all the same.</returns>
    /// <exception cref="MissingNativeLibraryException">ONNX Runtime itself is missing.</exception>
    public static bool CanTryCuda([NotNullWhen(false)] out string? problem)
    {
        // The driver first: asking costs microseconds, while the provider library is hundreds of megabytes.
        string driver = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(driver, out _))
        {
            problem = $"no NVIDIA driver ({driver})";
            return false;
        }

        if (!Environment.GetAvailableProviders().Contains(CudaProvider))
        {
            problem = "this build of ONNX Runtime has no CUDA provider";
            return false;
        }

        problem = null;
        return true;
    }

    /// <summary>
    /// Gives memory that opening models took back to the system: the C library keeps what graphs of some megabytes each needed while they were
    /// optimized. Does nothing where there is no such call.
    /// </summary>
    public static void ReleaseUnusedMemory()
    {
        try
        {
            _ = OperatingSystem.IsLinux() ? TrimHeap(0) : 0;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another kind, which has its own ways.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint kept);

    private static OrtEnv Load()
    {
        try
        {
            OrtEnv environment = OrtEnv.Instance();
            // Errors come back as exceptions; the native log would only repeat them on stderr, in its own form.
            environment.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
            ShareArena(environment);
            return environment;
        }
        catch (Exception error) when (IsLoadFault(error))
        {
            throw new MissingNativeLibraryException("ONNX Runtime", "its native library does not load", "run ./faithful setup");
        }
    }

    /// <summary>
    /// An arena keeps what a batch once needed. Sessions of their own would each keep it, though no more run at once than there are cores.
    /// </summary>
    private static void ShareArena(OrtEnv environment)
    {
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var arena = new OrtArenaCfg(0, -1, -1, -1); // no limit, and the library's own ways to grow
        try
        {
            environment.CreateAndRegisterAllocator(memory, arena);
        }
        catch (OnnxRuntimeException)
        {
            // Other code of the process has registered one, which serves as well.
        }
    }

    private static bool IsLoadFault(Exception? error) => error switch
    {
        null => false,
        DllNotFoundException or BadImageFormatException or EntryPointNotFoundException => true,
        _ => IsLoadFault(error.InnerException),
    };
}
