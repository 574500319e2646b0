using System.Collections.Immutable;
using Faithful.Crystals;
using Faithful.Crystals.Symmetry;

namespace Faithful.Datasets.Samples;

/// <summary>Turns a prototype and a composition into a crystal: strain, small shifts, size from the radii, primitive cell.</summary>
/// <remarks>
/// Strains change only the free numbers of the cell, and shifts are projected onto what the symmetry of a site leaves free, so
/// the space group of the prototype stays. Only +, −, ·, / and square roots enter before the final rounding, apart from the
/// angles of monoclinic, triclinic and primitive cells: so rounding to six decimals gives the same digits on every machine.
/// </remarks>
internal sealed class PrototypeBuilder
{
    /// <summary>The largest relative strain of a free ratio of cell lengths.</summary>
    private const double Strain = 0.025;

    /// <summary>The largest change of a free cell angle, degrees.</summary>
    private const double Tilt = 1.5;

    /// <summary>The largest shift of an atom along each free axis, in units of a.</summary>
    private const double Shift = 0.012;

    /// <summary>The largest relative deviation of the closest contact from the sum of the covalent radii.</summary>
    private const double Stretch = 0.03;

    /// <summary>Positions of a prototype are rounded to three decimals: so much may they miss their special position.</summary>
    private const double SnapDistance = 0.004;

    /// <summary>Positions closer than this are the same one; between rounding errors and the closest atoms.</summary>
    private const double SameDistance = 1e-5;

    /// <summary>The decimal places of cell parameters (Å, degrees) and fractions.</summary>
    public const int Decimals = 6;

    private readonly StructurePrototype prototype;
    private readonly ImmutableArray<SymmetryOperation> operations;
    private readonly ImmutableArray<(char Role, Vector3D Position, ImmutableArray<SymmetryOperation> Stabilizer)> sites;
    private readonly CellCentring centring;

    public PrototypeBuilder(StructurePrototype prototype)
    {
        this.prototype = prototype;
        operations = SpaceGroupOperations.InStandardSetting(prototype.SpaceGroup);
        centring = CellCentring.Of(operations);
        sites = [.. prototype.Sites.Select(Snap)];
        var counts = new int[3];
        foreach (var site in sites)
        {
            counts[site.Role - 'A'] += operations.Length / site.Stabilizer.Length;
        }

        var divisor = counts.Aggregate(GreatestCommonDivisor);
        Unit = [.. counts.Where(count => count > 0).Select(count => count / divisor)];
        CompositionType = string.Concat(Unit.Select((count, role) => $"{(char)('A' + role)}{(count == 1 ? "" : count)}"));
        AtomsInPrimitiveCell = counts.Sum() / centring.Multiplicity;
    }

    /// <summary>Gets the number of atoms of each role in a formula unit.</summary>
    public ImmutableArray<int> Unit { get; }

    /// <summary>Gets the composition type, for example <c>AB2</c>.</summary>
    public string CompositionType { get; }

    /// <summary>Gets the number of atoms of the primitive cell.</summary>
    public int AtomsInPrimitiveCell { get; }

    /// <summary>Builds a crystal in its primitive cell and in canonical order, its numbers rounded to six decimals.</summary>
    /// <param name="composition">The elements of the roles A, B, C.</param>
    /// <param name="random">The source of strain and shifts.</param>
    public Crystal Build(ImmutableArray<Element> composition, SplitMix64 random)
    {
        var shape = new double[prototype.Shape.Length];
        for (var number = 0; number < shape.Length; number++)
        {
            var (isAngle, ideal) = (number >= 2, prototype.Shape[number]);
            shape[number] = isAngle ? ideal + (Tilt * random.Symmetric()) : ideal * (1 + (Strain * random.Symmetric()));
        }

        var cell = prototype.UnitCell(shape);
        List<(Element Element, Vector3D Position)> atoms = [];
        List<int> representatives = [];
        foreach (var (role, position, stabilizer) in sites)
        {
            representatives.Add(atoms.Count);
            var (x, y, z) = (random.Symmetric(), random.Symmetric(), random.Symmetric());
            var shift = new Vector3D(x / cell.Lengths.X, y / cell.Lengths.Y, z / cell.Lengths.Z) * Shift;
            atoms.AddRange(Orbit(position + Project(shift, stabilizer)).Select(image => (composition[role - 'A'], image)));
        }

        var edge = (1 + (Stretch * random.Symmetric())) / ClosestContact(cell, atoms, representatives);
        return ToPrimitive(cell, edge, atoms);
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);

