namespace Faithful.Crystals.Bands;

/// <summary>
/// The Coulomb interaction of Gaussian charges on the atoms of a crystal, by Ewald's sums. The width of an atom's charge is such that its
/// interaction with itself is the atom's hardness (M. Elstner et al., Phys. Rev. B 58, 7260 (1998), with Gaussians for their exponentials).
/// </summary>
internal static class ChargeInteraction
{
    private const double Reach = 4.4; // in widths of a Gaussian: what is left out is below 1e-9

    /// <summary>Computes the potential at each atom of a unit charge on each atom and all its images, over a neutralising background.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>Hartree; shape (atoms, atoms).</returns>
    public static double[] Matrix(BandCell cell)
    {
        var crystal = cell.Crystal;
        var atoms = crystal.Count;
        var volume = crystal.Lattice.Volume / Math.Pow(BandCell.Bohr, 3);
        double[] widths = [.. cell.Atoms.Select(atom => Math.Sqrt(2 / Math.PI) / atom.Hardness)];
        var split = Math.Max(0.45 * Math.Cbrt(volume), 1.2);
        var realReach = Reach * Math.Max(split, Math.Sqrt(2) * widths.Max());
        Vector3D[] positions = [.. crystal.FractionalPositions];
        var lattice = new Lattice(crystal.Lattice.A / BandCell.Bohr, crystal.Lattice.B / BandCell.Bohr, crystal.Lattice.C / BandCell.Bohr);
        Vector3D[] reciprocal =
        [
            2 * Math.PI * lattice.B.Cross(lattice.C) / lattice.A.Dot(lattice.B.Cross(lattice.C)),
            2 * Math.PI * lattice.C.Cross(lattice.A) / lattice.A.Dot(lattice.B.Cross(lattice.C)),
            2 * Math.PI * lattice.A.Cross(lattice.B) / lattice.A.Dot(lattice.B.Cross(lattice.C)),
        ];
        var matrix = new double[atoms * atoms];
        for (var first = 0; first < atoms; first++)
        {
            for (var second = first; second < atoms; second++)
            {
                var width = Math.Sqrt((widths[first] * widths[first]) + (widths[second] * widths[second]));
                var sum = Real(lattice, reciprocal, positions[second] - positions[first], width, split, realReach)
                    - (Math.PI * split * split / volume);
                matrix[(first * atoms) + second] = matrix[(second * atoms) + first] = sum;
            }
        }

        AddReciprocal(matrix, lattice, reciprocal, positions, split, volume);
        return matrix;
    }

    private static double Real(Lattice lattice, Vector3D[] reciprocal, Vector3D way, double width, double split, double reach)
    {
        Vector3D wrapped = new(way.X - Math.Round(way.X), way.Y - Math.Round(way.Y), way.Z - Math.Round(way.Z));
        var (a, b, c) = (Range(reciprocal[0], reach), Range(reciprocal[1], reach), Range(reciprocal[2], reach));
        var sum = 0.0;
        for (var i = -a; i <= a; i++)
        {
            for (var j = -b; j <= b; j++)
            {
                for (var k = -c; k <= c; k++)
                {
                    var distance = lattice.ToCartesian(wrapped + new Vector3D(i, j, k)).Length;
                    if (distance < 1e-9)
                    {
                        sum += 2 / Math.Sqrt(Math.PI) * ((1 / width) - (1 / split));
                    }
                    else if (distance < reach)
                    {
                        sum += (ErrorFunction.Evaluate(distance / width) - ErrorFunction.Evaluate(distance / split)) / distance;
                    }
                }
            }
        }

        return sum;
    }

    private static int Range(Vector3D reciprocal, double reach) => (int)Math.Ceiling((reach * reciprocal.Length / (2 * Math.PI)) + 0.5);

    private static void AddReciprocal(double[] matrix, Lattice lattice, Vector3D[] reciprocal, Vector3D[] positions, double split, double volume)
    {
        var atoms = positions.Length;
        var reach = 2 * Reach / split;
        var (a, b, c) = (
            (int)(reach * lattice.A.Length / (2 * Math.PI)), (int)(reach * lattice.B.Length / (2 * Math.PI)), (int)(reach * lattice.C.Length / (2 * Math.PI)));
        var (cosines, sines) = (new double[atoms], new double[atoms]);
        for (var h = 0; h <= a; h++)
        {
            for (var k = h == 0 ? 0 : -b; k <= b; k++)
            {
                for (var l = h == 0 && k == 0 ? 1 : -c; l <= c; l++)
                {
                    var square = ((h * reciprocal[0]) + (k * reciprocal[1]) + (l * reciprocal[2])).LengthSquared;
                    if (square > reach * reach)
                    {
                        continue;
                    }

                    var factor = 2 * 4 * Math.PI / volume * Math.Exp(-square * split * split / 4) / square; // with that of the opposite vector
                    for (var atom = 0; atom < atoms; atom++)
                    {
                        (sines[atom], cosines[atom]) = Math.SinCos(2 * Math.PI * new Vector3D(h, k, l).Dot(positions[atom]));
                    }

                    for (var first = 0; first < atoms; first++)
                    {
                        for (var second = 0; second < atoms; second++)
                        {
                            matrix[(first * atoms) + second] += factor * ((cosines[first] * cosines[second]) + (sines[first] * sines[second]));
                        }
                    }
                }
            }
        }
    }
}
