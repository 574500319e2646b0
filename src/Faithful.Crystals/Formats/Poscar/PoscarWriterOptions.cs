namespace Faithful.Crystals.Formats.Poscar;

/// <summary>How POSCAR files are written.</summary>
public sealed record PoscarWriterOptions
{
    /// <summary>Gets the first line of the file. The default value is null: the formula.</summary>
    public string? Comment { get; init; }
}
