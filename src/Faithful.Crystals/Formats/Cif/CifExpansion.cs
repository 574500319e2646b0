using System.Collections.Immutable;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>All atoms of a cell, from those of the asymmetric unit and the symmetry operations.</summary>
internal sealed class CifExpansion
{
    /// <summary>The most that a file with few digits is granted, Å: atoms so close are never two.</summary>
    private const double LargestTolerance = 0.2;

    /// <summary>The digits of one coordinate leave as much open in the difference of two images, with an operation such as x-y.</summary>
    private const double ErrorsOfDigits = 2.5;

    private readonly Lattice lattice;
    private readonly Vector3D spacings;
    private readonly double longest;
    private readonly double siteTolerance;
    private readonly List<Vector3D> images = [];

    private CifExpansion(Lattice lattice, double siteTolerance)
    {
        this.lattice = lattice;
        this.siteTolerance = siteTolerance;
        spacings = lattice.PlaneSpacings;
        longest = Math.Max(lattice.Lengths.X, Math.Max(lattice.Lengths.Y, lattice.Lengths.Z));
    }

    /// <summary>Gets the element of each atom.</summary>
    public ImmutableArray<Element> Species { get; private set; }

    /// <summary>Gets the fractional position of each atom: as given in P 1, wrapped otherwise.</summary>
    public ImmutableArray<Vector3D> Positions { get; private set; }

    /// <summary>Gets the index of the site that each atom is an image of.</summary>
    public ImmutableArray<int> Sites { get; private set; }

    /// <summary>Gets the number of images of each site.</summary>
    public ImmutableArray<int> Multiplicities { get; private set; }

    /// <summary>Applies the operations.</summary>
    /// <param name="sites">The atoms of the asymmetric unit.</param>
    /// <param name="group">The operations.</param>
    /// <param name="lattice">The lattice.</param>
    /// <param name="options">The tolerance and the largest number of atoms.</param>
    /// <param name="errors">The errors of the text.</param>
    /// <returns>The atoms, site by site, the images of each in the order of the operations.</returns>
    /// <exception cref="CrystalFormatException">There are too many atoms, or images neither coincide nor are apart.</exception>
    public static CifExpansion Of(
        IReadOnlyList<CifSite> sites, CifSpaceGroup group, Lattice lattice, CifReaderOptions options, CifErrors errors)
    {
        var expansion = new CifExpansion(lattice, options.SiteTolerance);
        var species = ImmutableArray.CreateBuilder<Element>(sites.Count);
        var positions = ImmutableArray.CreateBuilder<Vector3D>(sites.Count);
        var siteOfAtom = ImmutableArray.CreateBuilder<int>(sites.Count);
        var multiplicities = ImmutableArray.CreateBuilder<int>(sites.Count);
        for (var index = 0; index < sites.Count; index++)
        {
            var site = sites[index];
            if (!expansion.FindImages(site, group))
            {
                throw errors.With(
                    site.Line,
                    $"images of {CifErrors.Quote(site.Label)} under the symmetry operations that coincide or are apart",
                    FormattableString.Invariant($"{expansion.images.Count} images under {group.Operations.Length} operations, near {site.Position}"));
            }

            foreach (var image in expansion.images)
            {
                species.Add(site.Element);
                positions.Add(image);
                siteOfAtom.Add(index);
            }

            multiplicities.Add(expansion.images.Count);
            if (positions.Count > options.MaximumAtoms || (long)index * group.Operations.Length > 192L * options.MaximumAtoms)
            {
                throw errors.With(site.Line, $"at most {options.MaximumAtoms} atoms in the cell", "more");
            }
        }

        expansion.Species = species.DrainToImmutable();
        expansion.Positions = positions.DrainToImmutable();
        expansion.Sites = siteOfAtom.DrainToImmutable();
        expansion.Multiplicities = multiplicities.DrainToImmutable();
        return expansion;
    }

    // The operations that leave the site where it is (within the tolerance) form its site symmetry; the mean of the images under
    // them has this symmetry exactly. The images under all operations are then equal or far apart.
    private bool FindImages(CifSite site, CifSpaceGroup group)
    {
        images.Clear();
        var operations = group.Operations;
        if (operations.Length == 1)
        {
            images.Add(site.Position); // nothing to take it to a special position: as it is
            return true;
        }

        var tolerance = Math.Max(siteTolerance, Math.Min(LargestTolerance, ErrorsOfDigits * site.Resolution * longest));
        var position = PeriodicCoordinate.Wrap(site.ExactPosition);
        var symmetry = 0;
        for (var round = 0; round < 4; round++)
        {
            var sum = Vector3D.Zero;
            var count = 0;
            foreach (var operation in operations)
            {
                if (TryDifference(operation.Apply(position), position, tolerance, out var difference))
                {
                    sum += difference;
                    count++;
                }
            }

            position += sum / count;
            if (count == symmetry)
            {
                break;
            }

            symmetry = count;
        }

        foreach (var operation in operations)
        {
            var image = PeriodicCoordinate.Wrap(operation.Apply(position));
            if (symmetry == 1 || !images.Exists(other => TryDifference(image, other, tolerance, out _)))
            {
                images.Add(image);
            }
        }

        return images.Count * symmetry == operations.Length;
    }

    private bool TryDifference(Vector3D first, Vector3D second, double tolerance, out Vector3D difference)
    {
        difference = first - second;
        difference -= new Vector3D(Math.Round(difference.X), Math.Round(difference.Y), Math.Round(difference.Z));

        // The planes alone may be farther apart than that.
        return Math.Abs(difference.X) * spacings.X <= tolerance
            && Math.Abs(difference.Y) * spacings.Y <= tolerance
            && Math.Abs(difference.Z) * spacings.Z <= tolerance
            && lattice.ToCartesian(difference).Length <= tolerance;
    }
}
