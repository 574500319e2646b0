namespace Faithful.Crystals.Descriptors;

/// <summary>How dense a crystal is, and the shape of its Niggli-reduced smallest cell.</summary>
internal sealed class CellBlock() : DescriptorBlock(
[
    new("volume_per_atom", "Å³", "Volume of the cell divided by its number of atoms"),
    new("density", "g/cm³", "Mass density"),
    new("packing_fraction", "1", "Volume of spheres of the covalent radii divided by the volume of the cell"),
    new("volume_per_valence_electron", "Å³", "Volume of the cell divided by its number of valence electrons"),
    new("niggli_a", "Å", "Shortest edge of the Niggli cell"),
    new("niggli_b", "Å", "Second edge of the Niggli cell"),
    new("niggli_c", "Å", "Longest edge of the Niggli cell"),
    new("niggli_alpha", "°", "Angle between the second and the longest edge of the Niggli cell"),
    new("niggli_beta", "°", "Angle between the shortest and the longest edge of the Niggli cell"),
    new("niggli_gamma", "°", "Angle between the shortest and the second edge of the Niggli cell"),
    new("niggli_b_over_a", "1", "Second edge of the Niggli cell divided by the shortest"),
    new("niggli_c_over_b", "1", "Longest edge of the Niggli cell divided by the second"),
    new("niggli_c_over_a", "1", "Longest edge of the Niggli cell divided by the shortest"),
    new("niggli_orthogonality", "1", "Volume of the Niggli cell divided by the product of its edges"),
    new("niggli_angle_spread", "°", "Greatest angle of the Niggli cell minus the smallest"),
])
{
    private const double GramsPerCubicCentimetre = 1.66053906892; // of 1 u/Å³: CODATA 2022
    private const double AngleSteps = 64; // to a degree

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        var (mass, spheres, valence) = (0.0, 0.0, 0);
        for (var index = 0; index < input.Species.Length; index++)
        {
            var (element, count) = (input.Species[index], input.Counts[index]);
            mass += count * element.AtomicMass;
            spheres += count * (4.0 / 3.0 * Math.PI) * element.CovalentRadius * element.CovalentRadius * element.CovalentRadius;
            valence += count * ElectronConfiguration.Of(element).ValenceElectrons;
        }

        var volume = input.Crystal.Lattice.Volume;
        values[0] = (float)input.Crystal.VolumePerAtom;
        values[1] = (float)(GramsPerCubicCentimetre * mass / volume);
        values[2] = (float)(spheres / volume);
        values[3] = (float)(volume / valence);

        var basis = input.TranslationCell;
        var ((a, b, c), (alpha, beta, gamma)) = NiggliCell.Of(basis.Lattice);
        values[4] = (float)a;
        values[5] = (float)b;
        values[6] = (float)c;
        values[7] = Angle(alpha);
        values[8] = Angle(beta);
        values[9] = Angle(gamma);
        values[10] = (float)(b / a);
        values[11] = (float)(c / b);
        values[12] = (float)(c / a);
        values[13] = (float)(volume / basis.Cells / (a * b * c));
        values[14] = Angle(Math.Max(alpha, Math.Max(beta, gamma)) - Math.Min(alpha, Math.Min(beta, gamma)));
    }

    // A cell that is nearly more symmetric than it is has several Niggli cells, one as good as the other; their angles differ by up
    // to 0.001°.
    private static float Angle(double degrees) => (float)(Math.Round(AngleSteps * degrees) / AngleSteps);
}
