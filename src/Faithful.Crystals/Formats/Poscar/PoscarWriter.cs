using System.Globalization;
using System.Text;

namespace Faithful.Crystals.Formats.Poscar;

/// <summary>
/// Writes POSCAR files of VASP 5 with Direct coordinates, from which <see cref="PoscarReader"/> reads the same crystal to the
/// last bit.
/// </summary>
public static class PoscarWriter
{
    /// <summary>Writes a crystal as text.</summary>
    /// <param name="crystal">The crystal. Atoms keep their order: a group is written for each run of one element.</param>
    /// <param name="comment">The first line; null for the formula.</param>
    /// <returns>The text, with LF line ends.</returns>
    /// <exception cref="ArgumentException">The comment has more than one line.</exception>
    public static string ToText(Crystal crystal, string? comment = null)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        comment ??= crystal.Formula;
        if (comment.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            throw new ArgumentException("The comment of a POSCAR is one line of text.", nameof(comment));
        }

        var text = new StringBuilder();
        text.Append(comment).Append("\n1.0\n");
        foreach (var vector in new[] { crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C })
        {
            AppendVector(text, vector);
        }

        var symbols = new StringBuilder();
        var counts = new StringBuilder();
        for (int first = 0, next; first < crystal.Count; first = next)
        {
            next = first + 1;
            while (next < crystal.Count && crystal.Species[next] == crystal.Species[first])
            {
                next++;
            }

            var separator = first == 0 ? string.Empty : " ";
            symbols.Append(separator).Append(crystal.Species[first].Symbol);
            counts.Append(separator).Append(CultureInfo.InvariantCulture, $"{next - first}");
        }

        text.Append(symbols).Append('\n').Append(counts).Append("\nDirect\n");
        foreach (var position in crystal.FractionalPositions)
        {
            AppendVector(text, position);
        }

        return text.ToString();
    }

    /// <summary>Writes a crystal to a file, which appears only when it is complete.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="crystal">The crystal.</param>
    /// <param name="comment">The first line; null for the formula.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Crystal crystal, string? comment = null)
    {
        var text = ToText(crystal, comment);
        AtomicOutput.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Writes the one record of a sequence to a file, which appears only when it is complete.</summary>
    /// <param name="path">The file; an existing one is replaced. A name that ends with <c>.gz</c> is gzipped.</param>
    /// <param name="records">One record, because a POSCAR holds one crystal.</param>
    /// <param name="options">How to write it; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no record, or more than one.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<CrystalRecord> records, PoscarWriterOptions? options = null) =>
        AtomicOutput.Write(path, stream => Write(stream, records, options));

    /// <summary>Writes the one record of a sequence to a stream; its labels have no place in a POSCAR.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="records">One record, because a POSCAR holds one crystal.</param>
    /// <param name="options">How to write it; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no record, or more than one.</exception>
    public static void Write(Stream stream, IEnumerable<CrystalRecord> records, PoscarWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(records);
        options ??= new();
        using var enumerator = records.GetEnumerator();
        var record = enumerator.MoveNext() ? enumerator.Current : throw new ArgumentException("A POSCAR holds one crystal, not none.");
        if (enumerator.MoveNext())
        {
            throw new ArgumentException("A POSCAR holds one crystal, not several.");
        }

        stream.Write(Encoding.UTF8.GetBytes(ToText(record.Crystal, options.Comment)));
    }

    private static void AppendVector(StringBuilder text, Vector3D vector) =>
        text.Append(CultureInfo.InvariantCulture, $"  {vector.X:R} {vector.Y:R} {vector.Z:R}\n");
}
