using System.Text;
using Faithful.Crystals.Formats.Archives;

namespace Faithful.Crystals.Formats.Poscar;

/// <summary>
/// Reads POSCAR and CONTCAR files of VASP 4 and 5 (https://www.vasp.at/wiki/POSCAR). What the files leave open is never guessed.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Scale: one number multiplies the vectors and Cartesian positions; a negative one is minus the volume of the cell in Å³;
/// three positive ones scale the x, y and z components.</item>
/// <item>Species: the line of VASP 5, where <c>Fe_pv</c> and <c>Si/4d8a</c> (names of potentials) mean Fe and Si; for a VASP 4
/// file the first line, if it consists of exactly as many element symbols as there are counts; else it is an error.</item>
/// <item>Positions: <c>Direct</c> or <c>Cartesian</c> (told by d, c or k). Three numbers are read of each line, as VASP does; flags
/// of selective dynamics and comments after them are passed over, and so is what follows after a blank line or a line of text.</item>
/// <item>Numbers may have Fortran's exponents (<c>1.0D-3</c>). Line ends may be LF, CRLF or CR.</item>
/// </list>
/// </remarks>
public static class PoscarReader
{
    private static readonly Dictionary<string, string> NoLabels = [];

    /// <summary>Reads a file, gzipped or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The crystal; its id is the file name.</returns>
    /// <exception cref="CrystalFormatException">The file is missing or no POSCAR.</exception>
    public static CrystalRecord Read(string path, PoscarReaderOptions? options = null) => TryRead(path, options).GetRecordOrThrow();

    /// <summary>Reads a file, gzipped or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The crystal (its id is the file name), or what is wrong.</returns>
    public static CrystalReadResult TryRead(string path, PoscarReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = SourceContent.OpenText(path).Stream;
            return TryRead(stream, path, Path.GetFileName(path), options);
        }
        catch (CrystalFormatException exception)
        {
            return CrystalReadResult.Failure(exception);
        }
    }

    /// <summary>Reads a stream of UTF-8 text to its end, and then disposes of it.</summary>
    /// <param name="stream">The text of one POSCAR.</param>
    /// <param name="source">The name of the text for error messages and the record's origin.</param>
    /// <param name="id">The id of the record.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>One result: the crystal, or what is wrong; read when it is asked for.</returns>
    public static IEnumerable<CrystalReadResult> Read(Stream stream, string source, string id, PoscarReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Enumerate(stream, source, id, options);
    }

    /// <summary>Reads a stream of UTF-8 text to its end; the stream is left open.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="source">The name of the text for error messages and the record's origin.</param>
    /// <param name="id">The id of the record.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The crystal, or what is wrong.</returns>
    public static CrystalReadResult TryRead(Stream stream, string source, string id, PoscarReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new();
        string text;
        try
        {
            text = ReadText(stream, options.MaximumLength);
        }
        catch (Exception exception) when (FileFault.Is(exception))
        {
            return CrystalReadResult.Failure(FileFault.Describe(source, exception));
        }

        return text.Length > options.MaximumLength
            ? CrystalReadResult.Failure(new(source, 0, $"a POSCAR of at most {options.MaximumLength} characters", "more"))
            : TryParse(text, source, id, options);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The content of a POSCAR.</param>
    /// <param name="source">The name of the text for error messages and the record's origin.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The crystal.</returns>
    /// <exception cref="CrystalFormatException">The text is no POSCAR.</exception>
    public static Crystal Parse(string text, string source = "POSCAR", PoscarReaderOptions? options = null) =>
        TryParse(text, source, source, options ?? new()).GetRecordOrThrow().Crystal;

    /// <summary>Says whether a text can be a POSCAR: its second line, the scale, begins with a number.</summary>
    /// <param name="head">The beginning of the text.</param>
    /// <returns>Whether it can.</returns>
    internal static bool IsLike(TextHead head)
    {
        var line = head.Line(1);
        return TextWords.TryParse(TextWords.Take(ref line), out _);
    }

    private static IEnumerable<CrystalReadResult> Enumerate(Stream stream, string source, string id, PoscarReaderOptions? options)
    {
        using (stream)
        {
            yield return TryRead(stream, source, id, options);
        }
    }

    private static CrystalReadResult TryParse(string text, string source, string id, PoscarReaderOptions options)
    {
        try
        {
            var parser = new PoscarParser(text, source, options);
            var crystal = parser.Parse();
            return CrystalReadResult.Success(new(id, crystal, NoLabels, source) { Warnings = parser.Warnings });
        }
        catch (CrystalFormatException exception)
        {
            return CrystalReadResult.Failure(exception);
        }
    }

    // Stops soon after the limit, so that neither a device nor a gzip bomb fills the memory.
    private static string ReadText(Stream stream, int limit)
    {
        // No other encoding is looked for: whether its mark is seen would depend on how many bytes the stream gives first.
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var text = new StringBuilder();
        var buffer = new char[1 << 13];
        for (int length; text.Length <= limit && (length = reader.Read(buffer)) > 0;)
        {
            text.Append(buffer, 0, length);
        }

        return text.ToString();
    }
}
