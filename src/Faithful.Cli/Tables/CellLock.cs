namespace Faithful.Cli.Tables;

/// <summary>
/// Keeps a cell to one process: several may work in one folder side by side. The system gives a lock back when its process ends,
/// however it ends.
/// </summary>
internal sealed class CellLock : IDisposable
{
    private const string FileName = "lock";

    private readonly FileStream _file;

    private CellLock(FileStream file) => _file = file;

    /// <summary>Takes a cell.</summary>
    /// <param name="folder">Its folder; made when missing.</param>
    /// <returns>The lock; null while another process has it.</returns>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static CellLock? TryTake(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new CellLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
