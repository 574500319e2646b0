namespace Faithful.Crystals.Transformations;

/// <summary>Brings the atoms of a cell into the order in which models see them.</summary>
public static class CanonicalOrderTransformation
{
    /// <summary>
    /// Orders the atoms: species by count, most frequent first, then by atomic number; within a species by wrapped fractional
    /// coordinates, x first. The positions themselves stay as they are.
    /// </summary>
    /// <param name="crystal">The crystal.</param>
    /// <returns>The same crystal with its atoms in canonical order, whatever order they had.</returns>
    /// <exception cref="TransformationException">The result is not in ascending order.</exception>
    public static Crystal InCanonicalOrder(this Crystal crystal) => crystal.Permute(CanonicalOrder(crystal));

    /// <summary>Gets the order that <see cref="InCanonicalOrder"/> applies.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <returns>For each place of the canonical order the index of the atom that goes there; shape (atoms).</returns>
    /// <exception cref="TransformationException">The order is not ascending.</exception>
    public static int[] CanonicalOrder(this Crystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        Span<int> counts = stackalloc int[Element.Count + 1];
        foreach (var element in crystal.Species)
        {
            counts[element.AtomicNumber]++;
        }

        var keys = new AtomKey[crystal.Count];
        var order = new int[crystal.Count];
        for (var atom = 0; atom < order.Length; atom++)
        {
            var number = crystal.Species[atom].AtomicNumber;
            keys[atom] = new(((long)-counts[number] * 1000) + number, PeriodicCoordinate.Wrap(crystal.FractionalPositions[atom]), atom);
            order[atom] = atom;
        }

        Array.Sort(keys, order);
        for (var place = 1; place < order.Length; place++)
        {
            if (keys[place - 1].CompareTo(keys[place]) >= 0) // ascending without equals: every atom is there once
            {
                throw new TransformationException("canonical order", "atoms in ascending order", $"{keys[place]} after {keys[place - 1]}");
            }
        }

        return order;
    }

    // Two atoms never share a place, so the index decides only between equal keys of one and the same atom.
    private readonly record struct AtomKey(long Species, Vector3D Position, int Atom) : IComparable<AtomKey>
    {
        public int CompareTo(AtomKey other)
        {
            var result = Species.CompareTo(other.Species);
            result = result != 0 ? result : Position.X.CompareTo(other.Position.X);
            result = result != 0 ? result : Position.Y.CompareTo(other.Position.Y);
            result = result != 0 ? result : Position.Z.CompareTo(other.Position.Z);
            return result != 0 ? result : Atom.CompareTo(other.Atom);
        }
    }
}
