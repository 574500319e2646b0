namespace Faithful.Crystals.Formats;

/// <summary>All that the rest of the program needs to know of one format.</summary>
/// <param name="Format">The format.</param>
/// <param name="Name">Its name in a sentence.</param>
/// <param name="Option">Its name on a command line.</param>
/// <param name="Extensions">The extensions of its files, the usual one first.</param>
/// <param name="IsLike">Whether the beginning of a text can be nothing else.</param>
/// <param name="IsReadWhole">Whether a file is read as a whole, and not crystal by crystal.</param>
/// <param name="KeepsLabels">Whether labels have a place in it.</param>
/// <param name="IsOneFileEach">Whether many crystals are usually kept as one file each.</param>
/// <param name="Read">Reads a text, with its name in errors and the id to use where it has none; disposes of the stream.</param>
/// <param name="Write">Writes crystals as one text.</param>
internal sealed record CrystalFormatRow(
    CrystalFormat Format,
    string Name,
    string Option,
    string[] Extensions,
    Func<TextHead, bool> IsLike,
    bool IsReadWhole,
    bool KeepsLabels,
    bool IsOneFileEach,
    Func<Stream, string, string, CrystalSourceOptions, IEnumerable<CrystalReadResult>> Read,
    Action<Stream, IEnumerable<CrystalRecord>> Write);
