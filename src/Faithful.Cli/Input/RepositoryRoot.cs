using Faithful.Serving;

namespace Faithful.Cli.Input;

/// <summary>The folder of the project, which holds <c>onnx</c> and <c>datasets</c>.</summary>
internal static class RepositoryRoot
{
    /// <summary>The environment variable by which the launcher names the folder.</summary>
    public const string Variable = "FAITHFUL_ROOT";

    private const string Marker = "Faithful.sln";

    /// <summary>Finds the folder: named by the launcher, else above the program, else above the working folder.</summary>
    /// <returns>A full path; the working folder when the project is nowhere.</returns>
    public static string Find()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        return !string.IsNullOrEmpty(named) && Directory.Exists(named)
            ? Path.GetFullPath(named)
            : Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory()) ?? Directory.GetCurrentDirectory();
    }

    /// <summary>Gets a path as the user would write it: relative to the working folder when it lies below it.</summary>
    /// <param name="path">A path.</param>
    /// <returns>The shorter form.</returns>
    public static string Display(string path)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>Gets the folder of pretrained models.</summary>
    /// <returns>A path that need not exist.</returns>
    public static string Models() => Path.Combine(Find(), PretrainedModels.FolderName);

    private static string? Above(string folder)
    {
        for (DirectoryInfo? candidate = new(folder); candidate is not null; candidate = candidate.Parent)
        {
            if (File.Exists(Path.Combine(candidate.FullName, Marker)))
            {
                return candidate.FullName;
            }
        }

        return null;
    }
}
