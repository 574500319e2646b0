using System.Collections.Immutable;
using System.Globalization;

namespace Faithful.Crystals;

/// <summary>
/// A crystal: a lattice and, in its cell, atoms of known elements at fractional positions. Immutable, and valid or not constructed.
/// </summary>
public sealed class Crystal
{
    /// <summary>
    /// The distance that two atoms must keep, in Å: closer ones lie on top of each other, as far as files with three decimals can
    /// tell. Real atoms are never closer than 0.74 Å (H–H), but the half-occupied sites of disordered crystals are.
    /// </summary>
    public const double MinimumDistance = 0.005;

    /// <summary>
    /// The largest fractional coordinate, either way: beyond it double precision has lost the digits that place an atom.
    /// </summary>
    public const double MaximumFraction = 1e6;

    private string? formula;
    private string? reducedFormula;

    /// <summary>Initializes a new instance of the <see cref="Crystal"/> class.</summary>
    /// <param name="lattice">The lattice.</param>
    /// <param name="species">The element of each atom.</param>
    /// <param name="fractionalPositions">The position of each atom in fractions of the basis vectors; kept as given, not wrapped.</param>
    /// <exception cref="InvalidCrystalException">
    /// There is no atom, the two sequences differ in length, a number is not finite, or two atoms (periodic images included) are
    /// closer than <see cref="MinimumDistance"/>.
    /// </exception>
    public Crystal(Lattice lattice, IEnumerable<Element> species, IEnumerable<Vector3D> fractionalPositions)
        : this(lattice, [.. species], [.. fractionalPositions], true)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="Crystal"/> class.</summary>
    /// <param name="lattice">The lattice.</param>
    /// <param name="species">The element of each atom.</param>
    /// <param name="fractionalPositions">The position of each atom in fractions of the basis vectors; kept as given, not wrapped.</param>
    /// <exception cref="InvalidCrystalException">As the other constructor.</exception>
    public Crystal(Lattice lattice, ImmutableArray<Element> species, ImmutableArray<Vector3D> fractionalPositions)
        : this(lattice, species, fractionalPositions, true)
    {
    }

    private Crystal(Lattice lattice, ImmutableArray<Element> species, ImmutableArray<Vector3D> positions, bool checkDistances)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        if (species.IsDefaultOrEmpty && positions.IsDefaultOrEmpty)
        {
            throw new InvalidCrystalException(InvalidCrystalProblem.NoAtoms, "at least one atom", "none");
        }

        if (species.IsDefault || positions.IsDefault || species.Length != positions.Length)
        {
            throw new InvalidCrystalException(
                InvalidCrystalProblem.CountsDiffer,
                $"as many positions as species ({(species.IsDefault ? 0 : species.Length)})",
                $"{(positions.IsDefault ? 0 : positions.Length)}");
        }

        Lattice = lattice;
        Species = species;
        FractionalPositions = positions;
        foreach (var element in species)
        {
            ArgumentNullException.ThrowIfNull(element, nameof(species));
        }

        for (var atom = 0; atom < positions.Length; atom++)
        {
            var position = positions[atom];
            if (!(IsFraction(position.X) && IsFraction(position.Y) && IsFraction(position.Z)))
            {
                throw new InvalidCrystalException(
                    InvalidCrystalProblem.NumberOutOfRange,
                    string.Create(CultureInfo.InvariantCulture, $"fractional coordinates of finite numbers, at most {MaximumFraction}"),
                    position.ToString(),
                    atom);
            }
        }

        if (checkDistances && CloseAtoms.Find(lattice, positions, MinimumDistance) is var (first, second, distance))
        {
            var pair = first == second ? $"atom {first + 1} and its own periodic image" : $"atoms {first + 1} and {second + 1}";
            throw new InvalidCrystalException(
                InvalidCrystalProblem.AtomsTooClose,
                string.Create(CultureInfo.InvariantCulture, $"atoms at least {MinimumDistance} Å apart"),
                string.Create(CultureInfo.InvariantCulture, $"{distance:0.0000} Å between {pair}"),
                first,
                second);
        }
    }

    /// <summary>Gets the lattice.</summary>
    public Lattice Lattice { get; }

    /// <summary>Gets the element of each atom; shape (atoms).</summary>
    public ImmutableArray<Element> Species { get; }

    /// <summary>Gets the fractional position of each atom as it was given, not wrapped; shape (atoms).</summary>
    public ImmutableArray<Vector3D> FractionalPositions { get; }

    /// <summary>Gets the number of atoms in the cell.</summary>
    public int Count => Species.Length;

    /// <summary>Gets the formula of the cell, for example <c>Si8</c> or <c>Bi6Se9</c>, the more electropositive element first.</summary>
    public string Formula => formula ??= FormulaWriter.Write(Species, reduce: false);

    /// <summary>Gets the formula with the smallest whole numbers, for example <c>Si</c> or <c>Bi2Se3</c>.</summary>
    public string ReducedFormula => reducedFormula ??= FormulaWriter.Write(Species, reduce: true);

    /// <summary>Gets the reduced formula with letters for elements, the smallest amount first, for example <c>A2B3</c> for Bi2Se3.</summary>
    public string AnonymousFormula => ChemicalFormula.Anonymous(Species);

    /// <summary>Gets the symbols of the elements in the order of the alphabet, for example <c>O-Sr-Ti</c>.</summary>
    public string ChemicalSystem => ChemicalFormula.ChemicalSystem(Species);

    /// <summary>Gets the volume of the cell divided by its number of atoms, Å³.</summary>
    public double VolumePerAtom => Lattice.Volume / Count;

    /// <summary>Gets the Cartesian position of an atom, Å.</summary>
    /// <param name="atom">The zero-based index of the atom.</param>
    /// <returns>The position, not wrapped.</returns>
    public Vector3D CartesianPosition(int atom) => Lattice.ToCartesian(FractionalPositions[atom]);

    /// <summary>Finds two atoms that are closer than a distance, periodic images included.</summary>
    /// <param name="distance">The distance, Å; small against a cell.</param>
    /// <returns>
    /// The zero-based indices of a pair (equal for an atom and its own image, else ascending) and its distance, Å; null when there is none.
    /// </returns>
    public (int First, int Second, double Distance)? FindCloseAtoms(double distance) => CloseAtoms.Find(Lattice, FractionalPositions, distance);

    /// <summary>Writes the formula of the cell and its lattice.</summary>
    /// <returns>For example <c>Si2 (3.84 3.84 3.84 Å, 60 60 60°)</c>.</returns>
    public override string ToString() => $"{Formula} ({Lattice})";

    /// <summary>Creates a crystal whose interatomic distances are those of a valid one, so that they need no second check.</summary>
    internal static Crystal WithKnownDistances(Lattice lattice, ImmutableArray<Element> species, ImmutableArray<Vector3D> positions) =>
        new(lattice, species, positions, false);

    private static bool IsFraction(double number) => Math.Abs(number) <= MaximumFraction; // false for NaN
}
