namespace Faithful.Crystals.Neighbors;

/// <summary>
/// All periodic images of the atoms of a crystal within a cutoff of its reduced cell, atom by atom, the images of an atom in
/// the order of their lattice translations. The buffers are kept from crystal to crystal.
/// </summary>
internal sealed class ImageCloud
{
    /// <summary>Images are scanned in groups of this size; the last group is filled up with points at infinity.</summary>
    public const int GroupSize = 4;

    private int[] translations = new int[6 * 64]; // (translations, 6): in the reduced basis, in the original basis
    private double[] fractions = [];              // (atoms, 3), of the reduced basis, in [0, 1)
    private int[] shifts = [];                    // (atoms, 3), see ShiftOf

    /// <summary>Gets the number of images.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the Cartesian x of each image, Å; the last group is filled up with infinity.</summary>
    public double[] X { get; private set; } = [];

    /// <summary>Gets the Cartesian y of each image, Å.</summary>
    public double[] Y { get; private set; } = [];

    /// <summary>Gets the Cartesian z of each image, Å.</summary>
    public double[] Z { get; private set; } = [];

    /// <summary>Gets the atom of each image.</summary>
    public int[] Atoms { get; private set; } = [];

    /// <summary>Gets the lattice translation of each image less the shift of its atom; shape (images, 3).</summary>
    public int[] Translations { get; private set; } = [];

    /// <summary>Gets for each atom the index of its image in the reduced cell itself.</summary>
    public int[] Homes { get; private set; } = [];

    /// <summary>Lays out the images.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="cutoff">How far outside the reduced cell images are wanted, Å.</param>
    public void Build(Crystal crystal, double cutoff)
    {
        var reduction = crystal.Lattice.Reduction;
        PlaceAtoms(crystal, reduction);

        // Planes of the reduced basis: along axis k, images with fractions in [-reach, 1 + reach] are near enough.
        var (a, b, c) = (reduction.A, reduction.B, reduction.C);
        var volume = crystal.Lattice.Volume;
        var reachA = cutoff * b.Cross(c).Length / volume;
        var reachB = cutoff * c.Cross(a).Length / volume;
        var reachC = cutoff * a.Cross(b).Length / volume;
        var count = ListTranslations(reduction, (int)Math.Ceiling(reachA), (int)Math.Ceiling(reachB), (int)Math.Ceiling(reachC));
        EnsureRoom((long)count * crystal.Count);

        var next = 0;
        for (var atom = 0; atom < crystal.Count; atom++)
        {
            var (f1, f2, f3) = (fractions[3 * atom], fractions[(3 * atom) + 1], fractions[(3 * atom) + 2]);
            var (s1, s2, s3) = (shifts[3 * atom], shifts[(3 * atom) + 1], shifts[(3 * atom) + 2]);
            for (var index = 0; index < count; index++)
            {
                var n = translations.AsSpan(6 * index, 6);
                var (u, v, w) = (f1 + n[0], f2 + n[1], f3 + n[2]);
                if (u < -reachA || u > 1 + reachA || v < -reachB || v > 1 + reachB || w < -reachC || w > 1 + reachC)
                {
                    continue;
                }

                if ((n[0] | n[1] | n[2]) == 0)
                {
                    Homes[atom] = next;
                }

                X[next] = (u * a.X) + (v * b.X) + (w * c.X);
                Y[next] = (u * a.Y) + (v * b.Y) + (w * c.Y);
                Z[next] = (u * a.Z) + (v * b.Z) + (w * c.Z);
                Atoms[next] = atom;
                var place = Translations.AsSpan(3 * next, 3);
                place[0] = n[3] - s1;
                place[1] = n[4] - s2;
                place[2] = n[5] - s3;
                next++;
            }
        }

        Count = next;
        for (; next % GroupSize != 0; next++)
        {
            X[next] = double.PositiveInfinity;
        }
    }

    /// <summary>
    /// Gets what is to be added to the translation of an image to give the image of an edge that ends at an atom: its own
    /// distance in cells from its place in the reduced cell, in the original basis.
    /// </summary>
    /// <param name="atom">The atom.</param>
    /// <returns>Shape (3).</returns>
    public ReadOnlySpan<int> ShiftOf(int atom) => shifts.AsSpan(3 * atom, 3);

