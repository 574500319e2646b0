using System.Globalization;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>Reads the atoms of a data block.</summary>
/// <param name="block">The block.</param>
/// <param name="formula">The elements of its chemical formula; empty if it has none.</param>
/// <param name="errors">The errors of the text.</param>
internal sealed class CifSites(CifBlock block, IReadOnlySet<Element> formula, CifErrors errors)
{
    /// <summary>How far an occupancy may be from 1, its uncertainty aside.</summary>
    private const double OccupancyTolerance = 1e-3;

    private const string Positions = "positions of atoms (_atom_site_fract_x, _atom_site_fract_y, _atom_site_fract_z)";

    private readonly CifColumn? labels = block[CifItem.SiteLabel];
    private readonly CifColumn? types = block[CifItem.SiteType];
    private readonly CifColumn? occupancies = block[CifItem.SiteOccupancy];
    private readonly CifColumn? groups = block[CifItem.SiteDisorderGroup];
    private readonly CifColumn? assemblies = block[CifItem.SiteDisorderAssembly];
    private readonly CifColumn? flags = block[CifItem.SiteCalculationFlag];
    private readonly CifColumn? multiplicities = block[CifItem.SiteMultiplicity];
    private readonly CifColumn? hydrogens = block[CifItem.SiteAttachedHydrogens];
    private int dummies;
    private int heavyHydrogens;
    private double missingHydrogens;

    /// <summary>Reads the atoms.</summary>
    /// <returns>At least one.</returns>
    /// <exception cref="CrystalFormatException">An atom has no position or no element, or is only partly there.</exception>
    public List<CifSite> Read()
    {
        if (block[CifItem.SiteX] is not { } x || block[CifItem.SiteY] is not { } y || block[CifItem.SiteZ] is not { } z)
        {
            var cartesian = block[CifItem.SiteCartesian];
            throw errors.With(cartesian?.Line ?? block.Line, Positions, cartesian is null ? "none" : "only Cartesian ones, which are not supported");
        }

        if (labels is null && types is null)
        {
            throw errors.With(x.Line, "names of atoms (_atom_site_type_symbol or _atom_site_label)", "none");
        }

        foreach (var column in new[] { labels, types, occupancies, groups, assemblies, flags, multiplicities, hydrogens, y, z })
        {
            if (column is not null && column.Count != x.Count)
            {
                throw errors.With(column.Line, $"as many values of {column.Tag} as of {x.Tag} ({x.Count})", $"{column.Count}");
            }
        }

        var sites = new List<CifSite>(x.Count);
        for (var row = 0; row < x.Count; row++)
        {
            if (flags is not null && flags[row].Text.Equals("dum", StringComparison.OrdinalIgnoreCase))
            {
                dummies++;
                continue;
            }

            sites.Add(ReadSite(row, x[row], y[row], z[row]));
        }

        AddWarnings();
        return sites.Count > 0 ? sites : throw errors.With(x.Line, "at least one atom", "none");
    }

    private CifSite ReadSite(int row, CifValue x, CifValue y, CifValue z)
    {
        var element = ReadElement(row, x.Line);
        var name = labels is not null && !labels[row].IsMissing ? labels[row].Text : element.Symbol;
        var resolution = 1.0;
        var (fractionX, isSixthX) = ReadFraction(x, name, ref resolution);
        var (fractionY, isSixthY) = ReadFraction(y, name, ref resolution);
        var (fractionZ, isSixthZ) = ReadFraction(z, name, ref resolution);
        CheckOrder(row, name);
        if (hydrogens is not null && CifNumber.TryParse(hydrogens[row].Text, out var attached) && attached.Value > 0)
        {
            missingHydrogens += attached.Value;
        }

        return new(name, element, new(fractionX, fractionY, fractionZ), resolution, x.Line)
        {
            IsRoundedSixth = (isSixthX, isSixthY, isSixthZ),
            Multiplicity = multiplicities is not null
                && int.TryParse(multiplicities[row].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var multiplicity)
                ? multiplicity
                : 0,
        };
    }

