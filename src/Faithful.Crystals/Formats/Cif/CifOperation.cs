namespace Faithful.Crystals.Formats.Cif;

/// <summary>A symmetry operation on fractional coordinates: x′ = rotation · x + translation.</summary>
/// <param name="rotation">Nine whole numbers, row by row, of determinant 1 or −1.</param>
/// <param name="translation">Fractions of the basis vectors.</param>
internal sealed class CifOperation(int[] rotation, Vector3D translation)
{
    /// <summary>Nearly all translations are multiples of 1/24.</summary>
    private const int TranslationDenominator = 24;

    /// <summary>How far a decimal fraction of three digits, rounded or cut, is from such a multiple.</summary>
    private const double RoundingError = 1.1e-3;

    public static CifOperation Identity { get; } = new([1, 0, 0, 0, 1, 0, 0, 0, 1], Vector3D.Zero);

    public int[] Rotation { get; } = rotation;

    /// <summary>Gets the translation, taken into [0, 1); exact where it is a multiple of 1/24.</summary>
    public Vector3D Translation { get; } = new(Exact(translation.X), Exact(translation.Y), Exact(translation.Z));

    public Vector3D Rotate(Vector3D vector) => new(
        (Rotation[0] * vector.X) + (Rotation[1] * vector.Y) + (Rotation[2] * vector.Z),
        (Rotation[3] * vector.X) + (Rotation[4] * vector.Y) + (Rotation[5] * vector.Z),
        (Rotation[6] * vector.X) + (Rotation[7] * vector.Y) + (Rotation[8] * vector.Z));

    public Vector3D Apply(Vector3D position) => Rotate(position) + Translation;

    /// <summary>Gets the operation that does another one first and then this one.</summary>
    public CifOperation After(CifOperation first)
    {
        var product = new int[9];
        for (var place = 0; place < 9; place++)
        {
            var (row, column) = (place / 3 * 3, place % 3);
            product[place] = (Rotation[row] * first.Rotation[column])
                + (Rotation[row + 1] * first.Rotation[column + 3])
                + (Rotation[row + 2] * first.Rotation[column + 6]);
        }

        return new(product, Rotate(first.Translation) + Translation);
    }

    /// <summary>Gets the inverse, up to translations of the lattice.</summary>
    public CifOperation Inverse()
    {
        var inverse = new CifOperation(IntegerMatrix.InvertUnimodular(Rotation), Vector3D.Zero);
        return new(inverse.Rotation, -inverse.Rotate(Translation));
    }

    /// <summary>Gets the operation about another origin or in another basis, given the operation that takes old coordinates to new ones.</summary>
    public CifOperation In(CifOperation change) => change.After(this).After(change.Inverse());

    private static double Exact(double translation)
    {
        var twentyFourths = Math.Round(translation * TranslationDenominator);
        return Math.Abs(translation - (twentyFourths / TranslationDenominator)) < RoundingError
            ? ((twentyFourths % TranslationDenominator) + TranslationDenominator) % TranslationDenominator / TranslationDenominator
            : PeriodicCoordinate.Wrap(translation);
    }
}
