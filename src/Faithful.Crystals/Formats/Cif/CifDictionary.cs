using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>The data names of the CIF core dictionary that a reader keeps (and its later spellings with a dot), in lower case.</summary>
internal static class CifDictionary
{
    /// <summary>What the names of labels begin with; see <see cref="LabelTag"/>.</summary>
    public const string LabelPrefix = "_faithful_label_";

    private const int MaximumTagLength = CifTokenizer.ShortLength;

    // The dot between category and item counts as an underscore.
    private static readonly FrozenDictionary<string, CifItem>.AlternateLookup<ReadOnlySpan<char>> Items = new Dictionary<string, CifItem>
    {
        ["_cell_length_a"] = CifItem.CellLengthA,
        ["_cell_length_b"] = CifItem.CellLengthB,
        ["_cell_length_c"] = CifItem.CellLengthC,
        ["_cell_angle_alpha"] = CifItem.CellAngleAlpha,
        ["_cell_angle_beta"] = CifItem.CellAngleBeta,
        ["_cell_angle_gamma"] = CifItem.CellAngleGamma,
        ["_space_group_symop_operation_xyz"] = CifItem.SpaceGroupOperation,
        ["_symmetry_equiv_pos_as_xyz"] = CifItem.SymmetryOperation,
        ["_space_group_symop_magn_operation_xyz"] = CifItem.MagneticOperation,
        ["_space_group_symop_magn_operation_xyz_bns"] = CifItem.MagneticOperation,
        ["_cell_modulation_dimension"] = CifItem.ModulationDimension,
        ["_space_group_name_hall"] = CifItem.HallSymbol,
        ["_symmetry_space_group_name_hall"] = CifItem.HallSymbol,
        ["_space_group_name_h-m_alt"] = CifItem.HermannMauguinSymbol,
        ["_space_group_name_h-m_full"] = CifItem.HermannMauguinSymbol,
        ["_space_group_name_h-m"] = CifItem.HermannMauguinSymbol,
        ["_symmetry_space_group_name_h-m"] = CifItem.HermannMauguinSymbol,
        ["_symmetry_space_group_name_h-m_full"] = CifItem.HermannMauguinSymbol,
        ["_space_group_it_number"] = CifItem.SpaceGroupNumber,
        ["_symmetry_int_tables_number"] = CifItem.SpaceGroupNumber,
        ["_chemical_formula_sum"] = CifItem.FormulaSum,
        ["_cell_formula_units_z"] = CifItem.FormulaUnits,
        ["_atom_site_label"] = CifItem.SiteLabel,
        ["_atom_site_type_symbol"] = CifItem.SiteType,
        ["_atom_site_fract_x"] = CifItem.SiteX,
        ["_atom_site_fract_y"] = CifItem.SiteY,
        ["_atom_site_fract_z"] = CifItem.SiteZ,
        ["_atom_site_cartn_x"] = CifItem.SiteCartesian,
        ["_atom_site_occupancy"] = CifItem.SiteOccupancy,
        ["_atom_site_disorder_group"] = CifItem.SiteDisorderGroup,
        ["_atom_site_disorder_assembly"] = CifItem.SiteDisorderAssembly,
        ["_atom_site_calc_flag"] = CifItem.SiteCalculationFlag,
        ["_atom_site_symmetry_multiplicity"] = CifItem.SiteMultiplicity,
        ["_atom_site_site_symmetry_multiplicity"] = CifItem.SiteMultiplicity,
        ["_atom_site_attached_hydrogens"] = CifItem.SiteAttachedHydrogens,
        ["_faithful_id"] = CifItem.FaithfulId,
    }.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Gets the item of a data name.</summary>
    /// <param name="tag">The name as written: letters of either case, a dot or an underscore after the category.</param>
    /// <param name="label">The name of the label if the item is one.</param>
    /// <returns>The item, or none.</returns>
    public static CifItem Find(ReadOnlySpan<char> tag, out string? label)
    {
        label = null;
        if (tag.Length >= MaximumTagLength)
        {
            return CifItem.None;
        }

        Span<char> name = stackalloc char[MaximumTagLength];
        name = name[..tag.ToLowerInvariant(name)];
        if (name.StartsWith(LabelPrefix) && name.Length > LabelPrefix.Length)
        {
            label = Decode(name[LabelPrefix.Length..]);
            return CifItem.FaithfulLabel;
        }

        name.Replace('.', '_');
        return Items.TryGetValue(name, out var item) ? item : CifItem.None;
    }

    /// <summary>
    /// Gets the data name of a label. Data names know no capital letters and no blanks, so these and other characters are written as
    /// the hexadecimal bytes of UTF-8: the label <c>T c</c> is <c>_faithful_label_%54%20c</c>.
    /// </summary>
    public static string LabelTag(string label)
    {
        var tag = new StringBuilder(LabelPrefix);
        foreach (var octet in Encoding.UTF8.GetBytes(label))
        {
            var letter = (char)octet;
            if (letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-')
            {
                tag.Append(letter);
            }
            else
            {
                tag.Append(CultureInfo.InvariantCulture, $"%{octet:x2}");
            }
        }

        return tag.ToString();
    }

    private static string Decode(ReadOnlySpan<char> name)
    {
        if (!name.Contains('%'))
        {
            return name.ToString();
        }

        var octets = new List<byte>(name.Length);
        for (var index = 0; index < name.Length; index++)
        {
            if (name[index] == '%'
                && index + 2 < name.Length
                && byte.TryParse(name.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                octets.Add(octet);
                index += 2;
            }
            else
            {
                octets.AddRange(Encoding.UTF8.GetBytes(name[index].ToString()));
            }
        }

        return Encoding.UTF8.GetString(octets.ToArray());
    }
}
