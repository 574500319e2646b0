using System.Globalization;
using System.Text;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>
/// Writes CIF files in P 1: every atom as it is, in its order, from which <see cref="CifReader"/> reads the same crystal. The same
/// records give the same text.
/// </summary>
/// <remarks>
/// A CIF holds the lengths and angles of a cell, which forget how the crystal is turned in space, and take the basis as right-handed. A
/// left-handed basis is therefore written as the three opposite vectors with the opposite fractions, which is the same crystal.
/// Fractions are written with all digits, and read again to the last bit; lengths with all digits, angles to 1e-12 degrees. Ids and
/// labels are kept in items of this program's own (<c>_faithful_id</c>, <c>_faithful_label_…</c>), whatever characters they have.
/// </remarks>
public static class CifWriter
{
    private const int MaximumNameLength = 70;

    /// <summary>What lengths and angles may lose of the products of the basis vectors, relative.</summary>
    private const double LargestLoss = 1e-9;

    /// <summary>Writes records to a stream, one data block each, with LF line ends.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="records">The records.</param>
    /// <param name="options">How to write them; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// An id or label has control characters other than tabs and line feeds, which a CIF cannot hold, or a cell is so skewed that its
    /// lengths and angles do not describe it: reduce it first.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static void Write(Stream stream, IEnumerable<CrystalRecord> records, CifWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(records);
        options ??= new();
        options.Validate();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var text = new StringBuilder();
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        writer.Write("#\\#CIF_1.1\n");
        foreach (var record in records)
        {
            text.Clear();
            AppendRecord(text, record, BlockName(record.Id, names), options);
            writer.Write(text);
        }
    }

    /// <summary>Writes records to a file, which appears only when it is complete.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="records">The records.</param>
    /// <param name="options">How to write them; null for the defaults.</param>
    /// <exception cref="ArgumentException">As the other method.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<CrystalRecord> records, CifWriterOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = File.Create(temporary))
            {
                Write(file, records, options);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // Names of data blocks are words of at most 75 characters, each once in a file.
    private static string BlockName(string id, HashSet<string> names)
    {
        var letters = id.Take(MaximumNameLength).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '+' ? letter : '_');
        var name = string.Concat(letters);
        name = name.Length == 0 ? "crystal" : name;
        if (names.Add(name))
        {
            return name;
        }

        for (var number = 2; ; number++)
        {
            var numbered = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
            if (names.Add(numbered))
            {
                return numbered;
            }
        }
    }

    private static void AppendRecord(StringBuilder text, CrystalRecord record, string name, CifWriterOptions options)
    {
        text.Append(CultureInfo.InvariantCulture, $"\ndata_{name}\n");
        AppendText(text, "_faithful_id", record.Id);
        foreach (var (label, value) in record.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            AppendText(text, CifDictionary.LabelTag(label), value);
        }

        var crystal = record.Crystal;
        AppendFormula(text, crystal);
        AppendCell(text, crystal.Lattice, record.Id, options);
        text.Append("_symmetry_space_group_name_H-M 'P 1'\n_symmetry_Int_Tables_number 1\n");
        text.Append("loop_\n_symmetry_equiv_pos_as_xyz\nx,y,z\n");
        text.Append("loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\n");
        Span<int> counts = stackalloc int[Element.Count + 1];
        counts.Clear();
        for (var atom = 0; atom < crystal.Count; atom++)
        {
            var element = crystal.Species[atom];
            var position = crystal.FractionalPositions[atom];
            position = crystal.Lattice.IsRightHanded ? position : Vector3D.Zero - position; // 0 - 0 is 0, not -0
            text.Append(CultureInfo.InvariantCulture, $"{element.Symbol}{++counts[element.AtomicNumber]} {element.Symbol}");
            for (var axis = 0; axis < 3; axis++)
            {
                text.Append(' ').Append(Number(position[axis], options));
            }

            text.Append(" 1\n");
        }
    }

    // Carbon and hydrogen first, the others by their symbols, as the dictionary wants it.
    private static void AppendFormula(StringBuilder text, Crystal crystal)
    {
        var counts = crystal.Species.GroupBy(element => element.Symbol).ToDictionary(group => group.Key, group => group.Count());
        var units = counts.Values.Aggregate(0, GreatestCommonDivisor);
        var hasCarbon = counts.ContainsKey("C");
        var words = counts
            .OrderBy(pair => hasCarbon && pair.Key == "C" ? 0 : hasCarbon && pair.Key == "H" ? 1 : 2)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Value == units ? pair.Key : string.Create(CultureInfo.InvariantCulture, $"{pair.Key}{pair.Value / units}"));
        text.Append(CultureInfo.InvariantCulture, $"_chemical_formula_sum '{string.Join(' ', words)}'\n_cell_formula_units_Z {units}\n");
    }

    private static void AppendCell(StringBuilder text, Lattice lattice, string id, CifWriterOptions options)
    {
        var (lengths, angles) = (lattice.Lengths, lattice.Angles);
        angles = new(Math.Round(angles.X, 12), Math.Round(angles.Y, 12), Math.Round(angles.Z, 12));
        if (!IsDescribed(lattice, lengths, angles))
        {
            throw new ArgumentException($"The cell of {id} is too skewed for a CIF ({lattice}); reduce it first.", nameof(lattice));
        }

        for (var axis = 0; axis < 3; axis++)
        {
            text.Append("_cell_length_").Append("abc"[axis]).Append(' ').Append(Number(lengths[axis], options)).Append('\n');
        }

        text.Append("_cell_angle_alpha ").Append(Number(angles.X, options));
        text.Append("\n_cell_angle_beta ").Append(Number(angles.Y, options));
        text.Append("\n_cell_angle_gamma ").Append(Number(angles.Z, options));
        text.Append(CultureInfo.InvariantCulture, $"\n_cell_volume {lattice.Volume:F6}\n");
    }

    private static bool IsDescribed(Lattice lattice, Vector3D lengths, Vector3D angles)
    {
        try
        {
            var again = Lattice.FromParameters(lengths.X, lengths.Y, lengths.Z, angles.X, angles.Y, angles.Z);
            return Math.Abs(again.Volume - lattice.Volume) < 1e-6 * lattice.Volume
                && Math.Abs(again.A.Dot(again.B) - lattice.A.Dot(lattice.B)) <= LargestLoss * lengths.X * lengths.Y
                && Math.Abs(again.B.Dot(again.C) - lattice.B.Dot(lattice.C)) <= LargestLoss * lengths.Y * lengths.Z
                && Math.Abs(again.C.Dot(again.A) - lattice.C.Dot(lattice.A)) <= LargestLoss * lengths.Z * lengths.X;
        }
        catch (InvalidCrystalException)
        {
            return false;
        }
    }

    private static void AppendText(StringBuilder text, string tag, string value)
    {
        if (!CifText.IsWritable(value))
        {
            throw new ArgumentException($"A CIF cannot hold the control characters of {tag} {CifErrors.Quote(value)}.", nameof(value));
        }

        text.Append(tag);
        CifText.AppendValue(text, value);
    }

    private static string Number(double number, CifWriterOptions options)
    {
        if (options.DecimalPlaces is not { } places)
        {
            return number.ToString("R", CultureInfo.InvariantCulture);
        }

        var text = number.ToString($"F{places}", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAnyExcept("-0.") ? text : text.TrimStart('-');
    }

    private static int GreatestCommonDivisor(int left, int right) => right == 0 ? left : GreatestCommonDivisor(right, left % right);
}
