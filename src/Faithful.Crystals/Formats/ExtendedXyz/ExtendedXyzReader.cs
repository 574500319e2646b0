using Faithful.Crystals.Formats.Archives;

namespace Faithful.Crystals.Formats.ExtendedXyz;

/// <summary>Reads extended XYZ (https://github.com/libAtoms/extxyz), the format of ASE and libAtoms: any number of frames, each a crystal.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A frame is a line with the number of atoms, a line of <c>key=value</c> pairs and a line for each atom.</item>
/// <item><c>Lattice="ax ay az bx by bz cx cy cz"</c> in Å must be there, and <c>pbc</c> must not say F: else it is no crystal.</item>
/// <item><c>Properties=species:S:1:pos:R:3:…</c> says which columns are the element (<c>species</c>, or the atomic number
/// <c>Z:I:1</c>) and the Cartesian position in Å; other columns are passed over.</item>
/// <item><c>id</c>, <c>material_id</c> or <c>name</c>, the first of these that there is, names the crystal; every other single value
/// is a label, as it is written. Lists (forces, stress) are passed over.</item>
/// </list>
/// A frame with a fault ends where its number of atoms says, or where the next one begins.
/// </remarks>
public static class ExtendedXyzReader
{
    /// <summary>Reads a file, gzipped or not (its content tells).</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The crystals and the errors, in order; the file is opened when the first is asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="CrystalFormatException">The file is missing, unreadable or empty; thrown when the first is asked for.</exception>
    public static IEnumerable<CrystalReadResult> Read(string path, ExtendedXyzReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Enumerate(() => SourceContent.OpenText(path).Stream, path, CrystalFormats.IdOf(Path.GetFileName(path)), options);
    }

    /// <summary>Reads a stream of UTF-8 text to its end, and then disposes of it.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="source">The name of the text for error messages and the records' origins.</param>
    /// <param name="id">The id of the crystal where the text has none; of several, <c>id#1</c> and so on.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The crystals and the errors, in order, read as they are asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IEnumerable<CrystalReadResult> Read(Stream stream, string source, string id, ExtendedXyzReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Enumerate(() => stream, source, id, options);
    }

    /// <summary>Says whether a text is XYZ: a number of atoms alone on the first line, and a second or third line that no POSCAR has.</summary>
    /// <param name="head">The beginning of the text.</param>
    /// <returns>Whether it is.</returns>
    internal static bool IsLike(TextHead head)
    {
        var atom = head.Line(2);
        return ExtendedXyzFrames.TryReadCount(head.Line(0), out _) && (head.Line(1).Contains('=') || (!atom.IsEmpty && char.IsAsciiLetter(atom[0])));
    }

    private static IEnumerable<CrystalReadResult> Enumerate(Func<Stream> open, string source, string id, ExtendedXyzReaderOptions? options)
    {
        options ??= new();
        options.Validate();
        return Frames();

        IEnumerable<CrystalReadResult> Frames()
        {
            using var stream = open();
            using var lines = new TextLines(stream, options.MaximumLineLength);
            foreach (var result in new ExtendedXyzFrames(lines, source, id, options).Read())
            {
                yield return result;
            }
        }
    }
}
