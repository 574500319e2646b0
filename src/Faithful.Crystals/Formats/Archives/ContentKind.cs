namespace Faithful.Crystals.Formats.Archives;

/// <summary>What an opened file is.</summary>
internal enum ContentKind
{
    /// <summary>A text that may hold crystals.</summary>
    Text,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>A tar archive.</summary>
    Tar,
}
