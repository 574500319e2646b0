namespace Faithful.Pipelines;

/// <summary>A temporary folder that goes with its owner, at the latest when the owner is collected.</summary>
/// <param name="path">The folder.</param>
internal sealed class OwnedFolder(string path) : IDisposable
{
    private int _isGone;

    ~OwnedFolder() => Delete();

    /// <inheritdoc/>
    public void Dispose()
    {
        Delete();
        GC.SuppressFinalize(this);
    }

    private void Delete()
    {
        if (Interlocked.Exchange(ref _isGone, 1) != 0)
        {
            return;
        }

        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file that is still open elsewhere, or a folder that is gone: a temporary folder is left to the system.
        }
    }
}