    private static Vector3D Project(Vector3D shift, ImmutableArray<SymmetryOperation> stabilizer) =>
        stabilizer.Aggregate(Vector3D.Zero, (sum, operation) => sum + operation.Rotate(shift)) / stabilizer.Length;

    private static Vector3D Whole(Vector3D v) => new(Math.Round(v.X), Math.Round(v.Y), Math.Round(v.Z));

    private static double LargestComponent(Vector3D v) => Math.Max(Math.Abs(v.X), Math.Max(Math.Abs(v.Y), Math.Abs(v.Z)));

    private static double RoundFraction(double value)
    {
        var rounded = Math.Round(value - Math.Floor(value), Decimals);
        return rounded == 1 ? 0 : rounded;
    }

    // The shortest distance of two atoms over the sum of their covalent radii, for a = 1. By symmetry one atom of each site is
    // enough for the first of the two.
    private static double ClosestContact(Lattice cell, List<(Element Element, Vector3D Position)> atoms, List<int> representatives)
    {
        var closest = double.PositiveInfinity;
        foreach (var first in representatives)
        {
            for (var second = 0; second < atoms.Count; second++)
            {
                var difference = atoms[first].Position - atoms[second].Position;
                difference -= Whole(difference);
                var radii = atoms[first].Element.CovalentRadius + atoms[second].Element.CovalentRadius;
                for (var image = 0; image < 27; image++)
                {
                    var length = cell.ToCartesian(difference + new Vector3D((image % 3) - 1, (image / 3 % 3) - 1, (image / 9) - 1)).Length;
                    if (length > SameDistance)
                    {
                        closest = Math.Min(closest, length / radii);
                    }
                }
            }
        }

        return closest;
    }

    // Moves a site onto the special position that it stands for: the mean of its images under the operations that leave it in place.
    private (char Role, Vector3D Position, ImmutableArray<SymmetryOperation> Stabilizer) Snap(PrototypeSite site)
    {
        var stabilizer = ImmutableArray.CreateBuilder<SymmetryOperation>();
        var sum = Vector3D.Zero;
        foreach (var operation in operations)
        {
            var difference = operation.Apply(site.Position) - site.Position;
            var rest = difference - Whole(difference);
            if (LargestComponent(rest) < SnapDistance)
            {
                stabilizer.Add(operation);
                sum += site.Position + rest;
            }
        }

        return (site.Role, sum / stabilizer.Count, stabilizer.ToImmutable());
    }

    private List<Vector3D> Orbit(Vector3D position)
    {
        List<Vector3D> orbit = [];
        foreach (var operation in operations)
        {
            var image = operation.Apply(position);
            if (!orbit.Exists(known => LargestComponent(image - known - Whole(image - known)) < SameDistance))
            {
                orbit.Add(image);
            }
        }

        return orbit;
    }

    private Crystal ToPrimitive(Lattice cell, double edge, List<(Element Element, Vector3D Position)> atoms)
    {
        var primitive = centring.Primitive(cell);
        var (lengths, angles) = (primitive.Lengths * edge, primitive.Angles);
        var lattice = Lattice.FromParameters(
            Math.Round(lengths.X, Decimals),
            Math.Round(lengths.Y, Decimals),
            Math.Round(lengths.Z, Decimals),
            Math.Round(angles.X, Decimals),
            Math.Round(angles.Y, Decimals),
            Math.Round(angles.Z, Decimals));

        List<(Element Element, Vector3D Position)> kept = [];
        foreach (var (element, position) in atoms)
        {
            var inPrimitive = primitive.ToFractional(cell.ToCartesian(position));
            if (!kept.Exists(known => LargestComponent(inPrimitive - known.Position - Whole(inPrimitive - known.Position)) < SameDistance))
            {
                kept.Add((element, inPrimitive));
            }
        }

        return new Crystal(
            lattice,
            kept.Select(atom => atom.Element),
            kept.Select(atom => new Vector3D(RoundFraction(atom.Position.X), RoundFraction(atom.Position.Y), RoundFraction(atom.Position.Z))));
    }
}
