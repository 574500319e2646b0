namespace Faithful.Cli.Output;

/// <summary>Progress that is handled where it is reported: <see cref="Progress{T}"/> would hand it to another thread, too late.</summary>
internal sealed class SynchronousProgress(Action<int> report) : IProgress<int>
{
    /// <inheritdoc/>
    public void Report(int value) => report(value);
}
