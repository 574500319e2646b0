namespace Faithful.Crystals.Formats;

/// <summary>
/// A file does not hold what its format asks for. The message reads <c>POSCAR(7): expected 3 coordinates, found "0.5 x"</c>.
/// </summary>
public sealed class CrystalFormatException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="CrystalFormatException"/> class.</summary>
    /// <param name="file">The file as the caller named it; it also becomes <see cref="Exception.Source"/>.</param>
    /// <param name="line">The one-based line, or 0 if the whole file is meant.</param>
    /// <param name="expected">What the format asks for, without a full stop.</param>
    /// <param name="found">What is there instead; text from the file is in quotation marks.</param>
    /// <param name="innerException">The cause, if another exception is.</param>
    public CrystalFormatException(string file, int line, string expected, string found, Exception? innerException = null)
        : base($"{Place(file, line)}: expected {expected}, found {found}", innerException)
    {
        File = file;
        Source = file;
        Line = line;
        Expected = expected;
        Found = found;
    }

    /// <summary>Gets the file as the caller named it.</summary>
    public string File { get; }

    /// <summary>Gets the one-based line, or 0 if the whole file is meant.</summary>
    public int Line { get; }

    /// <summary>Gets what the format asks for.</summary>
    public string Expected { get; }

    /// <summary>Gets what is there instead; text from the file is in quotation marks.</summary>
    public string Found { get; }

    /// <summary>
    /// Gets a value indicating whether the entry is a valid description of a disordered crystal (sites that are partly occupied, or
    /// occupied by several species), which this program does not model. Default false: the text itself is at fault.
    /// </summary>
    public bool IsDisordered { get; init; }

    private static string Place(string file, int line) => line > 0 ? FormattableString.Invariant($"{file}({line})") : file;
}
