using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Tests.Descriptors;

/// <summary>
/// A crystal in each symmorphic space group with an atom at the origin, which has the whole point group, and one in general
/// position; and one in Pmmm with an atom on each of its 27 Wyckoff positions.
/// </summary>
internal static class SiteCrystals
{
    private static readonly int[] OneOfEachPointGroup =
        [1, 2, 3, 6, 10, 16, 25, 47, 75, 81, 83, 89, 99, 111, 123, 143, 147, 150, 156, 162, 168, 174, 175, 177, 183, 187, 191, 195, 200, 207, 215, 221];

    public static IEnumerable<Crystal> All()
    {
        foreach (var spaceGroup in OneOfEachPointGroup)
        {
            foreach (var element in new[] { "Zn", "Yb", "As", "H" })
            {
                yield return Of(spaceGroup, (element, new(0, 0, 0)), ("O", new(0.1234, 0.2713, 0.3917)));
            }
        }

        var positions = new List<Vector3D>();
        foreach (var x in new[] { 0.0, 0.5, 0.25 })
        {
            foreach (var y in new[] { 0.0, 0.5, 0.25 })
            {
                foreach (var z in new[] { 0.0, 0.5, 0.25 })
                {
                    positions.Add(new(x == 0.25 ? 0.22 : x, y == 0.25 ? 0.23 : y, z == 0.25 ? 0.27 : z));
                }
            }
        }

        yield return Of(47, [.. positions.Select((position, index) => (Element.All[index].Symbol, position))]);
    }

    private static Crystal Of(int spaceGroup, params (string Symbol, Vector3D Position)[] sites)
    {
        var lattice = SpaceGroups.CrystalSystem(spaceGroup) switch
        {
            CrystalSystem.Triclinic => Lattice.FromParameters(11, 12.5, 14, 78, 84, 97),
            CrystalSystem.Monoclinic => Lattice.FromParameters(11, 12.5, 14, 90, 103, 90),
            CrystalSystem.Orthorhombic => Lattice.Orthorhombic(11, 12.5, 14),
            CrystalSystem.Tetragonal => Lattice.Tetragonal(11, 14),
            CrystalSystem.Trigonal or CrystalSystem.Hexagonal => Lattice.Hexagonal(11, 14),
            _ => Lattice.Cubic(12),
        };
        var species = new List<Element>();
        var positions = new List<Vector3D>();
        foreach (var (symbol, position) in sites)
        {
            var orbit = new List<Vector3D>();
            foreach (var operation in SpaceGroupOperations.InStandardSetting(spaceGroup))
            {
                var image = PeriodicCoordinate.Wrap(operation.Apply(position));
                if (!orbit.Exists(known => Math.Abs(known.X - image.X) + Math.Abs(known.Y - image.Y) + Math.Abs(known.Z - image.Z) < 1e-6))
                {
                    orbit.Add(image);
                }
            }

            species.AddRange(Enumerable.Repeat(Element.FromSymbol(symbol), orbit.Count));
            positions.AddRange(orbit);
        }

        return new Crystal(lattice, species, positions);
    }
}
