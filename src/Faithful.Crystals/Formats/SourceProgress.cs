namespace Faithful.Crystals.Formats;

/// <summary>How far a source has been read.</summary>
/// <param name="BytesRead">The bytes read so far, as they lie in the file or files: packed ones where they are packed.</param>
/// <param name="TotalBytes">The bytes of the whole source, or null where that is not known (standard input).</param>
public readonly record struct SourceProgress(long BytesRead, long? TotalBytes);
