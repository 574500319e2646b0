using System.Reflection;
using TorchSharp;

namespace Faithful.Standins.Tests.Torch;

/// <summary>Whatever compiles against the stand-in compiles against the published package.</summary>
public sealed class PublicSurfaceTests
{
    private const string Version = "0.107.0";

    [SkippableFact]
    public void The_stand_in_has_no_member_that_the_published_package_lacks()
    {
        Assembly own = typeof(torch).Assembly;
        Skip.If(own.GetType("TorchSharp.PInvoke.NativeMethods") is not null, "the published TorchSharp is in use; there is nothing to compare");
        string[] files = PublishedSurface.FilesInCache("torchsharp", Version, "net8.0");
        Skip.If(files.Length == 0, $"the published TorchSharp {Version} is not in the NuGet cache");
        string[] extra = PublishedSurface.Extra(PublishedSurface.VisibleTypes(own), files);
        Assert.True(extra.Length == 0, "not in the published package:\n" + string.Join("\n", extra));
    }
}
