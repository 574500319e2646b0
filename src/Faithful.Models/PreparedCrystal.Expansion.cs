namespace Faithful.Models;

/// <content>Expansion towards the atomic limit.</content>
public sealed partial class PreparedCrystal
{
    /// <summary>
    /// Multiplies every distance between atoms by r: the lattice grows, fractional positions and symmetry stay, and of the neighbours
    /// those remain that are still within the cutoff. The same as preparing the expanded crystal with tolerances that grew as well.
    /// </summary>
    /// <param name="factor">r, 1 or more.</param>
    /// <param name="cutoff">The radius in Å within which the crystal's neighbours were searched; 0 where there are none.</param>
    /// <returns>The expanded crystal; the same object for r = 1, and for one that the model cannot take.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is below 1, where neighbours would be missing, or not finite.</exception>
    /// <exception cref="InvalidOperationException">The crystal has descriptors, which change with r in their own ways.</exception>
    public PreparedCrystal Expand(double factor, double cutoff)
    {
        if (!(factor >= 1 && double.IsFinite(factor)))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A prepared crystal can be expanded only, by a finite factor of 1 or more.");
        }

        if (Descriptors.Length > 0)
        {
            throw new InvalidOperationException("A crystal with descriptors must be expanded before they are computed.");
        }

        if (factor == 1 || FallbackReason is not null)
        {
            return this;
        }

        int[] kept = [.. Enumerable.Range(0, Edges).Where(edge => factor * EdgeLength(edge) <= cutoff)];
        return new PreparedCrystal
        {
            AtomicNumbers = AtomicNumbers,
            Positions = Positions,
            Lattice = Array.ConvertAll(Lattice, component => (float)(factor * component)),
            SpaceGroup = SpaceGroup,
            SiteSymmetries = SiteSymmetries,
            EdgeSource = Array.ConvertAll(kept, edge => EdgeSource[edge]),
            EdgeTarget = Array.ConvertAll(kept, edge => EdgeTarget[edge]),
            EdgeImage = [.. kept.SelectMany(edge => EdgeImage[(3 * edge)..(3 * edge + 3)])],
        };
    }

    /// <summary>|(f_source + image − f_target) · lattice|, Å.</summary>
    private double EdgeLength(int edge)
    {
        double x = 0, y = 0, z = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            double fraction = (double)Positions[3 * EdgeSource[edge] + axis] + EdgeImage[3 * edge + axis] - Positions[3 * EdgeTarget[edge] + axis];
            x += fraction * Lattice[3 * axis];
            y += fraction * Lattice[3 * axis + 1];
            z += fraction * Lattice[3 * axis + 2];
        }

        return Math.Sqrt(x * x + y * y + z * z);
    }
}
