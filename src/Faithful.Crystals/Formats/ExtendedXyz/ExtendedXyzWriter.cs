using System.Buffers;
using System.Globalization;
using System.Text;

namespace Faithful.Crystals.Formats.ExtendedXyz;

/// <summary>
/// Writes extended XYZ as ASE and libAtoms read it: Cartesian positions in Å with all digits, the id and the labels as
/// <c>key=value</c>. The same records give the same text on every machine.
/// </summary>
public static class ExtendedXyzWriter
{
    private static readonly SearchValues<char> BareLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+.:/#@");

    /// <summary>Writes records to a file, which appears only when it is complete; a name that ends with <c>.gz</c> is gzipped.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="records">The records.</param>
    /// <param name="options">How to write them; null for the defaults.</param>
    /// <exception cref="ArgumentException">A label has the name of a key of the format.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<CrystalRecord> records, ExtendedXyzWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        AtomicOutput.Write(path, stream => Write(stream, records, options));
    }

    /// <summary>Writes records to a stream, a frame each, with LF, labels in ordinal order of their names.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="records">The records.</param>
    /// <param name="options">How to write them; null for the defaults.</param>
    /// <exception cref="ArgumentException">A label has the name of a key of the format.</exception>
    public static void Write(Stream stream, IEnumerable<CrystalRecord> records, ExtendedXyzWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(records);
        options ??= new();
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        var text = new StringBuilder();
        foreach (var record in records)
        {
            Append(text, record, options);
            writer.Write(text);
            text.Clear();
        }
    }

    private static void Append(StringBuilder text, CrystalRecord record, ExtendedXyzWriterOptions options)
    {
        var crystal = record.Crystal;
        var (a, b, c) = (crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C);
        text.Append(CultureInfo.InvariantCulture, $"{crystal.Count}\n{ExtendedXyzKeys.Lattice}=\"");
        text.Append(CultureInfo.InvariantCulture, $"{a.X:R} {a.Y:R} {a.Z:R} {b.X:R} {b.Y:R} {b.Z:R} {c.X:R} {c.Y:R} {c.Z:R}\" ");
        text.Append($"{ExtendedXyzKeys.Properties}={ExtendedXyzKeys.PlainProperties} {ExtendedXyzKeys.Periodicity}=\"T T T\" {ExtendedXyzKeys.Id}=");
        AppendWord(text, record.Id);
        foreach (var (name, value) in record.Labels.Where(_ => options.WithLabels).OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            if (ExtendedXyzKeys.IsReserved(name) || name.Length == 0)
            {
                throw new ArgumentException($"In extended XYZ a label cannot be called \"{name}\".");
            }

            text.Append(' ');
            AppendWord(text, name);
            text.Append('=');
            AppendWord(text, value);
        }

        text.Append('\n');
        for (var atom = 0; atom < crystal.Count; atom++)
        {
            var position = crystal.CartesianPosition(atom);
            text.Append(CultureInfo.InvariantCulture, $"{crystal.Species[atom].Symbol} {position.X:R} {position.Y:R} {position.Z:R}\n");
        }
    }

    private static void AppendWord(StringBuilder text, string word)
    {
        if (word.Length > 0 && !word.AsSpan().ContainsAnyExcept(BareLetters))
        {
            text.Append(word);
            return;
        }

        // Several numbers in quotation marks would be a list; a backslash before the first space tells that they are one text.
        var isTextLikeList = ExtendedXyzComment.IsListOfNumbers(word);
        text.Append('"');
        foreach (var letter in word)
        {
            if (letter is '"' or '\\' or '\n' || (isTextLikeList && char.IsWhiteSpace(letter)))
            {
                text.Append('\\');
            }

            text.Append(letter == '\n' ? 'n' : letter);
        }

        text.Append('"');
    }
}
