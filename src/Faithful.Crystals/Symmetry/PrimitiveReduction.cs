namespace Faithful.Crystals.Symmetry;

/// <summary>
/// The way from a cell to the standard primitive one, by what a dataset of spglib says of the cell. spglib can be asked for the primitive cell
/// itself, but would find everything anew, which takes up to 0.1 s in face-centred cubic crystals.
/// </summary>
/// <remarks>
/// By the definitions of spglib's manual (Crystal symmetry, "Transformation to a primitive cell"): the columns of P⁻¹, with P the transformation
/// matrix of the dataset, are the conventional vectors in those of the cell, and each centring has its primitive vectors in the
/// conventional ones.
/// </remarks>
internal sealed class PrimitiveReduction
{
    private const double Below = 1e-10; // a fraction that rounding has taken below 0 by less stays there, so that no atom crosses the cell

    private readonly Vector3D[]? vectors; // of the primitive cell, in those of the cell; null where they cannot be told
    private readonly int[]? primitiveAtoms; // of each atom: its place in the primitive cell; null where the dataset is of some atoms only

    /// <summary>Initializes a new instance of the <see cref="PrimitiveReduction"/> class.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="atoms">The number of atoms of the cell; null where the dataset is of some of them only.</param>
    public unsafe PrimitiveReduction(SpglibDataset* dataset, int? atoms)
    {
        var p = new ReadOnlySpan<double>(dataset->TransformationMatrix, 9);
        primitiveAtoms = atoms is int count ? new ReadOnlySpan<int>(dataset->MappingToPrimitive, count).ToArray() : null;
        try
        {
            var columns = new Lattice(new(p[0], p[3], p[6]), new(p[1], p[4], p[7]), new(p[2], p[5], p[8]));
            vectors = Centred(SpglibDataset.Text(dataset->HallSymbol, 17).TrimStart('-')[0])?.Select(columns.ToFractional).ToArray();
        }
        catch (InvalidCrystalException)
        {
            // A matrix without an inverse: whoever asks for the primitive cell asks spglib.
        }
    }

    /// <summary>Finds the primitive cell.</summary>
    /// <param name="crystal">The crystal in the cell that the dataset is of, with a right-handed basis.</param>
    /// <param name="tolerance">The distance tolerance, Å.</param>
    /// <returns>The crystal in its primitive cell, of the atoms that fall together their mean; null where spglib must be asked.</returns>
    public Crystal? Apply(Crystal crystal, double tolerance)
    {
        if (vectors is null)
        {
            return null;
        }

        Lattice primitive;
        try
        {
            primitive = new Lattice(crystal.Lattice.ToCartesian(vectors[0]), crystal.Lattice.ToCartesian(vectors[1]), crystal.Lattice.ToCartesian(vectors[2]));
        }
        catch (InvalidCrystalException)
        {
            return null;
        }

        List<int> first = []; // of the atoms that fall together
        List<Vector3D> sums = []; // of the ways from the first to the others, in fractions
        List<int> sizes = [];
        Vector3D[] fractions = [.. crystal.FractionalPositions.Select(position => primitive.ToFractional(crystal.Lattice.ToCartesian(position)))];
        for (var atom = 0; atom < crystal.Count; atom++)
        {
            var place = 0;
            var way = new Vector3D(0, 0, 0);
            while (place < first.Count && !(crystal.Species[first[place]] == crystal.Species[atom]
                && primitive.ToCartesian(way = Nearest(fractions[atom] - fractions[first[place]])).Length < tolerance))
            {
                place++;
            }

            if (primitiveAtoms is not null && primitiveAtoms[atom] != place)
            {
                return null;
            }

            if (place == first.Count)
            {
                first.Add(atom);
                sums.Add(new(0, 0, 0));
                sizes.Add(1);
            }
            else
            {
                sums[place] += way;
                sizes[place]++;
            }
        }

        var ratio = crystal.Lattice.Volume / primitive.Volume;
        return sizes.TrueForAll(size => Math.Abs(size - ratio) < 1e-3)
            ? new Crystal(
                primitive,
                first.Select(atom => crystal.Species[atom]),
                first.Select((atom, place) => Inside(fractions[atom] + (sums[place] / sizes[place]))))
            : null;
    }

    /// <summary>The primitive vectors of a centring, in the conventional ones; null for one that spglib's manual does not have.</summary>
    private static Vector3D[]? Centred(char centring)
    {
        const double Half = 1.0 / 2, Third = 1.0 / 3;
        return centring switch
        {
            'P' => [new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)],
            'A' => [new(1, 0, 0), new(0, Half, Half), new(0, -Half, Half)],
            'C' => [new(Half, -Half, 0), new(Half, Half, 0), new(0, 0, 1)],
            'F' => [new(0, Half, Half), new(Half, 0, Half), new(Half, Half, 0)],
            'I' => [new(-Half, Half, Half), new(Half, -Half, Half), new(Half, Half, -Half)],
            'R' => [new(2 * Third, Third, Third), new(-Third, Third, Third), new(-Third, -2 * Third, Third)],
            _ => null,
        };
    }

    private static Vector3D Nearest(Vector3D way) => new(way.X - Math.Round(way.X), way.Y - Math.Round(way.Y), way.Z - Math.Round(way.Z));

    private static Vector3D Inside(Vector3D fractions) => new(Inside(fractions.X), Inside(fractions.Y), Inside(fractions.Z));

    private static double Inside(double fraction) => fraction - Math.Floor(fraction + Below);
}
