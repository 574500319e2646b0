using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Faithful.Crystals.Symmetry;
using Microsoft.ML.OnnxRuntime;

namespace Faithful.Serving;

/// <summary>The native library of ONNX Runtime: whether it is there, which version, and whether it can use a GPU.</summary>
public static class OnnxRuntimeLibrary
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

    private static OrtEnv Load()
    {
        try
        {
            OrtEnv environment = OrtEnv.Instance();
            // Errors come back as exceptions; the native log would only repeat them on stderr, in its own form.
            environment.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
            return environment;
        }
        catch (Exception error) when (IsLoadFault(error))
        {
            throw new MissingNativeLibraryException("ONNX Runtime", "its native library does not load", "run ./faithful setup");
        }
    }

    private static bool IsLoadFault(Exception? error) => error switch
    {
        null => false,
        DllNotFoundException or BadImageFormatException or EntryPointNotFoundException => true,
        _ => IsLoadFault(error.InnerException),
    };
}
