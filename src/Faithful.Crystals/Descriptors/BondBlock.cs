namespace Faithful.Crystals.Descriptors;

/// <summary>Distances to neighbours, coordination numbers, and how different the partners of a bond are.</summary>
internal sealed class BondBlock() : DescriptorBlock(
[
    new("nearest_minimum", "Å", "Distance of the two closest atoms"),
    new("nearest_mean", "Å", "Distance to the nearest neighbour, mean over the atoms"),
    new("nearest_maximum", "Å", "Distance to the nearest neighbour, greatest of all atoms"),
    new("nearest_deviation", "Å", "Distance to the nearest neighbour, standard deviation over the atoms"),
    new("nearest_like", "Å", "Distance of the two closest atoms of the same element"),
    new("nearest_unlike", "Å", "Distance of the two closest atoms of different elements; missing where there is but one"),
    new("nearest_minimum_relative", "1", "Distance of the two closest atoms divided by the spacing (cube root of the volume per atom)"),
    new("nearest_mean_relative", "1", "Mean distance to the nearest neighbour divided by the spacing"),
    new("nearest_like_relative", "1", "Distance of the closest atoms of the same element divided by the spacing"),
    new("nearest_unlike_relative", "1", "Distance of the closest atoms of different elements divided by the spacing"),
    new("coordination_mean", "1", "Effective coordination number (Hoppe), mean over the atoms"),
    new("coordination_minimum", "1", "Effective coordination number (Hoppe), least of all atoms"),
    new("coordination_maximum", "1", "Effective coordination number (Hoppe), greatest of all atoms"),
    new("coordination_deviation", "1", "Effective coordination number (Hoppe), standard deviation over the atoms"),
    new("bond_length_mean", "Å", "Weighted mean bond length, mean over the atoms"),
    new("bond_length_deviation", "Å", "Weighted mean bond length, standard deviation over the atoms"),
    new("bond_ratio_mean", "1", "Distance divided by the sum of the covalent radii, weighted mean over the bonds"),
    new("bond_ratio_minimum", "1", "Distance divided by the sum of the covalent radii, least of all pairs"),
    new("bond_ratio_deviation", "1", "Distance divided by the sum of the covalent radii, weighted standard deviation over the bonds"),
    new("bond_like_fraction", "1", "Share of bonds between atoms of the same element"),
    new("bond_electronegativity_mean", "Pauling", "Difference of electronegativity across bonds, weighted mean"),
    new("bond_electronegativity_deviation", "Pauling", "Difference of electronegativity across bonds, weighted standard deviation"),
    new("bond_mendeleev_mean", "1", "Difference of Mendeleev number across bonds, weighted mean"),
    new("bond_mendeleev_deviation", "1", "Difference of Mendeleev number across bonds, weighted standard deviation"),
    new("bond_valence_mean", "1", "Difference of the number of valence electrons across bonds, weighted mean"),
    new("bond_radius_mean", "Å", "Difference of the covalent radii across bonds, weighted mean"),
])
{
    private static readonly ElementProperty Electronegativity = ElementProperties.Find("electronegativity");
    private static readonly ElementProperty Mendeleev = ElementProperties.Find("mendeleev_number");
    private static readonly ElementProperty Valence = ElementProperties.Find("valence_all");

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        var bonds = input.Bonds;
        var (nearest, coordination, length) = (new AtomSummary(), new AtomSummary(), new AtomSummary());
        for (var atom = 0; atom < input.Crystal.Count; atom++)
        {
            nearest.Add(bonds.Nearest[atom]);
            coordination.Add(bonds.Coordination[atom]);
            length.Add(bonds.BondLengths[atom]);
        }

        var closest = ClosestPairs.Of(bonds, input.Species.Length);
        values[0] = nearest.Minimum;
        values[1] = nearest.Mean;
        values[2] = nearest.Maximum;
        values[3] = nearest.Deviation;
        values[4] = (float)closest.Like;
        values[5] = (float)closest.Unlike;
        values[6] = (float)(nearest.Minimum / bonds.Spacing);
        values[7] = (float)(nearest.Mean / bonds.Spacing);
        values[8] = (float)(closest.Like / bonds.Spacing);
        values[9] = (float)(closest.Unlike / bonds.Spacing);
        values[10] = coordination.Mean;
        values[11] = coordination.Minimum;
        values[12] = coordination.Maximum;
        values[13] = coordination.Deviation;
        values[14] = length.Mean;
        values[15] = length.Deviation;
        Compare(bonds, values[16..]);
    }

    private static void Compare(BondNetwork bonds, Span<float> values)
    {
        var (ratio, like, electronegativity) = (new AtomSummary(), new AtomSummary(), new AtomSummary());
        var (mendeleev, valence, radius) = (new AtomSummary(), new AtomSummary(), new AtomSummary());
        var species = bonds.Crystal.Species;
        for (var pair = 0; pair < bonds.Pairs.Count; pair++)
        {
            var weight = bonds.Weights[pair];
            if (weight > 0)
            {
                var (first, second) = (species[bonds.Pairs.Source[pair]], species[bonds.Pairs.Target[pair]]);
                ratio.Add(bonds.Pairs.Distances[pair] / (first.CovalentRadius + second.CovalentRadius), weight);
                like.Add(first == second ? 1 : 0, weight);
                electronegativity.Add(Math.Abs(Electronegativity[first] - Electronegativity[second]), weight);
                mendeleev.Add(Math.Abs(Mendeleev[first] - Mendeleev[second]), weight);
                valence.Add(Math.Abs(Valence[first] - Valence[second]), weight);
                radius.Add(Math.Abs(first.CovalentRadius - second.CovalentRadius), weight);
            }
        }

        values[0] = ratio.Mean;
        values[1] = ratio.Minimum;
        values[2] = ratio.Deviation;
        values[3] = like.Mean;
        values[4] = electronegativity.Mean;
        values[5] = electronegativity.Deviation;
        values[6] = mendeleev.Mean;
        values[7] = mendeleev.Deviation;
        values[8] = valence.Mean;
        values[9] = radius.Mean;
    }
}