    private void PlaceAtoms(Crystal crystal, LatticeReduction reduction)
    {
        if (Homes.Length < crystal.Count)
        {
            Homes = new int[crystal.Count];
            fractions = new double[3 * crystal.Count];
            shifts = new int[3 * crystal.Count];
        }

        var m = reduction.RowsOfOriginal;
        var t = reduction.RowsInOriginal;
        var positions = crystal.FractionalPositions.AsSpan();
        for (var atom = 0; atom < positions.Length; atom++)
        {
            var x = PeriodicCoordinate.Wrap(positions[atom].X, out var cells1);
            var y = PeriodicCoordinate.Wrap(positions[atom].Y, out var cells2);
            var z = PeriodicCoordinate.Wrap(positions[atom].Z, out var cells3);
            if (!reduction.IsIdentity)
            {
                var (u, v, w) = (
                    (x * m[0]) + (y * m[3]) + (z * m[6]),
                    (x * m[1]) + (y * m[4]) + (z * m[7]),
                    (x * m[2]) + (y * m[5]) + (z * m[8]));
                x = PeriodicCoordinate.Wrap(u, out var n1);
                y = PeriodicCoordinate.Wrap(v, out var n2);
                z = PeriodicCoordinate.Wrap(w, out var n3);
                cells1 += (n1 * t[0]) + (n2 * t[3]) + (n3 * t[6]);
                cells2 += (n1 * t[1]) + (n2 * t[4]) + (n3 * t[7]);
                cells3 += (n1 * t[2]) + (n2 * t[5]) + (n3 * t[8]);
            }

            (fractions[3 * atom], fractions[(3 * atom) + 1], fractions[(3 * atom) + 2]) = (x, y, z);
            (shifts[3 * atom], shifts[(3 * atom) + 1], shifts[(3 * atom) + 2]) = (cells1, cells2, cells3);
        }
    }

    // All translations from -reach to +reach, in the order of their components in the original basis.
    private int ListTranslations(LatticeReduction reduction, int reachA, int reachB, int reachC)
    {
        var count = ((2L * reachA) + 1) * ((2L * reachB) + 1) * ((2L * reachC) + 1);
        var length = checked((int)(6 * count));
        if (translations.Length < length)
        {
            translations = new int[length];
        }

        var t = reduction.RowsInOriginal;
        var next = 0;
        for (var n1 = -reachA; n1 <= reachA; n1++)
        {
            for (var n2 = -reachB; n2 <= reachB; n2++)
            {
                for (var n3 = -reachC; n3 <= reachC; n3++)
                {
                    var place = translations.AsSpan(next, 6);
                    (place[0], place[1], place[2]) = (n1, n2, n3);
                    place[3] = (n1 * t[0]) + (n2 * t[3]) + (n3 * t[6]);
                    place[4] = (n1 * t[1]) + (n2 * t[4]) + (n3 * t[7]);
                    place[5] = (n1 * t[2]) + (n2 * t[5]) + (n3 * t[8]);
                    next += 6;
                }
            }
        }

        if (!reduction.IsIdentity)
        {
            System.Runtime.InteropServices.MemoryMarshal.Cast<int, Translation>(translations.AsSpan(0, length)).Sort();
        }

        return (int)count;
    }

    private void EnsureRoom(long count)
    {
        if (X.Length >= count + GroupSize)
        {
            return;
        }

        var length = checked((int)Math.Max(count + GroupSize, 2L * X.Length));
        (X, Y, Z) = (new double[length], new double[length], new double[length]);
        Atoms = new int[length];
        Translations = new int[3 * length];
    }

    private readonly record struct Translation(int ReducedA, int ReducedB, int ReducedC, int A, int B, int C) : IComparable<Translation>
    {
        public int CompareTo(Translation other)
        {
            var result = A.CompareTo(other.A);
            result = result != 0 ? result : B.CompareTo(other.B);
            return result != 0 ? result : C.CompareTo(other.C);
        }
    }
}
