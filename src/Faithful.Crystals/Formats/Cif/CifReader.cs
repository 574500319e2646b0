using System.Text;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>
/// Reads CIF files: the syntax of CIF 1.1 and the core dictionary (https://www.iucr.org/resources/cif). What a file leaves open
/// is never guessed in silence: it is an error or, where there is one sensible reading, a warning of the record.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Every data block with atoms is a crystal; blocks without atoms (text of a publication) and save frames are passed over.
/// A block that is no CIF is an error, and the reading goes on at the next line that begins with <c>data_</c>. A CIF 2.0 may use what
/// it has in common with CIF 1.1. Data names may have the dots of later dictionaries (<c>_cell.length_a</c>).</item>
/// <item>Symmetry: the list of operations; else the Hall symbol; else the Hermann-Mauguin symbol in any usual spelling; else the number
/// of the space group. The latter two use spglib's table. Where several settings have one symbol (or number), the standard one
/// (unique axis b, cell choice 1, hexagonal axes, origin choice 2) is taken unless the cell fits another one better, such as
/// rhombohedral axes. Of two origins, the one that contradicts neither formula nor multiplicities is taken, then the one with the
/// fewer atoms, then choice 2, always with a warning. A file that says nothing about symmetry is read as P 1, with a warning.</item>
/// <item>Names that disagree with the operations, and a formula or multiplicities that disagree with the atoms, are warnings. A cell
/// that its operations change by more than 5 % is an error.</item>
/// <item>Positions: in P 1 as they are. Otherwise coordinates that are sixths rounded to three or more decimals (0.333, 0.1667)
/// become sixths, unless they have an uncertainty; images of an atom closer than <see cref="CifReaderOptions.SiteTolerance"/> are
/// merged into their mean, which is exactly on the special position; and positions are wrapped into the cell.</item>
/// <item>Species: <c>_atom_site_type_symbol</c>, charges left out, or else the label; where a label may mean two elements (<c>CA1</c>, <c>FE1</c>),
/// <c>_chemical_formula_sum</c> decides or it is an error. Deuterium and tritium are taken as hydrogen, with a warning.</item>
/// <item>Occupancies below 1 (by more than 0.001 and their uncertainty), disorder groups and several species on one site are errors with
/// <see cref="CrystalFormatException.IsDisordered"/>.</item>
/// <item><c>_faithful_id</c> and <c>_faithful_label_…</c>, which <see cref="CifWriter"/> writes, are the id and the labels.</item>
/// </list>
/// </remarks>
public static class CifReader
{
    /// <summary>A text with so many bad data blocks in a row is no CIF.</summary>
    private const int MostErrors = 1000;

    /// <summary>Reads a stream of UTF-8 text to its end, and then disposes of it.</summary>
    /// <param name="stream">The text, gzip and the like undone; a mark of UTF-8 at its beginning is passed over.</param>
    /// <param name="source">The name of the text for error messages and the records' origins.</param>
    /// <param name="id">
    /// The id of the crystal if the text holds one; if it holds several, their ids are this, <c>#</c> and the name of the data block
    /// (its one-based index if it has no name, and with the index in parentheses if another one had it before). A block that says
    /// its own id keeps it.
    /// </param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The crystals and the errors, in order, read as they are asked for, one data block in memory at a time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">
    /// spglib is missing, and a file without operations and Hall symbol has been asked for.
    /// </exception>
    public static IEnumerable<CrystalReadResult> Read(Stream stream, string source, string id, CifReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(id);
        options ??= new();
        options.Validate();
        return Enumerate(stream, source, id, options);
    }

    /// <summary>Says whether a text is CIF: its first word, comments passed over, begins a data block or is a data name, and no POSCAR follows.</summary>
    /// <param name="head">The beginning of the text.</param>
    /// <returns>Whether it is.</returns>
    internal static bool IsLike(TextHead head)
    {
        var text = head.Text.AsSpan();
        if (text.StartsWith("#\\#CIF_"))
        {
            return true;
        }

        for (text = text.TrimStart(); text.StartsWith("#"); text = text.TrimStart())
        {
            var end = text.IndexOfAny('\n', '\r');
            text = end < 0 ? default : text[end..];
        }

        var word = TextWords.Take(ref text);
        var isCif = word.StartsWith("data_", StringComparison.OrdinalIgnoreCase) || word.StartsWith("_")
            || word.Equals("loop_", StringComparison.OrdinalIgnoreCase) || word.Equals("global_", StringComparison.OrdinalIgnoreCase);
        return isCif && !Poscar.PoscarReader.IsLike(head);
    }

    private static IEnumerable<CrystalReadResult> Enumerate(Stream stream, string source, string id, CifReaderOptions options)
    {
        // No other encoding is looked for: whether its mark is seen would depend on how many bytes the stream gives first.
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        var entries = new CifEntries(reader, source, options);
        var names = new CifNames(source, id);
        CifEntry? first = null; // held back until it is known whether it is the only one
        var count = 0;
        var errorsInRow = 0;
        while (errorsInRow < MostErrors && entries.Next() is { } entry)
        {
            count++;
            errorsInRow = entry.Error is { IsDisordered: false } ? errorsInRow + 1 : 0;
            if (count == 1)
            {
                first = entry;
                continue;
            }

            if (first is not null)
            {
                yield return names.OfSeveral(first);
                first = null;
            }

            yield return names.OfSeveral(entry);
        }

        if (first is not null)
        {
            yield return names.OfOne(first);
        }

        if (count == 0)
        {
            yield return CrystalReadResult.Failure(entries.NoCrystal());
        }
        else if (errorsInRow >= MostErrors)
        {
            yield return CrystalReadResult.Failure(new(source, 0, "a CIF", $"{MostErrors} bad data blocks in a row; the rest was not read"));
        }
    }
}
