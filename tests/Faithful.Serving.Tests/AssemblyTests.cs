using System.Runtime.InteropServices;

namespace Faithful.Serving.Tests;

public partial class AssemblyTests
{
    /// <summary>The ONNX file is the contract: serving needs no trainer and no exporter.</summary>
    [Fact]
    public void Serving_knows_no_trainer()
    {
        string[] references = [.. typeof(CrystalPredictor).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(["Faithful.Crystals", "Faithful.Models", "Microsoft.ML.OnnxRuntime"], references);
    }

    [SkippableFact]
    public void Telemetry_is_off_where_native_code_looks()
    {
        Skip.If(OperatingSystem.IsWindows(), "asks libc, which Windows does not have");
        Assert.NotEmpty(OnnxRuntimeLibrary.Version);
        Assert.Equal("1", Marshal.PtrToStringUTF8(GetNativeVariable("ORT_DISABLE_TELEMETRY")));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetNativeVariable(string name);
}