    private Element ReadElement(int row, int line)
    {
        if (types is not null && !types[row].IsMissing)
        {
            var type = types[row];
            heavyHydrogens += CifSpecies.IsHeavyHydrogen(type.Text) ? 1 : 0;
            return CifSpecies.TryReadType(type.Text, out var element)
                ? element
                : throw errors.At(type.Line, "an element symbol, perhaps with a charge, such as Fe or Fe3+", type.Text);
        }

        if (labels is null || labels[row].IsMissing)
        {
            throw errors.With(line, "the element of the atom (_atom_site_type_symbol or _atom_site_label)", "none");
        }

        var label = labels[row];
        heavyHydrogens += CifSpecies.IsHeavyHydrogen(label.Text) ? 1 : 0;
        return CifSpecies.TryReadLabel(label.Text, formula, out var labelled)
            ? labelled
            : throw errors.At(label.Line, "a label that begins with the symbol of one element, such as Fe1, or _atom_site_type_symbol", label.Text);
    }

    private (double Fraction, bool IsRoundedSixth) ReadFraction(CifValue value, string name, ref double resolution)
    {
        if (value.IsMissing)
        {
            throw errors.With(value.Line, $"3 coordinates of {CifErrors.Quote(name)}", $"{CifErrors.Quote(value.Text)}: an atom without a position");
        }

        if (!CifNumber.TryParse(value.Text, out var number) || Math.Abs(number.Value) > Crystal.MaximumFraction)
        {
            throw errors.At(value.Line, $"a coordinate of {CifErrors.Quote(name)}: a number such as 0.25 or 0.2531(4)", value.Text);
        }

        resolution = Math.Min(resolution, number.Step);

        return (number.Value, IsRoundedSixth(number));
    }

    // 0.333, 0.1667, 0.8333, … and, cut instead of rounded, 0.666; not 0.334, and not a measured 0.3333(2).
    private static bool IsRoundedSixth(CifNumber number)
    {
        var sixths = Math.Round(Math.Abs(number.Value) * 6);
        var missing = (sixths / 6) - Math.Abs(number.Value);
        return number is { Step: < 2e-3, HasUncertainty: false } && sixths % 3 != 0 && missing > -number.Step / 2 && missing < number.Step;
    }

    private void CheckOrder(int row, string name)
    {
        if (occupancies is not null && !occupancies[row].IsMissing)
        {
            var value = occupancies[row];
            if (!CifNumber.TryParse(value.Text, out var occupancy) || occupancy.Value < 0)
            {
                throw errors.At(value.Line, $"the occupancy of {CifErrors.Quote(name)}: a number from 0 to 1", value.Text);
            }

            var tolerance = OccupancyTolerance + occupancy.Uncertainty;
            if (occupancy.Value < 1 - tolerance)
            {
                throw errors.Disordered(
                    value.Line, "sites that are fully occupied (an ordered crystal)", $"an occupancy of {value.Text} for {CifErrors.Quote(name)}");
            }

            if (occupancy.Value > 1 + tolerance)
            {
                throw errors.At(value.Line, $"the occupancy of {CifErrors.Quote(name)}: a number from 0 to 1", value.Text);
            }
        }

        // SHELX's part 0 is the ordered one.
        if (groups is not null && groups[row] is { IsMissing: false, Text: not ("0" or "") } group)
        {
            throw errors.Disordered(
                group.Line, "an ordered crystal", $"{CifErrors.Quote(name)} in the disorder group {CifErrors.Quote(group.Text)}");
        }

        if (assemblies is not null && assemblies[row] is { IsMissing: false, Text: not ("0" or "") } assembly)
        {
            throw errors.Disordered(
                assembly.Line, "an ordered crystal", $"{CifErrors.Quote(name)} in the disorder assembly {CifErrors.Quote(assembly.Text)}");
        }
    }

    private void AddWarnings()
    {
        if (dummies > 0)
        {
            block.Warnings.Add($"{dummies} dummy sites (_atom_site_calc_flag dum) were left out.");
        }

        if (heavyHydrogens > 0)
        {
            block.Warnings.Add($"{heavyHydrogens} sites of deuterium or tritium were taken as hydrogen.");
        }

        if (missingHydrogens > 0)
        {
            var count = missingHydrogens.ToString(CultureInfo.InvariantCulture);
            block.Warnings.Add($"{count} hydrogen atoms have no position and are not in the crystal (_atom_site_attached_hydrogens).");
        }
    }
}
