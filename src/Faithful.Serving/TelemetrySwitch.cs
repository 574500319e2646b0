using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Faithful.Serving;

/// <summary>
/// Turns ONNX Runtime's usage reports off before its native library loads: a program that predicts touches no network.
/// </summary>
internal static partial class TelemetrySwitch
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Sets the variable that the native library reads once, when it loads.</summary>
#pragma warning disable CA2255 // A module initialiser is the one place that is certain to run before any type of this assembly.
    [ModuleInitializer]
    internal static void TurnOff()
#pragma warning restore CA2255
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(Variable, "1");
            return;
        }

        // .NET keeps its own copy of the environment on Unix; native code sees only what libc's setenv wrote.
        try
        {
            _ = SetNativeVariable(Variable, "1", overwrite: 1);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            Environment.SetEnvironmentVariable(Variable, "1"); // a C library of another name: the best that is left
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNativeVariable(string name, string value, int overwrite);
}
