namespace Faithful.Testing;

/// <summary>A folder that a test may fill and that is gone after it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Gets the path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("faithful-").FullName;

    /// <summary>Writes a file.</summary>
    /// <param name="name">Its name, which may have folders.</param>
    /// <param name="text">Its content.</param>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Gets the path of a file in the folder.</summary>
    /// <param name="name">Its name.</param>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Deletes the folder with all that is in it.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
