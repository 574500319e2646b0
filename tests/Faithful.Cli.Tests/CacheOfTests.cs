using System.Runtime.CompilerServices;
using Faithful.Cli.Composition;

namespace Faithful.Cli.Tests;

/// <summary>Caches of the tests lie in a folder of their own, which goes when the tests end.</summary>
internal static class CacheOfTests
{
    [ModuleInitializer]
    public static void UseTemporaryFolder()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("faithful-cache-");
        Environment.SetEnvironmentVariable(PackedCache.FolderVariable, folder.FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
    }
}
