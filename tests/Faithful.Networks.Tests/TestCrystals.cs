using Faithful.Crystals;

namespace Faithful.Networks.Tests;

/// <summary>Crystals that test laws single out.</summary>
internal static class TestCrystals
{
    private static readonly Vector3D[] FaceCentred = [new(0, 0, 0), new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0)];

    /// <summary>Two elements A and B in one cubic cell of 5.6 Å: the structures that the sine encoding of the paper's code confuses.</summary>
    public static Crystal RockSalt => Binary(new(0.5, 0.5, 0.5));

    public static Crystal ZincBlende => Binary(new(0.25, 0.25, 0.25));

    public static Crystal CesiumChloride => Of(Lattice.Cubic(4.1), ("Na", new(0, 0, 0)), ("Cl", new(0.5, 0.5, 0.5)));

    public static Crystal OneAtom => Of(Lattice.Cubic(3.35), ("Po", new(0, 0, 0)));

    /// <summary>An atom so far from its images that it has no neighbour within any cutoff.</summary>
    public static Crystal WithoutEdges => Of(Lattice.Cubic(30), ("He", new(0.1, 0.2, 0.3)));

    public static Crystal Of(Lattice lattice, params (string Symbol, Vector3D Position)[] atoms) => new(
        lattice, atoms.Select(atom => Element.FromSymbol(atom.Symbol)), atoms.Select(atom => atom.Position));

    private static Crystal Binary(Vector3D shift) => Of(
        Lattice.Cubic(5.64),
        [.. FaceCentred.Select(p => ("Na", p)), .. FaceCentred.Select(p => ("Cl", p + shift))]);
}
