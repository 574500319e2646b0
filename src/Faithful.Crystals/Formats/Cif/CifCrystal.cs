using System.Globalization;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>Makes the crystal of a data block.</summary>
/// <param name="block">The block.</param>
/// <param name="errors">The errors of the text.</param>
/// <param name="options">How to read.</param>
internal sealed class CifCrystal(CifBlock block, CifErrors errors, CifReaderOptions options)
{
    private static readonly CifItem[] CellItems =
    [
        CifItem.CellLengthA, CifItem.CellLengthB, CifItem.CellLengthC, CifItem.CellAngleAlpha, CifItem.CellAngleBeta, CifItem.CellAngleGamma,
    ];

    private static readonly string[] CellTags =
    [
        "_cell_length_a", "_cell_length_b", "_cell_length_c", "_cell_angle_alpha", "_cell_angle_beta", "_cell_angle_gamma",
    ];

    /// <summary>Gets a value indicating whether the block has atoms; without them it is no crystal, but part of a report.</summary>
    public static bool HasAtoms(CifBlock block) => block[CifItem.SiteX] is not null || block[CifItem.SiteCartesian] is not null;

    /// <summary>Makes the crystal; what is strange but readable is added to the warnings of the block.</summary>
    /// <returns>The crystal.</returns>
    /// <exception cref="CrystalFormatException">The block does not describe an ordered crystal.</exception>
    public Crystal Make()
    {
        var lattice = ReadLattice();
        var formula = block.Value(CifItem.FormulaSum) is { } sum ? CifFormula.TryParse(sum.Text) : null;
        var sites = new CifSites(block, formula?.Elements ?? new HashSet<Element>(), errors).Read();
        if (block.Value(CifItem.ModulationDimension) is { } modulation && modulation.Text != "0")
        {
            block.Warnings.Add("The crystal is modulated; only its average structure was read.");
        }

        var candidates = new CifSymmetry(block, lattice, errors).Find();
        var expansions = candidates.Select(candidate => CifExpansion.Of(sites, candidate.Group, lattice, options, errors)).ToArray();
        var expansion = expansions[0];
        if (expansions.Length > 1)
        {
            expansion = ChooseOrigin(candidates, expansions, sites, lattice, formula);
        }

        var crystal = Construct(lattice, expansion, sites);
        Check(expansion, sites, formula);
        return crystal;
    }

    private Lattice ReadLattice()
    {
        Span<double> numbers = stackalloc double[6];
        for (var index = 0; index < 6; index++)
        {
            var isAngle = index >= 3;
            var column = block[CellItems[index]];
            if (column is null || column.Count == 0)
            {
                if (!isAngle)
                {
                    throw errors.With(block.Line, $"{CellTags[index]} in the data block, as it has atoms", "none");
                }

                numbers[index] = 90; // the dictionary's default
                block.Warnings.Add($"{CellTags[index]} is not given and was taken as 90 degrees, as the dictionary says.");
                continue;
            }

            var value = column[0];
            numbers[index] = CifNumber.TryParse(value.Text, out var number) && number.Value > 0
                ? number.Value
                : throw errors.At(value.Line, $"{CellTags[index]}, a positive number {(isAngle ? "of degrees" : "in Å")} such as {(isAngle ? "109.5(1)" : "5.431(2)")}", value.Text);
        }

        try
        {
            return Lattice.FromParameters(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
        }
        catch (InvalidCrystalException exception)
        {
            throw errors.Because(block[CifItem.CellLengthA]!.Line, exception);
        }
    }

    // By what else the file says about its contents; then the origin with the fewer atoms: sites are on special positions on purpose.
    private CifExpansion ChooseOrigin(
        IReadOnlyList<CifCandidate> candidates, CifExpansion[] expansions, List<CifSite> sites, Lattice lattice, CifFormula? formula)
    {
        double? units = block.Value(CifItem.FormulaUnits) is { } value && CifNumber.TryParse(value.Text, out var number) ? number.Value : null;
        var chosen = Enumerable.Range(0, expansions.Length).MinBy(index =>
        {
            var expansion = expansions[index];
            var contradictions = 0;
            contradictions += formula is null || formula.IsCompositionOf(expansion.Species) ? 0 : 1;
            contradictions += formula is null || units is null || Math.Abs((formula.Total * units.Value) - expansion.Species.Length) < 0.5 ? 0 : 1;
            contradictions += Enumerable.Range(0, sites.Count).All(site => IsMultiplicity(sites[site], expansion.Multiplicities[site])) ? 0 : 1;
            contradictions += CloseAtoms.Find(lattice, expansion.Positions, Crystal.MinimumDistance) is null ? 0 : 4;
            return (contradictions, expansion.Species.Length);
        });
        var other = expansions[1 - chosen].Species.Length;
        block.Warnings.Add(
            $"{Capitalized(candidates[chosen].Name)} leaves the origin open: origin choice {candidates[chosen].Origin} was taken, "
            + $"with {expansions[chosen].Species.Length} atoms in the cell (the other: {other}).");
        return expansions[chosen];
    }

    private Crystal Construct(Lattice lattice, CifExpansion expansion, List<CifSite> sites)
    {
        var crystal = Crystal.WithKnownDistances(lattice, expansion.Species, expansion.Positions); // found in the next line
        if (CloseAtomWarning.Of(crystal) is not { } warning)
        {
            return crystal;
        }

        if (CloseAtoms.Find(lattice, expansion.Positions, Crystal.MinimumDistance) is var (first, second, distance))
        {
            var (one, two) = (sites[expansion.Sites[first]], sites[expansion.Sites[second]]);
            var (nameOne, nameTwo) = (CifErrors.Quote(one.Label), CifErrors.Quote(two.Label));
            var gap = string.Create(CultureInfo.InvariantCulture, $"{distance:0.0000} Å");
            throw one.Element != two.Element
                ? errors.Disordered(two.Line, "one species on each site (an ordered crystal)", $"{nameTwo} on the site of {nameOne}, line {one.Line}")
                : errors.With(
                    two.Line,
                    string.Create(CultureInfo.InvariantCulture, $"atoms at least {Crystal.MinimumDistance} Å apart"),
                    ReferenceEquals(one, two) ? $"{gap} between two images of {nameOne}" : $"{gap} between images of {nameOne}, line {one.Line}, and {nameTwo}");
        }

        block.Warnings.Add(warning);
        return crystal;
    }

    private void Check(CifExpansion expansion, List<CifSite> sites, CifFormula? formula)
    {
        var others = 0;
        var example = string.Empty;
        for (var site = 0; site < sites.Count; site++)
        {
            if (!IsMultiplicity(sites[site], expansion.Multiplicities[site]))
            {
                if (others == 0)
                {
                    example = $"{CifErrors.Quote(sites[site].Label)} has {expansion.Multiplicities[site]} images, but the file says {sites[site].Multiplicity}";
                }

                others++;
            }
        }

        if (others > 0)
        {
            block.Warnings.Add($"The multiplicities of {others} of {sites.Count} sites are others than in the file: {example}.");
        }

        if (formula is not null && !formula.IsCompositionOf(expansion.Species))
        {
            block.Warnings.Add(
                $"The atoms in the cell are {FormulaWriter.Write(expansion.Species, reduce: true)}, "
                + $"but the file has the formula {CifErrors.Quote(block.Value(CifItem.FormulaSum)!.Value.Text)}.");
        }
    }

    private static bool IsMultiplicity(CifSite site, int found) => site.Multiplicity == 0 || site.Multiplicity == found;

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
