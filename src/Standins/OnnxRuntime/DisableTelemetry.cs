using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime
{
    /// <summary>
    /// ONNX Runtime's Linux build reports its use over the network unless the process says otherwise before the library loads.
    /// Environment.SetEnvironmentVariable does not reach native code on Linux, so this asks the C library.
    /// </summary>
    internal static class DisableTelemetry
    {
        [ModuleInitializer]
        internal static void Run()
        {
            if (!System.OperatingSystem.IsWindows())
            {
                _ = SetEnvironment("ORT_DISABLE_TELEMETRY", "1", 1);
            }
        }

        [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi)]
        private static extern int SetEnvironment(string name, string value, int overwrite);
    }
}
