using Faithful.Models.Packing;

namespace Faithful.Cli.Composition;

/// <summary>A source in packed form.</summary>
/// <param name="Data">The open data set.</param>
/// <param name="BuildSeconds">How long building took; null when a good file was there.</param>
/// <param name="IsTemporary">Whether the file goes when the command ends.</param>
internal sealed record PackedSource(PackedDataset Data, double? BuildSeconds, bool IsTemporary) : IDisposable
{
    /// <summary>Gets the entries of the source that hold no crystal, as far as they count as faults.</summary>
    /// <param name="skipsDisordered">Whether disordered crystals are passed over.</param>
    /// <returns>The entries, in the order of the source.</returns>
    public IReadOnlyList<RejectedEntry> Faults(bool skipsDisordered) => [.. Data.Rejected.Where(entry => !(skipsDisordered && entry.IsDisordered))];

    /// <inheritdoc/>
    public void Dispose()
    {
        Data.Dispose();
        if (IsTemporary)
        {
            File.Delete(Data.FilePath);
        }
    }
}
