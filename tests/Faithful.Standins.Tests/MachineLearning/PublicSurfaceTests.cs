using System.Reflection;
using Microsoft.ML;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>Whatever compiles against the stand-in compiles against the published packages.</summary>
public sealed class PublicSurfaceTests
{
    private const string Version = "5.0.";

    [SkippableFact]
    public void The_stand_in_has_no_member_that_the_published_packages_lack()
    {
        Assembly own = typeof(MLContext).Assembly;
        Skip.If(own.GetType("Microsoft.ML.IDataView") is null, "the published Microsoft.ML is in use; there is nothing to compare");
        string[] files = [.. Files("microsoft.ml"), .. Files("microsoft.ml.dataview"), .. Files("microsoft.ml.cpumath"), .. Files("microsoft.ml.fasttree")];
        Skip.If(files.Length < 4, $"the published Microsoft.ML {Version} and Microsoft.ML.FastTree are not in the NuGet cache");
        // AutoML and its search space are packages of their own, with versions of their own.
        IEnumerable<Type> types = PublishedSurface.VisibleTypes(own)
            .Where(type => !type.Namespace!.StartsWith("Microsoft.ML.AutoML", StringComparison.Ordinal) && !type.Namespace.StartsWith("Microsoft.ML.SearchSpace", StringComparison.Ordinal));
        string[] extra = PublishedSurface.Extra(types, files);
        Assert.True(extra.Length == 0, "not in the published packages:\n" + string.Join("\n", extra));
    }

    private static string[] Files(string package) => PublishedSurface.FilesInCache(package, Version, "netstandard2.0");
}
