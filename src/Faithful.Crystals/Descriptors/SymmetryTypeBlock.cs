namespace Faithful.Crystals.Descriptors;

/// <summary>What kind of space group it is, and how the atoms share it out among them.</summary>
internal sealed class SymmetryTypeBlock() : DescriptorBlock(
[
    new("point_group", "1", "Number of the point group in the order of the International Tables, 1 to 32"),
    new("point_group_order", "1", "Number of operations of the point group"),
    new("crystal_system", "1", "Crystal system, 1 triclinic to 7 cubic"),
    new("centring", "1", "Centring of the conventional cell: 0 P, 1 A or C, 2 I, 3 F, 4 R"),
    new("highest_rotation", "1", "Highest order of a rotation or rotoinversion"),
    new("has_inversion", "1", "1 if the point group holds the inversion, otherwise 0"),
    new("is_symmorphic", "1", "1 if the space group is the product of lattice and point group, otherwise 0"),
    new("is_polar", "1", "1 if the point group leaves a direction alone, otherwise 0"),
    new("is_sohncke", "1", "1 if all operations are rotations, screws and translations, otherwise 0"),
    new("orbits", "1", "Number of sets of atoms that symmetry takes to each other"),
    new("orbits_per_atom", "1", "Number of such sets divided by the atoms of the primitive cell"),
    new("site_order_mean", "1", "Order of the site-symmetry group, mean over the atoms"),
    new("site_order_minimum", "1", "Order of the site-symmetry group, least of all atoms"),
    new("site_order_maximum", "1", "Order of the site-symmetry group, greatest of all atoms"),
])
{
    /// <inheritdoc/>
    public override bool UsesSymmetry => true;

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        var symmetry = input.Symmetry;
        var pointGroup = symmetry.PointGroupNumber;
        values[0] = pointGroup;
        values[1] = PointGroupFacts.Order(pointGroup);
        values[2] = PointGroupFacts.System(symmetry.SpaceGroupNumber);
        values[3] = PointGroupFacts.Centring(symmetry.InternationalSymbol[0]);
        values[4] = PointGroupFacts.HighestRotation(pointGroup);
        values[5] = PointGroupFacts.HasInversion(pointGroup) ? 1 : 0;
        values[6] = PointGroupFacts.IsSymmorphic(symmetry.SpaceGroupNumber) ? 1 : 0;
        values[7] = PointGroupFacts.IsPolar(pointGroup) ? 1 : 0;
        values[8] = PointGroupFacts.HasRotationsOnly(pointGroup) ? 1 : 0;

        var (sum, least, greatest) = (0, int.MaxValue, 0);
        foreach (var group in symmetry.SitePointGroups)
        {
            var order = group > 0 ? PointGroupFacts.Order(group) : 1;
            (sum, least, greatest) = (sum + order, Math.Min(least, order), Math.Max(greatest, order));
        }

        // Lagrange: an orbit of the primitive cell has as many atoms as the order of the point group over that of their site.
        var mean = (double)sum / input.Crystal.Count;
        values[9] = (float)((double)sum / input.PrimitiveCells / PointGroupFacts.Order(pointGroup));
        values[10] = (float)(mean / PointGroupFacts.Order(pointGroup));
        values[11] = (float)mean;
        values[12] = least;
        values[13] = greatest;
    }
}
