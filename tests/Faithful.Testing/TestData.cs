using System.Runtime.CompilerServices;

namespace Faithful.Testing;

/// <summary>Where the files of the repository and the optional real data beside it are.</summary>
public static class TestData
{
    /// <summary>Gets the root of the repository, the folder of Faithful.sln, wherever the tests were built.</summary>
    public static string RepositoryRoot { get; } = FindRoot(AppContext.BaseDirectory) ?? FindRoot(ThisFile())
        ?? throw new DirectoryNotFoundException("No folder above the tests or their sources holds Faithful.sln.");

    /// <summary>Gets the folder of the committed example crystals.</summary>
    public static string Examples => Path.Combine(RepositoryRoot, "datasets", "examples");

    /// <summary>Finds a file or folder of the real data: a path under <c>../shared</c> beside the repository.</summary>
    /// <param name="relativePath">For example <c>fixtures/spglib</c>.</param>
    /// <param name="path">The full path, whether it exists or not.</param>
    /// <param name="skipReason">Why a test that needs it cannot run; empty if it can.</param>
    /// <returns>Whether it exists.</returns>
    public static bool TryFind(string relativePath, out string path, out string skipReason)
    {
        path = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", relativePath));
        var exists = File.Exists(path) || Directory.Exists(path);
        skipReason = exists ? string.Empty : $"needs ../shared/{relativePath} beside the repository";
        return exists;
    }

    private static string? FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Faithful.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
