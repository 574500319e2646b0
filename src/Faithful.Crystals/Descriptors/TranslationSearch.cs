namespace Faithful.Crystals.Descriptors;

/// <summary>Looks for translations that take a crystal to itself.</summary>
internal sealed class TranslationSearch
{
    private readonly Crystal crystal;
    private readonly LatticeReduction reduction;
    private readonly Vector3D[] fractions;  // (atoms), of the reduced basis
    private readonly int[] order;           // (atoms), atoms of one element side by side
    private readonly int[] first;           // (atoms), where the element of an atom begins in the order
    private readonly int[] end;             // (atoms), where it ends
    private readonly int rarest;            // an atom of the rarest element

    public TranslationSearch(Crystal crystal, LatticeReduction reduction)
    {
        this.crystal = crystal;
        this.reduction = reduction;
        var count = crystal.Count;
        var m = reduction.RowsOfOriginal;
        fractions = new Vector3D[count];
        order = [.. Enumerable.Range(0, count)];
        (first, end) = (new int[count], new int[count]);
        var keys = new int[count];
        for (var atom = 0; atom < count; atom++)
        {
            var f = PeriodicCoordinate.Wrap(crystal.FractionalPositions[atom]);
            fractions[atom] = new(
                (f.X * m[0]) + (f.Y * m[3]) + (f.Z * m[6]),
                (f.X * m[1]) + (f.Y * m[4]) + (f.Z * m[7]),
                (f.X * m[2]) + (f.Y * m[5]) + (f.Z * m[8]));
            keys[atom] = crystal.Species[atom].AtomicNumber;
        }

        Array.Sort(keys, order);
        var smallest = int.MaxValue;
        for (int begin = 0, next; begin < count; begin = next)
        {
            next = begin + 1;
            while (next < count && keys[next] == keys[begin])
            {
                next++;
            }

            for (var place = begin; place < next; place++)
            {
                (first[order[place]], end[order[place]]) = (begin, next);
            }

            Denominator = WholeNumber.GreatestCommonDivisor(next - begin, Denominator);
            if (next - begin < smallest)
            {
                (smallest, rarest) = (next - begin, order[begin]);
            }
        }
    }

    /// <summary>Gets the common denominator of all translations: the number of them divides the number of atoms of each element.</summary>
    public int Denominator { get; }

    /// <summary>Finds the translations other than those of the cell.</summary>
    /// <param name="tolerance">How far an atom may end from another one, Å.</param>
    /// <returns>Each one in 1/<see cref="Denominator"/> of the reduced basis, in [0, 1).</returns>
    public List<(int X, int Y, int Z)> Find(double tolerance)
    {
        var translations = new List<(int, int, int)>();
        if (Denominator == 1)
        {
            return translations;
        }

        for (var place = first[rarest]; place < end[rarest]; place++)
        {
            if (order[place] != rarest && Snap(fractions[order[place]] - fractions[rarest], tolerance) is var (x, y, z)
                && !translations.Contains((x, y, z)) && MapsAll(new Vector3D(x, y, z) / Denominator, tolerance))
            {
                translations.Add((x, y, z));
            }
        }

        return translations;
    }

    // A translation applied as often as its order must end on a lattice point, which says what it is without the atoms' noise.
    private (int X, int Y, int Z)? Snap(Vector3D translation, double tolerance)
    {
        for (var times = 2; times <= Denominator; times++)
        {
            if (Denominator % times != 0)
            {
                continue;
            }

            var multiple = times * translation;
            var whole = new Vector3D(Math.Round(multiple.X), Math.Round(multiple.Y), Math.Round(multiple.Z));
            if (Length(multiple - whole) < times * tolerance && Wrap(whole, times) is var snapped && snapped != (0, 0, 0))
            {
                return snapped;
            }
        }

        return null;
    }

    private (int X, int Y, int Z) Wrap(Vector3D whole, int times)
    {
        int Component(double number) => (int)(((long)number % times + times) % times) * (Denominator / times);
        return (Component(whole.X), Component(whole.Y), Component(whole.Z));
    }

    private bool MapsAll(Vector3D translation, double tolerance)
    {
        for (var atom = 0; atom < crystal.Count; atom++)
        {
            var moved = fractions[atom] + translation;
            var isMapped = false;
            for (var place = first[atom]; place < end[atom] && !isMapped; place++)
            {
                var difference = moved - fractions[order[place]];
                isMapped = Length(difference - new Vector3D(Math.Round(difference.X), Math.Round(difference.Y), Math.Round(difference.Z))) < tolerance;
            }

            if (!isMapped)
            {
                return false;
            }
        }

        return true;
    }

    private double Length(Vector3D fractional) =>
        ((fractional.X * reduction.A) + (fractional.Y * reduction.B) + (fractional.Z * reduction.C)).Length;
}
